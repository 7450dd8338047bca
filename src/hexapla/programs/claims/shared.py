"""Shared causes: what several outputs of a post have in common, so that none of them is a slip of the pen.

A page can be of another version, or of a session whose earlier steps were others; or say what one might expect.
"""

import ast
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.output import Claim, Sureness
from hexapla.model.program import Program
from hexapla.programs.claims.bindings import bound_or_handed, changed_by
from hexapla.programs.claims.doubts import Doubt, Evidence, doubt_of
from hexapla.programs.claims.extent import most_alike, wholes_of
from hexapla.programs.claims.origins import Origin, origin_of
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.reasons import differs_by_version
from hexapla.programs.claims.tokens_alike import Likeness, tokens_in
from hexapla.programs.parse import prepare

_PAGE = 3
"""How many outputs that are wrong, where none is right, tell that a page was another program."""
_OF_PYTHON_2 = "Missing parentheses in call to 'print'"
"""What Python says of a page's code that was written for Python 2."""
_VERSIONS = 2
"""How many outputs of another version tell that a page was made with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim held against what its cell showed."""

    evidence: Evidence
    cell: str
    right: bool
    wrong: bool
    departs: bool
    """Whether it departs for a reason of its own, or so much that it is no slip."""
    undecided: bool
    """Whether it departs so much that it need be no output."""
    printed: Printed

    @property
    def claim(self) -> Claim:
        """The output that was typed."""
        return self.evidence.claim

    @property
    def statement(self) -> str:
        """The code that the claim is about."""
        return self.printed.code_of(self.claim.code_line) or self.evidence.code

    @property
    def is_bound_here(self) -> bool:
        """Whether its own block says what the output comes from."""
        return origin_of(self.evidence.code, (), self.claim.code_line).names == self.origin.names

    @property
    def origin(self) -> Origin:
        """What the output comes from."""
        return origin_of(self.evidence.code, self.evidence.before, self.claim.code_line)

    @property
    def wholes(self) -> list[str]:
        """What the claim can be as a whole."""
        return wholes_of(self.claim, self.printed)


def excused(
    held: Sequence[Held], program: Program, ran: Mapping[str, Ran], *, shown: Sequence[tuple[int, str]]
) -> dict[int, Doubt]:
    """Return the places of those claims that are wrong for a cause that is not their own, each with that cause.

    `ran` has cells by id, `shown` the lines and texts of code that is shown in other fences than those of Python:
    its author ran it, too.
    """
    wrong = [place for place, one in enumerate(held) if one.wrong]
    if len(wrong) >= _PAGE and not any(one.right for one in held):
        return dict.fromkeys(wrong, Doubt.PAGE)
    unlike, beside, others = _unlike(program, ran, shown), _beside(program, ran), _of_others(held)
    failing = {cell.id for cell in program.cells if cell.announced.fails}
    said = {(one.statement, text) for one in held if one.right for text in one.wholes}
    doubts: dict[int, Doubt] = {}
    for place in wrong:
        one = held[place]
        # What a statement says without a name, it says in any session and for any author.
        open_to_others = bool(one.origin.names)
        causes = {
            Doubt.VARIES: one.cell in ran and ran[one.cell].varies,
            Doubt.VERSION: _is_of_another_version(one, held, program),
            Doubt.UNRUN: open_to_others and one.cell in unlike,
            Doubt.FAILS: open_to_others and one.cell in failing,
            Doubt.BLOCK: one.cell in others,
            Doubt.NEIGHBOUR: _is_shown_above(one) or any(_is_of(one, record) for record in beside[one.cell]),
            # Between the two, words may have told of other code.
            Doubt.SAID: not one.is_bound_here and any((one.statement, text) in said for text in one.wholes),
            Doubt.REMARK: any(_may_be_remark(one.claim, whole) for whole in one.wholes),
        }
        if cause := next((cause for cause, found in causes.items() if found), doubt_of(one.evidence)):
            doubts[place] = cause
    return doubts


def _beside(program: Program, ran: Mapping[str, Ran]) -> Mapping[str, list[Ran | None]]:
    """Return what the cells above and below each cell showed."""
    beside: defaultdict[str, list[Ran | None]] = defaultdict(list)
    for cell, following in itertools.pairwise(program.cells):
        beside[cell.id].append(ran.get(following.id))
        beside[following.id].append(ran.get(cell.id))
    return beside


def _of_others(held: Iterable[Held]) -> set[str]:
    """Return the cells that print nothing of what their author typed, in one place or in more."""
    held = tuple(held)
    return {one.cell for one in held if one.departs or one.undecided} - {
        one.cell for one in held if one.right
    }


def _may_be_remark(claim: Claim, whole: str) -> bool:
    """Return whether nothing but some words tells that a comment is an output: as many others are not printed."""
    if claim.sureness is Sureness.SURE or claim.code_line is None:
        return False
    typed, real = (Counter(tokens_in(text.casefold())) for text in (claim.text, whole))
    return all(map(str.isalpha, typed)) and 2 * (typed & real).total() <= typed.total()


def _is_of_another_version(one: Held, held: Sequence[Held], program: Program) -> bool:
    """Return whether what an output comes from differs by the version of Python, or of a package, that its page had."""
    is_asked = bool(one.origin.names) or _asks_python(one.statement)
    if is_asked and any(_OF_PYTHON_2 in prepare(cell.code).fault for cell in program.unrun):
        return True
    return one.origin.packaged and sum(map(_is_older, held)) >= _VERSIONS


def _asks_python(statement: str) -> bool:
    """Return whether a statement calls a function of Python's, of which each version has its own, but for `print`."""
    tree = prepare(statement).tree
    calls = (part.func for part in (ast.walk(tree) if tree else ()) if isinstance(part, ast.Call))
    return any(not (isinstance(called, ast.Name) and called.id == "print") for called in calls)


def _is_of(one: Held, neighbour: Ran | None) -> bool:
    """Return whether a fence has what the cell above or below its own prints."""
    if one.claim.code_line is not None or neighbour is None:
        return False
    lines = Printed(neighbour.outputs, neighbour.shown, "").lines
    return most_alike(one.claim.text, ["\n".join(lines)]) >= Likeness.CLOSE


def _is_shown_above(one: Held) -> bool:
    """Return whether a claim below statements, none of which has a comment, is what one above the last showed."""
    printed, rows = one.printed, one.evidence.code.split("\n")
    place = printed.statement(one.claim.code_line) if one.claim.alone and printed.known else None
    while place:
        above, below = printed.body[place - 1 : place + 1]
        if any("#" in row for row in rows[above.lineno - 1 : below.lineno - 1]):
            return False
        place -= 1
        first, last = printed.span(place)
        if printed.lines[first:last] == one.claim.text.split("\n"):
            return True
    return False


def _is_older(one: Held) -> bool:
    return not one.right and any(differs_by_version(one.claim.text, whole) for whole in one.wholes)


def _unlike(program: Program, ran: Collection[str], shown: Sequence[tuple[int, str]]) -> set[str]:
    """Return the cells that read what a block before them was to bind or change which did not run: its author's did."""
    unlike: set[str] = set()
    namespaces: defaultdict[str, set[str]] = defaultdict(set)
    fences = sorted(shown)
    for cell in sorted((*program.cells, *program.unrun), key=lambda cell: cell.line):
        names, lost = cell.names, namespaces[program.namespace_of(cell)]
        while fences and fences[0][0] < cell.line:
            lost |= _bound_by(fences.pop(0)[1])
        if cell in program.unrun or cell.id not in ran:
            lost |= {*names.bound, *changed_by(cell.code)}
        elif not lost.isdisjoint(names.needed):
            unlike.add(cell.id)
            lost |= {*names.bound}
        else:
            lost -= {*names.bound}
    return unlike


def _bound_by(code: str) -> set[str]:
    """Return the names that code binds or changes; none where it is no code."""
    tree = prepare(code).tree
    bound = (bound_or_handed(node) for node in (tree.body if tree else ()) if not isinstance(node, ast.Expr))
    return set().union(*bound) | changed_by(code)
