"""Output: what a cell showed, text of a kind or a figure; and how it departs from what was recorded."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.directives import Check


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


class Departure(StrEnum):
    """How an output differs from the recorded one."""

    TEXT = "text"
    """Other words, or a whole number that is another."""
    NUMBER = "number"
    """A fraction that is off by more than the tolerance."""
    SHAPE = "shape"
    """Another count of numbers, or another `size`, `shape` or `dtype`."""
    COUNT = "count"
    """More outputs, or fewer."""
    KIND = "kind"
    """A value where there was a stream, a figure where there was text."""
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where an output is not what was recorded."""

    kind: Departure
    index: int
    """Which output of the cell, from 0."""
    message: str
    """One sentence: where, what was recorded, what is there now."""
    off: float = 0.0
    """For a number: how far the worst one is off, relative to the recorded one."""


RELATIVE, ABSOLUTE = 1e-3, 1e-4
"""Tolerances for fractions on another machine. Another instruction set moved printed results by up to 2e-4
to 9e-4 (RUNNING.md, "Repeatable"); the absolute one is the last of the four digits that torch prints."""

_MASKS = (
    (re.compile(r"\b0x[0-9a-fA-F]{4,}\b"), "<address>"),
    (re.compile(r"\b(?:pid|PID|process|thread)([ =:#]+)\d+"), r"<id>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "<id>"),
    (re.compile(r"(?:\d+:)?\d\d:\d\d<(?:(?:\d+:)?\d\d:\d\d|\?), +(?:[\d.]+|\?) *\w+/\w+"), "<timing>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\b"), "<time>"),
    (re.compile(r"(?<![\w.])[\d.,]+ ?(?:ns|µs|μs|us|ms|s|sec|secs|seconds|min|minutes)\b(?!/)"), "<timing>"),
    (re.compile(r"(?<![\w/.])/(?:tmp|home|root|Users|scratch|private|var)/[^\s'\",:;)\]]+"), "<path>"),
    (re.compile(r"\btmp[a-z0-9_]{8}\b"), "<path>"),
)  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.])[+-]?(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+|inf\b|nan\b)"
)
_SHAPE = re.compile(r"(?:torch\.Size|shape|size|dtype)[^\n]*")


def mask(text: str) -> str:
    """Replace what differs from run to run and says nothing: addresses, ids, timings, folders of a
    machine.
    """
    for pattern, word in _MASKS:
        text = pattern.sub(word, text)
    return text


def compare(
    expected: Sequence[Output], actual: Sequence[Output], check: Check, same_machine: bool
) -> tuple[Difference, ...]:
    """Return how the outputs of a cell depart from those recorded; empty where they do not.

    On the same machine (`same_machine`: the fingerprints are equal), or with `exact`, all but addresses,
    ids, paths and timings must be the same. Elsewhere `close` lets fractions differ by the tolerance, and
    compares a figure by its words only; `shape` lets them be any number; `skip` compares nothing.
    """
    if check is Check.SKIP:
        return ()
    if len(expected) != len(actual):
        return (
            Difference(
                kind=Departure.COUNT,
                index=min(len(expected), len(actual)),
                message=f"there were {len(expected)} outputs, now there are {len(actual)}",
            ),
        )
    strict = Check.EXACT if same_machine and check is Check.CLOSE else check
    found = (_compare(index, *pair, strict) for index, pair in enumerate(zip(expected, actual, strict=True)))
    return tuple(one for one in found if one)


def _compare(index: int, before: Output, after: Output, check: Check) -> Difference | None:
    if isinstance(before, Figure) and isinstance(after, Figure):
        same = before.alt == after.alt and (check is not Check.EXACT or before.svg == after.svg)
        message = f"the figure “{before.alt}” is drawn differently"
        return None if same else Difference(kind=Departure.FIGURE, index=index, message=message)
    if not (isinstance(before, Text) and isinstance(after, Text)) or before.kind is not after.kind:
        message = f"there was {_name(before)}, now there is {_name(after)}"
        return Difference(kind=Departure.KIND, index=index, message=message)
    return _compare_text(index, mask(before.text), mask(after.text), check)


def _compare_text(index: int, before: str, after: str, check: Check) -> Difference | None:
    """Compare two masked texts: words as they are, numbers as numbers."""
    if before == after:
        return None
    if check is Check.EXACT:
        return Difference(kind=Departure.TEXT, index=index, message=_first_difference(before, after))
    if _SHAPE.findall(before) != _SHAPE.findall(after) or len(_NUMBER.findall(before)) != len(
        _NUMBER.findall(after)
    ):
        return Difference(kind=Departure.SHAPE, index=index, message=_first_difference(before, after))
    # Columns are padded to the widest number, so spaces say no more than that there is a gap.
    words = [" ".join(_NUMBER.sub(" # ", text).split()) for text in (before, after)]
    if words[0] != words[1]:
        return Difference(kind=Departure.TEXT, index=index, message=_first_difference(before, after))
    if check is Check.SHAPE:
        return None
    return _compare_numbers(index, _NUMBER.findall(before), _NUMBER.findall(after))


def _compare_numbers(index: int, before: Sequence[str], after: Sequence[str]) -> Difference | None:
    """Compare numbers by pairs; name the one that is furthest off."""
    worst: tuple[float, str, str] | None = None
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        if old.lstrip("+-").isdigit() and new.lstrip("+-").isdigit():
            message = f"the whole number {old} is now {new}"
            return Difference(kind=Departure.TEXT, index=index, message=message)
        if not math.isclose(float(old), float(new), rel_tol=RELATIVE, abs_tol=ABSOLUTE):
            off = abs(float(new) - float(old)) / (abs(float(old)) or 1.0)
            off = math.inf if math.isnan(off) else off
            worst = max(worst or (-1.0, "", ""), (off, old, new))
    if worst is None:
        return None
    off, old, new = worst
    return Difference(
        kind=Departure.NUMBER, index=index, off=off, message=f"{old} is now {new}, {off:.1e} off (relative)"
    )


def _first_difference(before: str, after: str) -> str:
    """Say on which line two texts part, and what stands there."""
    old, new = before.splitlines(), after.splitlines()
    line = next(
        (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
        min(len(old), len(new)),
    )
    was, now = (lines[line] if line < len(lines) else "the end" for lines in (old, new))
    return f"line {line + 1} was “{was}” and is “{now}”"


def _name(output: Output) -> str:
    return "a figure" if isinstance(output, Figure) else f"a text ({output.kind})"
