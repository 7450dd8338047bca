"""Output: what a cell showed, text of a kind or a figure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Which part of the machine spoke."""

    STREAM = "stream"
    """What the cell wrote to standard output and standard error, in the order it was written."""
    VALUE = "value"
    """The value of the cell's last expression, as a notebook shows it."""
    ERROR = "error"
    """The traceback of the exception that ended the cell, with the post's path and line numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Lines that a cell showed; `text` is exact, with its final newline if it had one."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that a cell drew: a whole SVG document, and what it shows in words."""

    svg: str
    alt: str


Output = Text | Figure
