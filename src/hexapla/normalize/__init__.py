"""Normalize: from the Markdown that authors see on GitHub to the Markdown that the site renders.

What already renders the same leaves byte for byte. Every other block takes the smallest change that keeps
what the author saw, and each change is checked by rendering both. What cannot be kept is a problem.

The parsers are imported when they are first needed: where every result is remembered, they are not.
"""

from typing import TYPE_CHECKING, Any

from hexapla.normalize.dialect import Dialect
from hexapla.normalize.links import Rewritten, rewrite_links
from hexapla.normalize.result import Normalized

if TYPE_CHECKING:
    from hexapla.normalize.normalized import normalize, verify

__all__ = ["Dialect", "Normalized", "Rewritten", "normalize", "rewrite_links", "verify"]


def __getattr__(name: str) -> Any:
    if name in ("normalize", "verify"):
        from hexapla.normalize import normalized

        return getattr(normalized, name)
    raise AttributeError(name)
