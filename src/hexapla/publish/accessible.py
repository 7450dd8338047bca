"""Accessible: what scrolls on a page can be reached by readers who go through it by keys."""

import unicodedata

from selectolax.lexbor import LexborNode

WIDE = 34
"""Columns that a phone of 320 px shows: 288 px between the margins, 8.2 px a letter of code."""
LONG = 30
"""Lines after which an output scrolls in its own frame."""


def add_stops(content: LexborNode) -> None:
    """Make a stop of the Tab key of each table, and of each block that may be wider or higher than its place.

    What the author gave attributes of its own stays as it is.
    """
    for block in content.css("pre > span:empty:first-child + code:last-child"):
        frame = block.parent
        if frame is not None and not frame.attributes and _scrolls(block.text()):
            frame.attrs["tabindex"] = "0"
    for table in content.css("table"):
        if not table.attributes:
            table.attrs["tabindex"] = "0"


def _scrolls(text: str) -> bool:
    lines = text.rstrip("\n").split("\n")
    return len(lines) > LONG or any(map(_is_wide, lines))


def _is_wide(line: str) -> bool:
    if line.isascii():
        return len(line) > WIDE
    columns = len(line) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return columns > WIDE
