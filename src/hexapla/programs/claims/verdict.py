"""Verdict: which texts are typed outputs, held against what ran, and what becomes of each."""

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from hexapla.model.output import Claim, Sureness
from hexapla.programs.claims.doubts import Doubt, sources
from hexapla.programs.claims.drawn import chooses_words, is_drawn
from hexapla.programs.claims.explanations import explains
from hexapla.programs.claims.extent import as_far_as_printed, most_alike, says_what_ran, wholes_of
from hexapla.programs.claims.likeness import likeness, readings
from hexapla.programs.claims.origins import Origin, origin_of
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.reasons import (
    asks_of_python,
    compares_identity,
    differs_by_machine,
    differs_in_order,
    divides_as_once,
    exception_in,
    is_of_another_run,
    is_said_by_python,
    parts_as_windows,
    without_machine,
)
from hexapla.programs.claims.resemblance import differs_in_one_place, is_misspelt, is_near, is_reworded
from hexapla.programs.claims.tokens_alike import Likeness
from hexapla.programs.claims.unsolved import is_unsolved
from hexapla.programs.claims.warnings import calm


class Verdict(StrEnum):
    """What became of a claim."""

    RIGHT = "right"
    CLOSE = "close"
    """Right up to an ellipsis, rounding, or a missing label."""
    RANDOM = "random"
    """It can't be right: the value is drawn at random, and was not drawn with this seed."""
    ELSEWHERE = "elsewhere"
    """It may be right on another machine: a path, an address, a version."""
    DEPARTS = "departs"
    """Its code prints another, and what decides that the page does not say: the release of a package, mostly."""
    WRONG = "wrong"
    UNDECIDED = "undecided"
    """It stands where outputs stand, and does not look like what ran: it stays on the page."""
    UNCHECKED = "unchecked"
    """Nothing was run that could tell."""


_PARTS = 200
"""How many lines of what a loop printed are looked at for one that a claim misspells."""
_TIMES = 40
"""A text that is so many times as long is another output than the one that was typed."""
KEPT = frozenset({Verdict.UNDECIDED, Verdict.UNCHECKED})
"""What stays on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A claim as what ran shows it to be."""

    claim: Claim
    verdict: Verdict
    doubt: Doubt | None = None
    """What speaks against a slip, where that is known."""


def settled(
    claims: Iterable[Claim], cell: Ran | None, *, code: str, before: tuple[str, ...] = ()
) -> tuple[Settled, ...]:
    """Return which of the texts below and beside a cell are typed outputs, how far each goes, and its verdict.

    `cell` is None where it was not run: then those are told that are claims for sure. `code` is its block's,
    `before` has that of the cells before it, which may seed.
    """
    if cell is None:
        return tuple(
            Settled(claim=claim, verdict=Verdict.UNCHECKED)
            for claim in claims
            if claim.sureness is Sureness.SURE
        )
    printed = Printed(cell.outputs, cell.shown, code)
    done: list[Settled] = []
    taken = 0  # up to where the body is of claims: they come in its order
    for possible in _best_of(claims, printed):
        claim = as_far_as_printed(possible, printed)
        if claim is None and possible.sureness is Sureness.LIKELY and not possible.rows and printed.lines:
            done.append(Settled(claim=possible, verdict=Verdict.UNDECIDED))
        elif claim is not None and claim.edits[0].start >= taken:
            taken = claim.edits[-1].end
            one = Settled(claim=claim, verdict=judge(claim, printed, code, before))
            if one.verdict is Verdict.WRONG and says_what_ran(possible, claim, printed):
                one = doubted(one, Doubt.BELOW)
            done.append(one)
    unchecked = (one.claim for one in done if one.verdict is Verdict.UNCHECKED)
    if any(explains(claim, code, before, printed.code_of(claim.code_line)) for claim in unchecked):
        # Who explains one argument explains others.
        done = [doubted(one, Doubt.ARGUMENT) if one.verdict is Verdict.WRONG else one for one in done]
    return tuple(done)


def doubted(one: Settled, doubt: Doubt) -> Settled:
    """Return what seemed to be a slip, and need be none."""
    return replace(one, verdict=Verdict.ELSEWHERE, doubt=doubt)


def _best_of(claims: Iterable[Claim], printed: Printed) -> Iterator[Claim]:
    """Yield claims, of those of fences that begin at one place the one that is most alike, else the first.

    A fence that has the beginning of what was printed has the rest in those after it.
    """
    for _, group in itertools.groupby(claims, key=lambda claim: claim.edits[0].start):
        first, *others = group
        if others and first.sureness is not Sureness.SURE:
            wholes = wholes_of(first, printed)
            heights = {whole.count("\n") for whole in wholes}
            # As long an output is the likeliest, where none is as it should be.
            first = max(
                (first, *others),
                key=lambda claim: (
                    most_alike(claim.text, wholes) >= Likeness.CLOSE,
                    claim.text.count("\n") in heights,
                ),
            )
        yield first


def judge(claim: Claim, printed: Printed, code: str, before: tuple[str, ...] = ()) -> Verdict:
    """Return what became of a claim whose cell ran.

    `printed` is what its cell showed, `code` its code, which tells which lines of that the claim can be about, and
    `before` the code of the cells before it, which may seed.
    """
    if not printed.texts and printed.figures:
        return Verdict.UNCHECKED
    best = _likeness(claim, printed)
    if best is Likeness.SAME:
        return Verdict.RIGHT
    if best is Likeness.CLOSE:
        return Verdict.CLOSE
    rows = _rows_of(claim, printed)
    origin = functools.reduce(Origin.__or__, (origin_of(code, before, row) for row in rows))
    statement = printed.code_of(claim.code_line) or code
    statements = {statement, *map(printed.code_of, rows)}
    if (
        printed.is_unseen(claim)
        or explains(claim, code, before, statement)
        or is_unsolved(code, before, origin.names)
    ):
        return Verdict.UNCHECKED
    wholes = [
        whole for whole in wholes_of(claim, printed) if len(whole) <= _TIMES * (len(claim.text) + _TIMES)
    ]
    if is_certain(claim, printed):
        return Verdict.WRONG
    if (
        origin.elsewhere
        or any(compares_identity(statement, code) for statement in statements)
        or asks_of_python(statement)
        or any(
            _is_of_elsewhere(text, whole, statement, (*before, code))
            for text in (claim.text, *readings(claim.text))
            for whole in wholes
        )
        or any(
            differs_in_order(claim.text, whole, (*sources(before, origin.names), code)) for whole in wholes
        )
        or _failed_alike(claim, printed)
    ):
        return Verdict.ELSEWHERE
    shown = wholes[0] if wholes else ""
    drawn = any(is_drawn(code, before, row, shown) for row in rows)
    # Numbers are drawn, and what is chosen from words; no draw translates what is printed around it.
    reworded = any(is_reworded(claim.text, whole) for whole in wholes) and not chooses_words(code, before)
    if origin.chance or (drawn and not reworded):
        return Verdict.RANDOM
    wholes += printed.without_words(claim)
    if _is_a_slip(claim, wholes):
        # What blocks before have changed may be as its author's session had left it.
        if not origin.changed:
            return Verdict.WRONG if origin.own else Verdict.DEPARTS
        return Verdict.ELSEWHERE
    return Verdict.DEPARTS if any(is_near(claim.text, whole) for whole in wholes) else Verdict.UNDECIDED


def _is_of_elsewhere(typed: str, real: str, statement: str, cells: tuple[str, ...]) -> bool:
    """Return whether how a text departs tells of another machine, run or version of Python."""
    return (
        differs_by_machine(typed, real, cells)
        or is_of_another_run(typed, real)
        or divides_as_once(typed, real, statement)
        or parts_as_windows(typed, statement)
        or is_said_by_python(typed, real, cells)
    )


def is_certain(claim: Claim, printed: Printed) -> bool:
    """Return whether a claim is what its code showed, or a line of it, but for a slip that nothing else explains."""
    parts = itertools.islice(printed.parts(claim), _PARTS)
    return any(
        is_misspelt(claim.text, text) for text in (*wholes_of(claim, printed), *parts, printed.failure)
    )


def _failed_alike(claim: Claim, printed: Printed) -> bool:
    """Return whether a claim names the exception by which its cell ended."""
    name = exception_in(claim.text)
    return bool(name) and name == exception_in(printed.failure)


def _is_a_slip(claim: Claim, wholes: Iterable[str]) -> bool:
    """Return whether a claim departs in one place from what it can be, as a slip of the pen does."""
    # What nothing but its look tells to be an output has at least as many lines.
    height = claim.text.count("\n") if claim.sureness is Sureness.POSSIBLE else None
    return any(
        differs_in_one_place(claim.text, whole)
        or differs_in_one_place(without_machine(claim.text), without_machine(whole))
        for whole in wholes
        if height in (None, whole.strip().count("\n"))
    )


def _rows_of(claim: Claim, printed: Printed) -> list[int | None]:
    """Return the rows of the statements that a claim is about: below several, it has what all of them showed."""
    place = printed.statement(claim.code_line)
    if place is None or not claim.alone:
        return [claim.code_line]
    first, last = place, printed.span(place)[1]
    while first and last - printed.span(first)[0] <= claim.text.count("\n"):
        first -= 1
    return [node.lineno - 1 for node in printed.body[first : place + 1]]


def _likeness(claim: Claim, printed: Printed) -> Likeness:
    """Return how alike a claim is to what its code showed, or to a part of it where that can be meant."""
    wholes = wholes_of(claim, printed)
    best = most_alike(claim.text, wholes)
    if best < Likeness.CLOSE and (typed := calm(claim.text)) != claim.text:
        best = max(best, most_alike(typed, wholes))
    if best < Likeness.CLOSE:
        best = max(best, min(most_alike(claim.text, printed.without_words(claim)), Likeness.CLOSE))
    if best < Likeness.CLOSE:
        best = max(best, most_alike(claim.text, printed.parts(claim)))
    if best < Likeness.CLOSE:
        best = max(best, min(most_alike(claim.text, printed.next_one(claim)), Likeness.CLOSE))
    if best < Likeness.CLOSE and any(
        printed.is_argument(claim, whole) or printed.goes_on(claim, whole) for whole in wholes
    ):
        best = Likeness.CLOSE
    if best is Likeness.NONE and printed.failure:
        typed, real = claim.text.rpartition("\n")[2], printed.failure
        best = Likeness.CLOSE if typed == exception_in(real) else min(likeness(typed, real), Likeness.CLOSE)
    return best
