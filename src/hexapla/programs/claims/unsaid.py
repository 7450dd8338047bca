"""Unsaid: what a page of somebody's own has still to show of a cell, beside the outputs that its author typed.

Who types outputs into a block has said all that readers are to see of those statements. So what is right stays, and so
does what may be right elsewhere; what departs gives way; and below the block stands what no typed output is about.
"""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hexapla.model.article import Placed
from hexapla.model.block import Edit
from hexapla.model.output import Claim, Kind, Output, Sureness, Text
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.said import signs, strings_in
from hexapla.programs.claims.verdict import Settled, Verdict, settled
from hexapla.programs.parse import prepare
from hexapla.programs.sketches import is_fragment, is_sketch

_TRUE = frozenset({Verdict.RIGHT, Verdict.CLOSE})
_ELSEWHERE = frozenset({Verdict.ELSEWHERE, Verdict.RANDOM, Verdict.UNDECIDED})
_DEPARTING = frozenset({Verdict.WRONG, Verdict.DEPARTS})
_TOKEN = re.compile(r"(?<!\S)(?=\S*\d)(?=\S*[A-Za-z])[\w.+/=~-]{40,}+(?!\S)")
"""What no reader reads: a key, a signature, a token."""
_SKIPPED = re.compile(r"#\s*+doctest:[^\n]*\+SKIP\b")
_DRAWN = re.compile(r"^[ \t]*+[┌╭╔│┃┆║|][^\n]{79,}+$", re.MULTILINE)
"""A line of a table that is wider than programs' terminals are."""
_COMMENT = re.compile(r"#[ >]*+(?P<text>[^\n]*+)")
_PREFIX = re.compile(r"[ \t>]*+")
_MORE = 3
"""How many lines more than were typed a comment may get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What becomes of a cell's outputs and of those that are typed in and below its block."""

    edits: tuple[Edit, ...]
    """What puts real answers below prompts, and in comments, in place of those that depart."""
    replaced: tuple[Claim, ...]
    """The typed outputs that go."""
    outputs: tuple[Output, ...]
    """What is to be shown below."""


def unsaid(body: str, placed: Placed, cell: Ran, *, keeps: bool = False) -> Unsaid:
    """Return what a page, whose text is `body`, has still to show of a cell that ran.

    `keeps` says that what is typed stays, whatever it says. Of a sketch, or a fragment, nothing is shown: its readers
    have other code; nor where a comment has a token, such as a signed one, and each run makes another one.
    """
    code, block = placed.block.code, placed.block
    if is_fragment(code) or is_sketch(code) or _signs_anew(code, cell.outputs):
        return Unsaid(edits=(), replaced=(), outputs=())
    results = settled(placed.claims, cell, code=code)
    results = tuple(one for one in results if one.claim.edits and (_is_meant(one) or one.verdict in _TRUE))
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
        if (one.verdict is Verdict.WRONG or (one.verdict is Verdict.DEPARTS and of_today))
        and not _is_drawn_wider(one.claim.text)
    ]
    if inside and prepare(code).interactive:
        # A session is put right as a whole, and a remark beside an answer is its author's.
        whole = of_today and not _SKIPPED.search(code) and not any("#" in claim.text for claim in departing)
        answered = (_answered(body, claim, printed) for claim in departing if whole)
        return Unsaid(edits=tuple(itertools.chain.from_iterable(answered)), replaced=(), outputs=())
    gone = [one.claim for one in below if _gives_way(one)]
    if any(one.claim not in gone and _speaks_for_itself(one) for one in below):
        return Unsaid(edits=(), replaced=(), outputs=())
    # In a comment the real value stands where its author had the other.
    rewritten = {} if keeps else {claim: _rewritten(body, claim, printed) for claim in departing}
    edits = tuple(itertools.chain.from_iterable(rewritten.values()))
    departing = [claim for claim in departing if not rewritten.get(claim)]
    said = [one for one in inside if one.claim not in departing]
    outputs = _without(cell.outputs, said, printed) if said and not gone else tuple(cell.outputs)
    if inside or gone:
        outputs = tuple(_as_a_script(outputs, code, [one.claim.text for one in (*inside, *below)]))
    return Unsaid(edits=edits, replaced=(*departing, *gone), outputs=outputs)


def _is_drawn_wider(text: str) -> bool:
    """Return whether an author's terminal was wider than those of programs here: a table is drawn to its width."""
    return bool(_DRAWN.search(text))


def _signs_anew(code: str, outputs: Iterable[Output]) -> bool:
    """Return whether a comment has a token in the place of which the outputs have another one."""
    typed = {one for comment in _COMMENT.finditer(code) for one in _TOKEN.findall(comment["text"])}
    texts = (output.text for output in outputs if typed and isinstance(output, Text))
    printed = {one for text in texts for one in _TOKEN.findall(text)}
    return bool(printed - typed and typed - printed)


def _as_a_script(outputs: Iterable[Output], code: str, typed: Sequence[str]) -> Iterator[Output]:
    """Yield outputs without the values of which a script shows nothing, and of which no typed output says anything.

    Who types outputs beside a block, or below it, has left those out; where there is nothing else, the last one stays.
    """
    outputs = tuple(outputs)
    text = signs("".join(typed))
    values = [one for one in outputs if isinstance(one, Text) and one.kind is Kind.VALUE]
    tree = prepare(code).tree
    ends = bool(tree and tree.body and isinstance(tree.body[-1], ast.Expr))
    kept = values[-1:] if ends and len(values) == len(outputs) else []
    for output in outputs:
        if output not in values or output in kept or signs(output.text) in text:
            yield output


def _gives_way(one: Settled) -> bool:
    """Return whether what stands below a block gives way: what only looks like an output stays unless it is one."""
    if one.verdict in _TRUE:
        return _is_meant(one)
    return one.verdict in _DEPARTING and one.claim.sureness >= Sureness.LIKELY


def _is_meant(one: Settled) -> bool:
    """Return whether more than its place tells that a text is an output."""
    return one.claim.sureness > Sureness.POSSIBLE


def _speaks_for_itself(one: Settled) -> bool:
    """Return whether what stays below a block is its output in so many words, or that of another machine or day."""
    elsewhere = one.verdict in (Verdict.ELSEWHERE, Verdict.RANDOM) and one.claim.sureness >= Sureness.LIKELY
    return elsewhere or one.verdict in _TRUE or one.claim.sureness is Sureness.SURE


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


def _rewritten(body: str, claim: Claim, printed: Printed) -> tuple[Edit, ...]:
    """Return what writes the real value into the comment that claims another one; nothing where there is no room."""
    place = printed.statement(claim.code_line)
    if place is None or not printed.known or printed.failed:
        return ()
    typed = claim.text.split("\n")
    lines = printed.lines[slice(*_span(claim, place, printed))]
    row = next((at for at, edit in enumerate(claim.edits) if typed[0] in body[edit.start : edit.end]), None)
    if row is None or not typed[0] or not lines or len(lines) > len(typed) + _MORE:
        return ()
    head, *others = claim.edits[row:]
    before, _, after = body[head.start : head.end].partition(typed[0])
    if "#" not in before or (
        len(lines) > 1 and not (after == "\n" and before.lstrip(" \t>").strip("#> ") == "")
    ):
        return ()
    text = "\n".join(f"{before}{line}".rstrip() for line in lines) + after
    return (replace(head, text=text), *others)


def _span(claim: Claim, place: int, printed: Printed) -> tuple[int, int]:
    """Return the lines of an output that a comment is about: below several statements it may have what all showed."""
    first, last = printed.span(place)
    if claim.alone:
        # Under a label it has all that there is.
        first = 0 if claim.label else min(first, max(0, last - claim.text.count("\n") - 1))
    return first, last


def _without(outputs: Iterable[Output], said: Sequence[Settled], printed: Printed) -> tuple[Output, ...]:
    """Return outputs without the lines that typed ones are about; none where nobody knows what each printed.

    Where a line would be missing between others they stay as they are: what was printed is read as a whole.
    """
    if not printed.known:
        return ()
    covered: set[int] = set()
    for one in said:
        place = printed.statement(one.claim.code_line)
        if place is None:
            return ()
        covered |= set(range(*_span(one.claim, place, printed)))
    return tuple(_uncovered(outputs, covered))


def _uncovered(outputs: Iterable[Output], covered: set[int]) -> Iterator[Output]:
    row = 0
    for output in outputs:
        if not isinstance(output, Text):
            yield output
            continue
        lines = output.text.removesuffix("\n").split("\n")
        kept = [number for number in range(len(lines)) if row + number not in covered]
        row += len(lines)
        if not kept:
            continue
        first, last = kept[0], kept[-1] + 1
        if last - first > len(kept) or output.kind is not Kind.STREAM:
            yield output
        else:
            yield replace(output, text="\n".join(lines[first:last]) + "\n")
