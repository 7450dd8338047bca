"""Verdict: which texts are typed outputs, held against what ran, and what becomes of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hexapla.model.article import Article, Placed
from hexapla.model.block import Edit
from hexapla.model.codes import problem
from hexapla.model.output import Claim, Figure, Output, Row, Sureness
from hexapla.model.problem import Problem
from hexapla.programs.claims.constants import constant_of
from hexapla.programs.claims.likeness import (
    Likeness,
    agree_in_words,
    has_numbers_of,
    is_of_form,
    is_of_kind,
    likeness,
    split_after,
)
from hexapla.programs.claims.printed import Printed, Ran, calm
from hexapla.programs.claims.reasons import differs_by_machine, explains, is_drawn, speaks_of_machine
from hexapla.programs.values import is_value

_WHOLES = 16
"""With how many texts a claim is compared as a whole."""
_ROWS = 400
"""How many lines of comment are looked at as one claim."""


class Verdict(StrEnum):
    """What became of a claim."""

    RIGHT = "right"
    CLOSE = "close"
    """Right up to an ellipsis, rounding, or a missing label."""
    RANDOM = "random"
    """It can't be right: the value is drawn at random, and was not drawn with this seed."""
    ELSEWHERE = "elsewhere"
    """It may be right on another machine: a path, an address, a version."""
    WRONG = "wrong"
    UNDECIDED = "undecided"
    """It stands where outputs stand, and does not look like what ran: it stays on the page."""
    UNCHECKED = "unchecked"
    """Nothing was run that could tell."""


KEPT = frozenset({Verdict.UNDECIDED, Verdict.UNCHECKED})
"""What stays on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A claim as what ran shows it to be."""

    claim: Claim
    verdict: Verdict


def settled(claims: Iterable[Claim], cell: Ran | None, *, code: str, before: str = "") -> tuple[Settled, ...]:
    """Return which of the texts below and beside a cell are typed outputs, how far each goes, and its verdict.

    `cell` is None where it was not run: then those are told that are claims for sure. `code` is its block's,
    `before` that of the cells before it, which may seed.
    """
    if cell is None:
        return tuple(
            Settled(claim=claim, verdict=Verdict.UNCHECKED)
            for claim in claims
            if claim.sureness is Sureness.SURE
        )
    printed = Printed(cell.outputs, cell.shown, code)
    done: list[Settled] = []
    for possible in claims:
        claim = _read(possible, printed)
        if claim is None and possible.sureness is Sureness.LIKELY and not possible.rows and printed.lines:
            done.append(Settled(claim=possible, verdict=Verdict.UNDECIDED))
        elif claim is not None and not _overlaps(claim, done):
            done.append(Settled(claim=claim, verdict=_judged(claim, printed, code, before)))
    return tuple(done)


def judge(
    claim: Claim,
    outputs: Sequence[Output] | None,
    *,
    code: str = "",
    before: str = "",
    shown: Sequence[int] = (),
) -> Verdict:
    """Return what became of a claim.

    `outputs` is what its cell showed, None where it was not run; `code` the cell's code, which tells which
    lines of the output the claim can be about; `shown` how many lines each of its statements had shown;
    `before` the code of the cells before it, which may seed.
    """
    if outputs is None:
        return Verdict.UNCHECKED
    return _judged(claim, Printed(outputs, shown, code), code, before)


def _judged(claim: Claim, printed: Printed, code: str, before: str) -> Verdict:
    if not printed.texts and printed.figures:
        return Verdict.UNCHECKED
    best = _likeness(claim, printed)
    if best is Likeness.SAME:
        return Verdict.RIGHT
    if best is Likeness.CLOSE:
        return Verdict.CLOSE
    if printed.is_unseen(claim) or explains(claim, code, before):
        return Verdict.UNCHECKED
    wholes = _wholes(claim, printed)
    own = printed.code_of(claim.code_line) or code
    if speaks_of_machine(own) or any(differs_by_machine(claim.text, whole) for whole in wholes):
        return Verdict.ELSEWHERE
    alike = best is Likeness.NUMBERS or any(
        is_of_kind(claim.text, whole) or is_of_form(claim.text, whole) for whole in wholes
    )
    if alike and is_drawn(code, before, claim.code_line, wholes[0] if wholes else ""):
        return Verdict.RANDOM
    return Verdict.WRONG


def _wholes(claim: Claim, printed: Printed) -> list[str]:
    return [*dict.fromkeys(printed.wholes(claim))][:_WHOLES]


def _likeness(claim: Claim, printed: Printed) -> Likeness:
    """Return how alike a claim is to what its code showed, or to a part of it where that can be meant."""
    wholes = _wholes(claim, printed)
    best = _most_alike(claim.text, wholes)
    if best < Likeness.CLOSE and (typed := calm(claim.text)) != claim.text:
        best = max(best, _most_alike(typed, wholes))
    if best < Likeness.CLOSE:
        best = max(best, min(_most_alike(claim.text, printed.without_words(claim)), Likeness.CLOSE))
    if best < Likeness.CLOSE:
        best = max(best, _most_alike(claim.text, printed.parts(claim)))
    if best is Likeness.NONE and printed.failed and printed.lines:
        best = min(likeness(claim.text.split("\n")[-1], printed.lines[-1]), Likeness.CLOSE)
    return best


def _most_alike(text: str, others: Iterable[str]) -> Likeness:
    best = Likeness.NONE
    for other in others:
        best = max(best, likeness(text, other))
        if best >= Likeness.CLOSE:
            break
    return best


def _read(claim: Claim, printed: Printed) -> Claim | None:
    """Return a claim as far as it goes by what its code showed; None where it is none."""
    wholes = _wholes(claim, printed)
    if claim.rows:
        wholes += printed.without_words(claim)
        return (
            _longest(claim, wholes) or _before_remark(claim, wholes) or _as_it_stands(claim, printed, wholes)
        )
    if claim.sureness is Sureness.SURE:
        return claim
    best = _most_alike(claim.text, wholes)
    alike = best is Likeness.NUMBERS and any(sign.isalpha() for sign in claim.text)
    alike = alike or any(has_numbers_of(claim.text, whole, digits=6) for whole in wholes)
    if claim.sureness is Sureness.LIKELY:
        alike = best is Likeness.NUMBERS or any(
            is_of_kind(claim.text, whole) or agree_in_words(claim.text, whole) for whole in wholes
        )
    return claim if best >= Likeness.CLOSE or alike else None


def _longest(claim: Claim, wholes: Sequence[str]) -> Claim | None:
    """Return the most lines of comment that are what the code showed as a whole."""
    for first in range(1 if claim.sureness is Sureness.SURE else min(2, len(claim.rows))):
        for count in _counts(claim, first, wholes):
            reading = _rows(claim, first, count)
            if _most_alike(reading.text, wholes) >= Likeness.CLOSE:
                left_out = claim.rows[first - 1].text if first else ""
                return _rows(claim, 0, first + count) if _is_line_of(left_out, wholes) else reading
    return None


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
    if claim.sureness is not Sureness.POSSIBLE:
        for whole in wholes:
            for count in _counts(claim, 0, wholes):
                reading = _rows(claim, 0, count)
                if count > used and is_of_kind(reading.text, whole) and _ends_alike(reading.text, whole):
                    return reading
    if sure or (used == len(claim.rows) and _most_alike(claim.text, printed.parts(claim)) >= Likeness.CLOSE):
        return alone
    if used > 1 or claim.sureness is Sureness.POSSIBLE:
        return None
    return next(
        (one for one in (alone, _without_remark(alone, claim.rows[0])) if _is_meant(one.text, wholes)), None
    )


def _ends_alike(text: str, whole: str) -> bool:
    """Return whether the last line of a text looks like that of another, or is one of its lines."""
    (last, end), lines = (one.rpartition("\n")[2].strip() for one in (text, whole)), whole.split("\n")
    return is_of_kind(last, end) or last in map(str.strip, lines)


def _is_meant(text: str, wholes: Iterable[str]) -> bool:
    """Return whether a line beside or below its code is what its author took for the output."""
    return any(
        agree_in_words(text, whole)
        or differs_by_machine(text, whole)
        or (is_value(text) and len(text) > 1 and is_value(whole) and is_of_kind(text, whole))
        for whole in wholes
    )


def _without_remark(claim: Claim, row: Row) -> Claim:
    """Return a claim of a comment without the brackets at its end, which stay as a remark."""
    text, bracket, remark = row.text.rpartition(" (")
    if not bracket or not remark.endswith(")"):
        return claim
    edit = Edit(start=row.mark, end=row.end - row.whole, text=f"# ({remark}")
    return replace(claim, text=text, remark=f"({remark}", edits=(edit,))


def _overlaps(claim: Claim, done: Iterable[Settled]) -> bool:
    return any(
        edit.start < other.end and other.start < edit.end
        for edit in claim.edits
        for one in done
        for other in one.claim.edits
    )


def problems_of(article: Article, cells: Mapping[tuple[str, str], Ran]) -> tuple[Problem, ...]:
    """Return a problem for every claim of an article that is wrong or cannot be right.

    `cells` is what is recorded, by variant and cell; where a cell is not in it, nothing is said.
    """
    problems: list[Problem] = []
    for language, placed, claim, verdict in verdicts(article, cells):
        if verdict not in _MESSAGES:
            continue
        word, message = _MESSAGES[verdict]
        if verdict is Verdict.WRONG:
            word = word if language == article.original else "claim-wrong-translation"
            if constant := constant_of(claim.text):
                message = f"`{claim.text}` is `{constant}` translated, and the program prints no such word."
        program = article.program_of(language)
        cell = cells.get((program.variant if program else "", placed.cell))
        path = article.posts[language].path
        details = _details(claim, cell.outputs if cell else ())
        problems.append(problem(word, path, claim.line, message, details=details))
    return tuple(problems)


_MESSAGES = {
    Verdict.WRONG: ("claim-wrong", "This output is typed by hand, and the program prints another."),
    Verdict.RANDOM: ("claim-random", "This output is typed by hand, and the program draws it at random."),
    Verdict.ELSEWHERE: ("claim-elsewhere", "This output is typed by hand, and here the program prints another."),
    Verdict.UNDECIDED: ("claim-undecided", "This fence stands where an output stands, and the program prints another."),
}  # fmt: skip


def verdicts(
    article: Article, cells: Mapping[tuple[str, str], Ran]
) -> Iterator[tuple[str, Placed, Claim, Verdict]]:
    """Yield every claim of an article with its language, its block and what became of it."""
    for language, blocks in article.placed.items():
        program = article.program_of(language)
        if program is None:
            continue
        earlier: dict[str, str] = {}
        code = ""
        for cell in program.cells:
            earlier[cell.id] = code
            code += f"{cell.code}\n"
        for placed in blocks:
            if placed.cell in earlier and placed.claims:
                ran = cells.get((program.variant, placed.cell))
                before = earlier[placed.cell]
                for one in settled(placed.claims, ran, code=placed.block.code, before=before):
                    yield language, placed, one.claim, one.verdict


def _details(claim: Claim, printed: Sequence[Output]) -> tuple[str, ...]:
    """Show both texts, a few lines of each."""
    real = (
        "".join(output.text for output in printed if not isinstance(output, Figure)).rstrip("\n").split("\n")
    )
    typed = claim.text.split("\n")
    return tuple(
        f"{mark} {line}"
        for mark, lines in (("typed:  ", typed), ("printed:", real))
        for line in [*lines[:4], *(["…"] if len(lines) > 4 else [])]
    )
