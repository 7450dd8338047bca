"""Output: what a cell showed, text of a kind or a figure; and a claim, an output that the author typed by hand.

A claim is checked against what ran, then gives way to it.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from hexapla.model.block import Edit


class Kind(StrEnum):
    """Which part of the machine spoke."""

    STREAM = "stream"
    """What the cell wrote to standard output and standard error, in the order it was written."""
    VALUE = "value"
    """The value of the cell's last expression, as a notebook shows it."""
    ERROR = "error"
    """The traceback of the exception that ended the cell, with the post's path and line numbers."""


class MarkupKind(StrEnum):
    """What a value's own representation is written in: a media type."""

    HTML = "text/html"
    MARKDOWN = "text/markdown"
    LATEX = "text/latex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a value shows itself in a notebook: a table, a formula."""

    kind: MarkupKind
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Lines that a cell showed; `text` is exact, with its final newline if it had one."""

    kind: Kind
    text: str
    markup: Markup | None = None
    """What pages show instead of a value's text."""
    lacks: str = ""
    """What a notebook would show of a value and a page cannot; empty for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that a cell drew: a whole SVG document, and what it shows in words."""

    svg: str
    alt: str


Output = Text | Figure


class Sureness(IntEnum):
    """What tells that a text is a typed output, before anything has run."""

    POSSIBLE = 0
    """Nothing but where it stands: it is one only if it is what ran."""
    PLAUSIBLE = 1
    """Its form, or a label before words: it is one if it looks like what ran."""
    LIKELY = 2
    """Nothing stands between it and its code: it is one if it looks like what ran, and told of where it does not."""
    SURE = 3
    """A label, a tag, a prompt, or a value in the form that Python prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of comment that can be of a claim. Offsets are characters in the post's body."""

    text: str
    """Without `#` and the blanks around."""
    start: int
    """Where what goes with the comment begins: its line, or the blanks between code and comment."""
    mark: int
    """Where its `#` stands."""
    end: int
    """Past what goes with the comment: its line's end too where nothing else is on the line."""
    whole: bool
    """Whether nothing else is on the line."""
    labelled: str = ""
    """Its text with a label that was taken from it; empty where none was."""


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
    """What takes it out of the post's body; none where it is a part of what stays: a sentence, a table, a session."""
    code_line: int | None = None
    """0-based line of the code that a comment claims about; None where it is the whole block."""
    place: int | None = None
    """Offset in the body where the output belongs, where words before it stay; None for under the code."""
    prefix: str | None = None
    """What stands before each line at `place`: the container's indentation and marks; None for the code's."""
    sureness: Sureness = Sureness.SURE
    alone: bool = False
    """Whether it stands on lines of its own below the code, so that it can be what several statements printed."""
    remark: str = ""
    """What follows the value and stays on the page."""
    rows: tuple[Row, ...] = ()
    """The comments from its first on that stand together: more or fewer of them can be the claim."""
