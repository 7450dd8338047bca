"""Unsaid: what a page of somebody's own has still to show of a cell, beside the outputs that its author typed.

Who types outputs into a block has said all that readers are to see of those statements. So what is right stays, and so
does what may be right elsewhere; what departs gives way; and below the block stands what no typed output is about.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hexapla.model.article import Placed
from hexapla.model.block import Edit
from hexapla.model.output import Claim, Kind, Output, Sureness, Text
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.said import strings_in
from hexapla.programs.claims.verdict import Settled, Verdict, settled
from hexapla.programs.parse import prepare
from hexapla.programs.sketches import is_fragment, is_sketch

_TRUE = frozenset({Verdict.RIGHT, Verdict.CLOSE})
_ELSEWHERE = frozenset({Verdict.ELSEWHERE, Verdict.RANDOM, Verdict.UNDECIDED})
_DEPARTING = frozenset({Verdict.WRONG, Verdict.DEPARTS})
_PREFIX = re.compile(r"[ \t>]*+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What becomes of a cell's outputs and of those that are typed in and below its block."""

    edits: tuple[Edit, ...]
    """What puts real answers below prompts in place of those that depart."""
    replaced: tuple[Claim, ...]
    """The typed outputs that go."""
    outputs: tuple[Output, ...]
    """What is to be shown below."""


def unsaid(body: str, placed: Placed, cell: Ran) -> Unsaid:
    """Return what a page, whose text is `body`, has still to show of a cell that ran.

    Of a sketch, or a fragment, that is nothing: its readers have other code.
    """
    code, block = placed.block.code, placed.block
    tree = prepare(code).tree
    if is_fragment(code) or (tree is not None and is_sketch(tree)):
        return Unsaid(edits=(), replaced=(), outputs=())
    results = settled(placed.claims, cell, code=code)
    results = tuple(one for one in results if one.claim.edits and one.claim.sureness > Sureness.POSSIBLE)
    inside = [one for one in results if block.start <= one.claim.edits[0].start < block.end]
    below = [one for one in results if one not in inside]
    printed = Printed(cell.outputs, cell.shown, code)
    if any(strings_in(code)) and not any(one.verdict is Verdict.WRONG for one in inside):
        # In the way of pytest-examples: below their statements.
        return Unsaid(edits=(), replaced=(), outputs=())
    # Who types one value of another day, or of another machine, types the others of that.
    of_today = not any(one.verdict in _ELSEWHERE for one in inside)
    departing = [
        one.claim
        for one in inside
        if one.verdict is Verdict.WRONG or (one.verdict is Verdict.DEPARTS and of_today)
    ]
    if inside and prepare(code).interactive:
        # A session is put right as a whole, and a remark beside an answer is its author's.
        whole = of_today and not any("#" in claim.text for claim in departing)
        answered = (_answered(body, claim, printed) for claim in departing if whole)
        return Unsaid(edits=tuple(itertools.chain.from_iterable(answered)), replaced=(), outputs=())
    gone = [one.claim for one in below if _gives_way(one)]
    if any(one.claim.sureness is Sureness.SURE and one.claim not in gone for one in below):
        return Unsaid(edits=(), replaced=(), outputs=())
    said = [one for one in inside if one.claim not in departing]
    outputs = _without(cell.outputs, said, printed) if said and not gone else tuple(cell.outputs)
    return Unsaid(edits=(), replaced=(*departing, *gone), outputs=outputs)


def _gives_way(one: Settled) -> bool:
    """Return whether what stands below a block gives way: what only looks like an output stays unless it is one."""
    if one.verdict in _TRUE:
        return True
    return one.verdict in _DEPARTING and one.claim.sureness >= Sureness.LIKELY


def _answered(body: str, claim: Claim, printed: Printed) -> Iterator[Edit]:
    """Yield what puts the real answer to a prompt where another one is typed; nothing where it is not known."""
    place = printed.statement(claim.code_line)
    if place is None or not printed.known or printed.failed:
        return
    first, last = printed.span(place)
    start, end = claim.edits[0].start, claim.edits[-1].end
    prefix = _PREFIX.match(body, start)
    if first < last and prefix:
        text = "".join(f"{prefix.group()}{line}".rstrip() + "\n" for line in printed.lines[first:last])
        yield Edit(start=start, end=end, text=text if body[start:end].endswith("\n") else text.rstrip("\n"))


def _without(outputs: Iterable[Output], said: Sequence[Settled], printed: Printed) -> tuple[Output, ...]:
    """Return outputs without the lines that typed ones are about; none where nobody knows what each printed."""
    if not printed.known:
        return ()
    covered: set[int] = set()
    for one in said:
        place = printed.statement(one.claim.code_line)
        if place is None:
            return ()
        first, last = printed.span(place)
        if one.claim.alone:
            # Below several statements it has what all of them showed; under a label, all that there is.
            first = 0 if one.claim.label else min(first, max(0, last - one.claim.text.count("\n") - 1))
        covered |= set(range(first, last))
    return tuple(_uncovered(outputs, covered))


def _uncovered(outputs: Iterable[Output], covered: set[int]) -> Iterator[Output]:
    row = 0
    for output in outputs:
        if not isinstance(output, Text):
            yield output
            continue
        lines = output.text.removesuffix("\n").split("\n")
        kept = [line for number, line in enumerate(lines, start=row) if number not in covered]
        row += len(lines)
        if len(kept) == len(lines) or (kept and output.kind is not Kind.STREAM):
            yield output
        elif kept:
            yield replace(output, text="\n".join(kept) + "\n")
