"""Output: what a cell showed, text of a kind or a figure; and a claim, an output that the author typed by hand.

A claim is checked against what ran, then gives way to it.
"""

from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.block import Edit


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A typed output and what removes it from the page."""

    text: str
    """What the author says is printed, without the label and comment mark."""
    label: str
    """The author's label without its colon (`Ausgabe`, `**Output:**` gives `Output`); empty for none."""
    line: int
    """1-based line of the source file where the claim stands."""
    edits: tuple[Edit, ...]
    """What takes it out of the post's body."""
    code_line: int | None = None
    """0-based line of the code that a comment claims about; None where it is the whole block."""
    place: int | None = None
    """Offset in the body where the output belongs, where words before it stay; None for under the code."""
