"""Normalize: from the Markdown that authors see on GitHub to the Markdown that the site renders.

What already renders the same leaves byte for byte. Every other block takes the smallest change that keeps
what the author saw, and each change is checked by rendering both. What cannot be kept is a problem.
"""

from hexapla.normalize.dialect import Dialect
from hexapla.normalize.links import Rewritten, rewrite_links
from hexapla.normalize.normalized import Normalized, normalize, verify
from hexapla.normalize.report import difference

__all__ = ["Dialect", "Normalized", "Rewritten", "difference", "normalize", "rewrite_links", "verify"]
