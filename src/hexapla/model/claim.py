"""Claim: an output that the author typed by hand. It is checked against what ran, then gives way to it."""

from dataclasses import dataclass

from hexapla.model.block import Edit


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
