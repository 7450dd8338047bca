"""Page: one generated file below docs/, and the marks that all of them share."""

import re
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


def plain(text: str) -> str:
    """Return a text as Markdown that shows just that text, on one line."""
    text = " ".join(text.split())
    escaped = re.sub(r"[\\`*_{}$~]|^[#+\->]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", r"\\\g<0>", text)
    # Not behind a backslash: what looks for `[name]:` at the beginning of a block does not know it.
    return escaped.translate({ord(sign): f"&#{ord(sign)};" for sign in "[]&<"})
