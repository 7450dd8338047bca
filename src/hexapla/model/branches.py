"""Branches: what is run of a program whose cells stand in chapters, or in tabs of which one is chosen.

A reader chooses one tab of a set, and of later sets the tab of the same name, else the first. So what runs is a
program for each such reader: the cells in no tab, and those of the tabs that are chosen. A tab that reads nothing of
what stands above it, a whole program, is run by itself.
"""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.model.program import Cell, Program, Tab

_TRIED = 8
"""So many cells above a name that is declared anew may begin the chapter: those that import, and set up."""
_STAR = "*"
"""What `from module import *` binds: any name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A program without tabs, which is run in a process of its own."""

    program: Program
    own: frozenset[str]
    """The cells, by id, whose outputs are those that it shows there; the others are run for what they leave."""


def branches(program: Program) -> tuple[Branch, ...]:
    """Return what is run of a program: itself where it has no tabs and no chapters."""
    chapters = [[*cells] for _, cells in itertools.groupby(program.cells, key=lambda cell: cell.chapter)]
    return tuple(itertools.chain.from_iterable(_alternatives(program, cells) for cells in chapters))


def _alternatives(program: Program, chapter: Sequence[Cell]) -> Sequence[Branch]:
    """Return what is run of a chapter."""
    if not any(cell.tabs for cell in chapter):
        return (_branch(program, chapter, chapter),)
    sets = _sets(chapter)
    whole: list[Branch] = []
    others: dict[tuple[tuple[int, str], ...], list[Cell]] = {}
    for path, unit in itertools.groupby(chapter, key=lambda cell: cell.tabs):
        cells = [*unit]
        choice = _choice(sets, path)
        if path and not reads(cells, _before(chapter, cells[0], choice)):
            whole.append(_branch(program, cells, cells))
        else:
            others.setdefault(tuple(choice.items()), []).extend(cells)
    for picked, own in others.items():
        shown = [cell for cell in chapter if _is_chosen(cell, dict(picked))]
        end = shown.index(own[-1]) + 1
        whole.append(_branch(program, shown[:end], own))
    return whole


def with_chapters(cells: Sequence[Cell]) -> list[Cell]:
    """Return cells that know their chapter: a page that declares a name anew, and needs nothing above, begins anew.

    Libraries keep what classes and decorated functions they have seen, and a second one of the same name is a fault, or
    another one's. That is not so for a reader, who runs the second example by itself.
    """
    if any(cell.session or cell.alone for cell in cells):
        return [*cells]
    sources = _sources(cells)
    starts, known = [0], set[str]()
    for place, cell in enumerate(cells):
        if not known.isdisjoint(cell.names.declared):
            for start in range(place, max(starts[-1], place - _TRIED), -1):
                if sources[start] < starts[-1] and _is_outside(cells, start):
                    known = {name for other in cells[start:place] for name in other.names.declared}
                    starts.append(start)
                    break
        known |= {*cell.names.declared}
    return [replace(cell, chapter=bisect.bisect(starts, place) - 1) for place, cell in enumerate(cells)]


def _sources(cells: Sequence[Cell]) -> list[int]:
    """Return for each cell the last one above it that binds what it, or a cell below it, reads; -1 where none does."""
    # Each name that is read, by the place where it was last bound: it is read across all places between the two.
    reaches: list[list[int]] = [[] for _ in range(len(cells) + 1)]
    bound: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for name in cell.names.needed:
            reaches[bound.get(name, -1) + 1].append(place)
        bound |= dict.fromkeys(cell.names.bound, place)
    sources: list[int] = []
    open_: list[tuple[int, int]] = []
    star = -1
    for place, cell in enumerate(cells):
        if reaches[place]:
            open_.append((place - 1, max(reaches[place])))
        while open_ and open_[-1][1] < place:
            open_.pop()
        sources.append(max(star, open_[-1][0]) if open_ else -1)
        star = place if _STAR in cell.names.bound else star
    return sources


def _is_outside(cells: Sequence[Cell], start: int) -> bool:
    """Return whether a cell begins outside of tabs, and the one above it ends there."""
    return not (cells[start].tabs or cells[start - 1].tabs)


def with_tabs(cells: Sequence[Cell], paths: Sequence[tuple[Tab, ...]]) -> list[Cell]:
    """Return cells that know in which tabs they stand, given by `paths`, where those are alternatives.

    They are none where one alone has cells, and where what only one of them binds is read in another, or below by who
    has not chosen it: then they are steps. A cell of a session that its author names stays in that.
    """
    placed = [
        replace(cell, tabs=() if cell.session or cell.alone else path)
        for cell, path in zip(cells, paths, strict=True)
    ]
    sets = _sets(placed)
    if not sets:
        return placed
    steps = {number for number, labels in sets.items() if len(labels) < 2} | {*_steps(placed, sets)}
    kept = [replace(cell, tabs=tuple(tab for tab in cell.tabs if tab.set not in steps)) for cell in placed]
    first = _choice(_sets(kept), ())
    return [
        replace(cell, tabs=tuple(replace(tab, first=first[tab.set] == tab.label) for tab in cell.tabs))
        for cell in kept
    ]


def reads(cells: Iterable[Cell], before: Iterable[Cell]) -> bool:
    """Return whether cells read a name that others before them bind."""
    bound = {name for cell in before for name in cell.names.bound}
    own: set[str] = set()
    for cell in cells:
        needed = set(cell.names.needed) - own
        if needed and (_STAR in bound or not needed.isdisjoint(bound)):
            return True
        own |= set(cell.names.bound)
    return False


def _steps(cells: Sequence[Cell], sets: Mapping[int, Sequence[str]]) -> Iterator[int]:
    """Yield the sets of which a tab binds what a reader who has not chosen it needs."""
    for place, cell in enumerate(cells):
        choice = _choice(sets, cell.tabs)
        known = {name for other in _before(cells, cell, choice) for name in other.names.bound}
        lacking = set(cell.names.needed) - known
        for other in cells[:place] if lacking and _STAR not in known else ():
            if not lacking.isdisjoint(other.names.bound):
                yield from (tab.set for tab in other.tabs if choice[tab.set] != tab.label)


def _sets(cells: Iterable[Cell]) -> dict[int, list[str]]:
    """Return the labels of each set of tabs, those that have cells, in order."""
    sets: dict[int, dict[str, None]] = {}
    for cell in cells:
        for tab in cell.tabs:
            sets.setdefault(tab.set, {})[tab.label] = None
    return {number: [*labels] for number, labels in sorted(sets.items())}


def _choice(sets: Mapping[int, Sequence[str]], path: Sequence[Tab]) -> dict[int, str]:
    """Return the tab of each set that a reader has chosen who reads what stands in the tabs of `path`."""
    chosen, fixed = [tab.label for tab in path], {tab.set: tab.label for tab in path}
    choice: dict[int, str] = {}
    for number, labels in sets.items():
        known = next((label for label in chosen if label in labels), labels[0])
        choice[number] = fixed.get(number, known)
        chosen.append(choice[number])
    return choice


def _is_chosen(cell: Cell, choice: Mapping[int, str]) -> bool:
    return all(choice[tab.set] == tab.label for tab in cell.tabs)


def _before(cells: Iterable[Cell], until: Cell, choice: Mapping[int, str]) -> Iterator[Cell]:
    """Yield the cells above one that a reader sees."""
    above = itertools.takewhile(lambda cell: cell is not until, cells)
    return (cell for cell in above if _is_chosen(cell, choice))


def _branch(program: Program, cells: Iterable[Cell], own: Iterable[Cell]) -> Branch:
    return Branch(
        program=replace(program, cells=tuple(replace(cell, tabs=()) for cell in cells)),
        own=frozenset(cell.id for cell in own),
    )
