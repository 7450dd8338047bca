"""Difference: which blocks of a source a page does not show as the source has them."""

import difflib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from hexapla.normalize.github.parser import Reference, in_page_order
from hexapla.normalize.target.structure import Unit

Part = tuple[int, int, int, int]
"""From where to where in the one sequence and in the other."""
_PATIENCE = 40
"""So many units are skipped in two sequences before units are looked for that stand in each once."""


def differing(reference: Reference, page: Sequence[Unit]) -> dict[int, tuple[str, str]]:
    """Find the blocks whose units the page lacks, or beside which it has more."""
    places = {id(chunk): index for index, chunk in enumerate(reference.chunks)}
    ordered = [places[id(chunk)] for chunk in in_page_order(reference.chunks)]
    owners = [index for index in ordered for _ in reference.chunks[index].units]
    source = [unit for index in ordered for unit in reference.chunks[index].units]
    blocks: dict[int, tuple[str, str]] = {}
    for i1, i2, j1, j2 in _changes(source, page):
        added = i1 == i2
        if added:
            i1, i2 = max(i1 - 1, 0), min(i2 + 1, len(owners))
        blocks.update(dict.fromkeys(owners[i1:i2], _for_people(source[i1:i2], page[j1:j2])))
        if owners[i1:i2]:
            # An HTML block without units of its own can be what broke its neighbours.
            for index in range(
                max(owners[i1] - 1, 0), min(owners[i2 - 1] + 1 + added, len(reference.chunks))
            ):
                if not reference.chunks[index].units:
                    blocks.setdefault(index, ("", ""))
    if not blocks:
        blocks = dict.fromkeys(range(len(reference.chunks)), ("", ""))
    return blocks


def _changes(source: Sequence[Unit], page: Sequence[Unit]) -> Iterator[Part]:
    """Yield where two sequences part and where they meet again: from and to in the one, from and to in the other.

    They meet where the least is skipped and two in a row are equal; costs what their length asks for, unlike
    difflib, for which a long post that repeats itself is hopeless.
    """
    numbers: dict[Unit, int] = {}
    left, right = ([numbers.setdefault(unit, len(numbers)) for unit in units] for units in (source, page))
    i = j = 0
    while True:
        while i < len(left) and j < len(right) and left[i] == right[j]:
            i, j = i + 1, j + 1
        if i == len(left) and j == len(right):
            return
        to_i, to_j = _meeting(left, right, i, j)
        yield from _finer(left, right, (i, to_i, j, to_j))
        i, j = to_i, to_j


def _finer(left: Sequence[int], right: Sequence[int], part: Part) -> Iterator[Part]:
    """Leave out of a part that is not too long what is equal in it."""
    i, to_i, j, to_j = part
    if max(to_i - i, to_j - j) > 2 * _PATIENCE:
        yield part
        return
    matcher = difflib.SequenceMatcher(None, left[i:to_i], right[j:to_j], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield i + i1, i + i2, j + j1, j + j2


def _meeting(left: Sequence[int], right: Sequence[int], i: int, j: int) -> tuple[int, int]:
    """Return where two sequences that part at `i` and `j` meet again; their ends, where they don't."""
    for skipped in range(1, _PATIENCE):
        for first in range(skipped + 1):
            at, to = i + first, j + skipped - first
            if left[at : at + 2] == right[to : to + 2]:
                return min(at, len(left)), min(to, len(right))
    return _anchor(left, right, i, j)


def _anchor(left: Sequence[int], right: Sequence[int], i: int, j: int) -> tuple[int, int]:
    """Return where the first unit stands that each of two rests has once."""
    there = Counter(right[j:])
    places = {unit: at for at, unit in enumerate(right[j:], j) if there[unit] == 1}
    here = Counter(left[i:])
    met = ((at, places[unit]) for at, unit in enumerate(left[i:], i) if here[unit] == 1 and unit in places)
    return next(met, (len(left), len(right)))


def _for_people(source: Sequence[Unit], page: Sequence[Unit]) -> tuple[str, str]:
    """Write both for people, from a little before the place where they part."""
    left, right = (
        " ".join(map(str, units)).replace("\\x00", "").replace("\0", "") for units in (source, page)
    )
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    common = sum(1 for _ in pairs)
    start = max(common - 40, 0) if common < max(len(left), len(right)) else 0
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    end = start + 200
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
