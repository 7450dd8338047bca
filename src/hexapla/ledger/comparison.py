"""Comparison: how the outputs of a cell depart from those recorded.

Compared first and masked after: only what follows the first line that differs is looked at closely.
Everything here costs time in proportion to the text, whatever a program prints.
"""

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.directives import Check
from hexapla.model.figure_words import is_description
from hexapla.model.output import Figure, Kind, Output, Text
from hexapla.programs.python_versions import without_marks


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

_ADDRESS = re.compile(
    r"<[\w.]{1,80}+[^<>\n]{0,80}? at 0x[0-9a-fA-F]{6,16}+>?|\bat 0x[0-9a-fA-F]{6,16}\b|\b0x[0-9a-fA-F]{9,12}\b"
)
_NUMERIC_ADDRESS = re.compile(
    r"(?<![\w.])(?:8[89][0-9]{12}|9[0-9]{13}|1[0-9]{14}|2[0-7][0-9]{13}|28[01][0-9]{12})(?![\w.])"
)
"""As `id` and `data_ptr` give it: from 0x5000_0000_0000 to 0xffff_ffff_ffff Linux puts heaps and maps memory."""

_UNIT = r"(?:ns|µs|μs|us|ms|s|sec|secs|seconds|min|minutes)"
# No mask reaches over the end of a line. Runs of digits are taken whole (`++`) and begun only where they begin,
# so that a line of digits is read once and not once for each of them.
_MASKS = (
    ("0x", re.compile(r"\b0x[0-9a-fA-F]{4,}+\b"), "<address>"),
    ("", re.compile(r"\b(?:pid|PID|process|thread)[ =:#]++\d++"), "<id>"),
    ("-", re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "<id>"),
    (
        "<",
        re.compile(
            r"(?:(?<!\d)\d++:)?\d\d:\d\d<(?:(?:\d++:)?\d\d:\d\d|\?), ++"
            r"(?:[\d.]++|\?)(?: *+\w++|(?<=[\d.]\d))/\w++"
        ),
        "<timing>",
    ),
    ("-", re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:[.,]\d++)?)?\b"), "<time>"),
    # After a letter only what stands behind a comma is a number of its own.
    (
        "",
        re.compile(rf"(?<![\d.,])(?:(?<!\w)|(?P<word>[\d.]*+,))[\d.,]++ ?{_UNIT}\b(?!/)"),
        r"\g<word><timing>",
    ),
    ("/", re.compile(r"(?<![\w/.])/(?:tmp|home|root|Users|scratch|private|var)/[^\s'\",:;)\]]++"), "<path>"),
    # Only where the line is; what it says stands below it.
    ("cell ", re.compile(r"\bcell \d++, line \d++"), "<line>"),
    ("", _NUMERIC_ADDRESS, "<address>"),
    ("tmp", re.compile(r"\btmp[a-z0-9_]{8}\b"), "<path>"),
)
"""A sign without which an expression matches nothing, the expression, and what it becomes."""
_NUMBER = re.compile(
    r"(?<![\w.])[+-]?(?:\d++(?:\.\d*+)?(?:[eE][+-]?\d++)?|\.\d++(?:[eE][+-]?\d++)?|inf\b|nan\b)"
)
_SHAPE = re.compile(r"(?:torch\.Size|shape|size|dtype)[^\n]*")


def mask(text: str) -> str:
    """Return a text without what differs from run to run and says nothing: addresses, ids, timings, folders."""
    for sign, pattern, word in _MASKS:
        if sign in text:
            text = pattern.sub(word, text)
    return text


def address_in(text: str, *, numbers: bool) -> str:
    """Return the first address of memory that a text shows, with what it is of; empty where it shows none.

    `numbers` says whether a whole number may be one.
    """
    for pattern in (_ADDRESS, _NUMERIC_ADDRESS) if numbers else (_ADDRESS,):
        if match := pattern.search(text):
            return match[0]
    return ""


def differences(
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
    pairs = enumerate(zip(expected, actual, strict=True))
    compared = (_difference(index, before, after, strict) for index, (before, after) in pairs)
    return tuple(difference for difference in compared if difference)


def _difference(index: int, before: Output, after: Output, check: Check) -> Difference | None:
    if isinstance(before, Figure) and isinstance(after, Figure):
        # An older hexapla described the same drawing in other words.
        retold = before.svg == after.svg and not is_description(before.alt) and is_description(after.alt)
        same = (before.alt == after.alt or retold) and (check is not Check.EXACT or before.svg == after.svg)
        message = f"the figure “{before.alt}” is drawn differently"
        return None if same else Difference(kind=Departure.FIGURE, index=index, message=message)
    if not (isinstance(before, Text) and isinstance(after, Text)) or before.kind is not after.kind:
        message = f"there was {_name(before)}, now there is {_name(after)}"
        return Difference(kind=Departure.KIND, index=index, message=message)
    texts = (before.text, after.text)
    if before.kind is Kind.ERROR:
        texts = (without_marks(before.text), without_marks(after.text))
    told = _difference_of_lines(index, *texts, check)
    if told is not None or before.markup == after.markup:
        return told
    if before.markup is None or after.markup is None or before.markup.kind is not after.markup.kind:
        return Difference(kind=Departure.KIND, index=index, message="the value shows itself in another way")
    return _difference_of_lines(index, before.markup.source, after.markup.source, check)


def _difference_of_lines(index: int, old_text: str, new_text: str, check: Check) -> Difference | None:
    if old_text == new_text:
        return None
    old, new = old_text.split("\n"), new_text.split("\n")
    first = min(_first_apart(old, new), len(old) - 1, len(new) - 1)
    before_rest, after_rest = (mask("\n".join(lines[first:])) for lines in (old, new))
    return _difference_of_texts(index, first, before_rest, after_rest, check)


def _first_apart(before: Sequence[str], after: Sequence[str]) -> int:
    """Return which line of two texts is the first that differs, from 0."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((row for row, (old, new) in pairs if old != new), min(len(before), len(after)))


def _difference_of_texts(index: int, first: int, before: str, after: str, check: Check) -> Difference | None:
    """Compare two masked texts, which begin at line `first`: words as they are, numbers as numbers."""
    if before == after:
        return None
    apart = functools.partial(Difference, index=index, message=_first_difference(first, before, after))
    if check is Check.EXACT:
        return apart(kind=Departure.TEXT)
    numbers = _NUMBER.findall(before), _NUMBER.findall(after)
    if _SHAPE.findall(before) != _SHAPE.findall(after) or len(numbers[0]) != len(numbers[1]):
        return apart(kind=Departure.SHAPE)
    # Columns are padded to the widest number, so spaces say no more than that there is a gap.
    words = [" ".join(_NUMBER.sub(" # ", text).split()) for text in (before, after)]
    if words[0] != words[1]:
        return apart(kind=Departure.TEXT)
    return None if check is Check.SHAPE else _compare_numbers(index, *numbers)


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


def _first_difference(first: int, before: str, after: str) -> str:
    """Say on which line two texts part that begin at line `first`, and what stands there."""
    old, new = before.split("\n"), after.split("\n")
    row = _first_apart(old, new)
    was, now = (lines[row] if row < len(lines) else "the end" for lines in (old, new))
    return f"line {first + row + 1} was “{was}” and is “{now}”"


def _name(output: Output) -> str:
    return "a figure" if isinstance(output, Figure) else f"a text ({output.kind})"
