"""Page: one generated file below docs/, and the marks that all of them share."""

from dataclasses import dataclass

MARK = "# Written by hexapla from {source}; edit that, not this page."
"""Stands in a page's front matter: what carries it may be overwritten and removed."""

QUIET = "data-search-exclude"
"""Marks what the search leaves out: the words of the tool itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One generated file below docs/."""

    path: str
    """Relative to docs/, with forward slashes."""
    text: str
