"""Shared causes: what several outputs of a post have in common, so that none of them is a slip of the pen.

A page can be of another version, or of a session whose earlier steps were others; or say what one might expect.
"""

import ast
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.output import Claim
from hexapla.model.program import Program
from hexapla.programs.claims.bindings import bound_or_handed, changed_by
from hexapla.programs.claims.extent import most_alike, wholes_of
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.reasons import differs_by_version
from hexapla.programs.claims.resemblance import departure
from hexapla.programs.claims.tokens_alike import Likeness
from hexapla.programs.parse import prepare

_ALIKE = 3
"""How many outputs that depart alike have one cause."""
_OF_PYTHON_2 = "Missing parentheses in call to 'print'"
"""What Python says of a page's code that was written for Python 2."""
_VERSIONS = 2
"""How many outputs of another version tell that a page was made with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim held against what its cell showed."""

    claim: Claim
    cell: str
    right: bool
    wrong: bool
    printed: Printed
    code: str

    @property
    def statement(self) -> str:
        """The code that the claim is about."""
        return self.printed.code_of(self.claim.code_line) or self.code

    @property
    def wholes(self) -> list[str]:
        """What the claim can be as a whole."""
        return wholes_of(self.claim, self.printed)


def excused(
    held: Sequence[Held], program: Program, ran: Mapping[str, Ran], *, shown: Sequence[tuple[int, str]]
) -> set[int]:
    """Return the places of those claims that are wrong for a cause that is not their own.

    `ran` has cells by id, `shown` the lines and texts of code that is shown in other fences than those of Python:
    its author ran it, too.
    """
    wrong = [place for place, one in enumerate(held) if one.wrong]
    if not wrong:
        return set()
    unlike = _unlike(program, ran, shown)
    beside: defaultdict[str, list[Ran | None]] = defaultdict(list)
    for cell, following in itertools.pairwise(program.cells):
        beside[cell.id].append(ran.get(following.id))
        beside[following.id].append(ran.get(cell.id))
    said: dict[str, list[str]] = {}
    for one in held:
        if one.right:
            said.setdefault(one.statement, []).append(one.claim.text)
    if len(wrong) >= _ALIKE and len(wrong) > sum(one.right for one in held):
        return {*wrong}
    if any(_OF_PYTHON_2 in prepare(cell.code).fault for cell in program.unrun):
        return {*wrong}
    failing = {cell.id for cell in program.cells if cell.announced.fails}
    older = sum(_is_older(one) for one in held if not (one.right or one.wrong))
    if older >= max(_VERSIONS, len(wrong)):
        return {*wrong}
    departures = {
        place: {departure(held[place].claim.text, whole) for whole in held[place].wholes} - {("", "")}
        for place in wrong
    }
    often = Counter(one for some in departures.values() for one in some)
    return {
        place
        for place in wrong
        if held[place].cell in unlike | failing
        or any(_is_of(held[place], record) for record in beside[held[place].cell])
        or any(often[one] >= _ALIKE for one in departures[place])
        or any(
            most_alike(text, held[place].wholes) >= Likeness.CLOSE
            for text in said.get(held[place].statement, ())
        )
    }


def _is_of(one: Held, neighbour: Ran | None) -> bool:
    """Return whether a fence has what the cell above or below its own prints."""
    if one.claim.code_line is not None or neighbour is None:
        return False
    lines = Printed(neighbour.outputs, neighbour.shown, "").lines
    return most_alike(one.claim.text, ["\n".join(lines)]) >= Likeness.CLOSE


def _is_older(one: Held) -> bool:
    return any(differs_by_version(one.claim.text, whole) for whole in one.wholes)


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
