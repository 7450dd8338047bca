"""Extent: how far a typed output goes by what ran, of the comments and fences that may be one."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hexapla.model.block import Edit
from hexapla.model.output import Claim, Row, Sureness
from hexapla.programs.claims.likeness import behind_labels, likeness, readings, split_after
from hexapla.programs.claims.printed import Printed
from hexapla.programs.claims.reasons import differs_by_machine
from hexapla.programs.claims.resemblance import agree_in_words, has_numbers_of, is_misspelt, is_of_kind
from hexapla.programs.claims.tokens_alike import Likeness, is_number
from hexapla.programs.values import is_value

_WHOLES = 16
"""With how many texts a claim is compared as a whole."""
_ROWS = 400
"""How many lines of comment are looked at as one claim."""


def wholes_of(claim: Claim, printed: Printed) -> list[str]:
    """Return what the code of a claim showed, and what else the claim can be as a whole."""
    return [*dict.fromkeys(printed.wholes(claim))][:_WHOLES]


def most_alike(text: str, others: Iterable[str]) -> Likeness:
    """Return how alike a text is to the one of others that is most alike."""
    best = Likeness.NONE
    for other in others:
        best = max(best, likeness(text, other))
        if best >= Likeness.CLOSE:
            break
    return best


def as_far_as_printed(claim: Claim, printed: Printed) -> Claim | None:
    """Return a claim as far as it goes by what its code showed; None where it is none."""
    wholes = wholes_of(claim, printed)
    if printed.failure:
        wholes.append(printed.failure)
    if claim.rows:
        claim = _as_printed(claim, wholes)
        wholes += printed.without_words(claim)
        return (
            _longest(claim, wholes) or _before_remark(claim, wholes) or _as_it_stands(claim, printed, wholes)
        )
    if claim.sureness is Sureness.SURE:
        return claim
    best = most_alike(claim.text, wholes)
    alike = best is Likeness.NUMBERS and any(sign.isalpha() for sign in claim.text)
    alike = alike or any(has_numbers_of(claim.text, whole, digits=6) for whole in wholes)
    if claim.sureness is not Sureness.POSSIBLE:
        alike = best is Likeness.NUMBERS or any(
            is_of_kind(claim.text, whole)
            or agree_in_words(claim.text, whole)
            or differs_by_machine(claim.text, whole)
            for whole in wholes
        )
    return claim if best >= Likeness.CLOSE or alike else None


def says_what_ran(possible: Claim, claim: Claim, printed: Printed) -> bool:
    """Return whether the comments below a claim have what its code showed: `Expected: 3`, then `Actual: 4`."""
    below = possible.rows[len(claim.edits) :]
    wholes = wholes_of(claim, printed) if below else []
    return any(
        most_alike(text, wholes) >= Likeness.CLOSE
        for row in below
        for text in (row.text, row.text.partition(":")[2].strip())
        if text
    )


def _longest(claim: Claim, wholes: Sequence[str]) -> Claim | None:
    """Return the most lines of comment that are what the code showed as a whole."""
    for first in range(1 if claim.sureness is Sureness.SURE else min(2, len(claim.rows))):
        for count in _counts(claim, first, wholes):
            reading = _rows(claim, first, count)
            if most_alike(reading.text, wholes) >= Likeness.CLOSE:
                left_out = claim.rows[first - 1].text if first else ""
                return _rows(claim, 0, first + count) if _is_line_of(left_out, wholes) else reading
    return None


def _as_printed(claim: Claim, wholes: Iterable[str]) -> Claim:
    """Return a claim of several lines with its label among its words, where the program prints that itself."""
    if not claim.label or not any("\n" in whole and whole.startswith(claim.label) for whole in wholes):
        return claim
    rows = tuple(replace(row, text=row.labelled or row.text) for row in claim.rows)
    return replace(_rows(replace(claim, rows=rows), 0, len(claim.edits)), label="", rows=rows)


def _is_line_of(text: str, wholes: Iterable[str]) -> bool:
    """Return whether a text looks like a line of what was printed."""
    return bool(text) and any(
        is_of_kind(text, line) for whole in wholes for line in whole.split("\n")[:_ROWS]
    )


def _counts(claim: Claim, first: int, wholes: Sequence[str]) -> list[int]:
    """Return how many lines of comment may be the claim, the most first."""
    most = min(len(claim.rows) - first, _ROWS)
    heights = {whole.count("\n") + 1 for whole in wholes}
    filled = {sum(bool(line.strip()) for line in whole.split("\n")) for whole in wholes}
    counts = heights | filled | {most, len(claim.edits)}
    return sorted((count for count in counts if 0 < count <= most), reverse=True)


def _rows(claim: Claim, first: int, count: int) -> Claim:
    """Return a claim of some of the comments that stand together."""
    rows = claim.rows[first : first + count]
    return replace(
        claim,
        text="\n".join(row.text for row in rows).strip("\n"),
        remark="",
        line=claim.line + first,
        edits=tuple(Edit(start=row.start, end=row.end, text="") for row in rows),
        rows=(),
    )


def _before_remark(claim: Claim, wholes: Sequence[str]) -> Claim | None:
    """Return the claim that a comment begins with, where it is what the code showed; its remark stays."""
    row = claim.rows[0]
    for whole in wholes:
        text, remark = split_after(row.text, whole)
        if text and remark:
            end = row.end - row.whole
            edit = Edit(start=row.mark, end=end, text=f"# {remark}")
            return replace(claim, text=text, remark=remark, edits=(edit,), rows=())
    return None


def _as_it_stands(claim: Claim, printed: Printed, wholes: Sequence[str]) -> Claim | None:
    """Return a claim that is not what ran as a whole: as it was read, or where it looks like it."""
    sure, used = claim.sureness is Sureness.SURE, len(claim.edits)
    alone = replace(claim, rows=())
    if not sure and _is_put_aside(claim, printed, wholes):
        return None
    if claim.sureness is not Sureness.POSSIBLE:
        for whole in wholes:
            for count in _counts(claim, 0, wholes):
                reading = _rows(claim, 0, count)
                if count > used and is_of_kind(reading.text, whole) and _ends_alike(reading.text, whole):
                    return reading
    if sure or (used == len(claim.rows) and most_alike(claim.text, printed.parts(claim)) >= Likeness.CLOSE):
        return alone
    every = _rows(claim, 0, len(claim.rows))
    if used < len(claim.rows) and most_alike(every.text, printed.parts(every)) >= Likeness.NUMBERS:
        return every
    if (used > 1 and not claim.label) or claim.sureness is Sureness.POSSIBLE:
        return None
    return next(
        (
            shorter
            for shorter in (alone, _without_remark(alone, claim.rows[0]))
            if any(_is_meant(text, wholes) for text in (shorter.text, *readings(shorter.text)))
        ),
        None,
    )


def _is_put_aside(claim: Claim, printed: Printed, wholes: Sequence[str]) -> bool:
    """Return whether comments call what their block defines, and nothing printed says such a call."""
    own = {node.name for node in printed.body if isinstance(node, ast.FunctionDef)}
    names = {row.text.partition("(")[0] for row in claim.rows if "(" in row.text} & own
    return any(not any(f"{name}(" in whole for whole in wholes) for name in names)


def _ends_alike(text: str, whole: str) -> bool:
    """Return whether the last line of a text looks like that of another, or is one of its lines."""
    (last, end), lines = (side.rpartition("\n")[2].strip() for side in (text, whole)), whole.split("\n")
    return is_of_kind(last, end) or last in map(str.strip, lines)


def _is_meant(text: str, wholes: Iterable[str]) -> bool:
    """Return whether a line beside or below its code is what its author took for the output."""
    return any(
        agree_in_words(text, whole)
        or is_misspelt(text, whole)
        or differs_by_machine(text, whole)
        or (is_value(text) and len(text) > 1 and is_value(whole) and is_of_kind(text, whole))
        or any(_is_percentage(text) and _is_percentage(value) for value in (whole, *behind_labels(whole)))
        for whole in wholes
    )


def _is_percentage(text: str) -> bool:
    """Return whether a text is a number with `%`, as formats write shares."""
    number = text.strip().removesuffix("%")
    return number != text.strip() and is_number(number.rstrip())


def _without_remark(claim: Claim, row: Row) -> Claim:
    """Return a claim of a comment without the brackets at its end, which stay as a remark."""
    text, bracket, remark = row.text.rpartition(" (")
    if not bracket or not remark.endswith(")"):
        return claim
    edit = Edit(start=row.mark, end=row.end - row.whole, text=f"# ({remark}")
    return replace(claim, text=text, remark=f"({remark}", edits=(edit,))
