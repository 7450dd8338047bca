"""Alignment: which block of a translation stands for which block of the original.

By the author's id first, then by the longest common sequence of equal programs, then by likeness in the
gaps between: so a lost block never shifts the ones after it.
"""

from collections.abc import Callable, Iterable, Sequence

from hexapla.model.article import Level
from hexapla.model.block import Block
from hexapla.programs.align.gaps import in_gap
from hexapla.programs.align.pairing import How, Item, Pair, heaviest, item_of
from hexapla.programs.align.relation import relate

__all__ = ["How", "Pair", "pairs"]


def pairs(original: Sequence[Block], translation: Sequence[Block]) -> tuple[Pair, ...]:
    """Return how the blocks of two posts pair up, in the order of the original, extra blocks last."""
    first, second = [item_of(block) for block in original], [item_of(block) for block in translation]
    found = _by_id(first, second)
    free_first = _without(range(len(first)), [index for pair in found for index in pair.original])
    free_second = _without(range(len(second)), [index for pair in found for index in pair.translation])
    anchors = _common(free_first, free_second, first, second)
    found += [Pair(original=(a,), translation=(b,), how=How.EQUAL) for a, b in anchors]
    moved = _moved(free_first, free_second, anchors, first, second)
    found += moved
    free_first = _without(free_first, [index for pair in moved for index in pair.original])
    free_second = _without(free_second, [index for pair in moved for index in pair.translation])
    for gap_first, gap_second in _gaps(free_first, free_second, anchors):
        found += in_gap(gap_first, gap_second, first, second)
    found = _crossing(_moved_and_changed(found, first, second))
    return tuple(sorted(found, key=lambda pair: (not pair.original, pair.original, pair.translation)))


def _without(indexes: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [index for index in indexes if index not in gone]


def _by_id(first: list[Item], second: list[Item]) -> list[Pair]:
    places = {item.id: index for index, item in reversed(list(enumerate(second))) if item.id}
    seen: set[str] = set()
    found: list[Pair] = []
    for index, item in enumerate(first):
        if item.id in places and item.id not in seen:
            seen.add(item.id)
            found.append(Pair(original=(index,), translation=(places[item.id],), how=How.ID))
    return found


def _common(a: list[int], b: list[int], first: list[Item], second: list[Item]) -> list[tuple[int, int]]:
    """Return the longest common sequence of equal blocks.

    An identical one counts for two and a half that differ in strings, so that where examples differ in
    nothing else, a lost one does not shift those after it.
    """

    def weight(i: int, j: int) -> float:
        if first[i].loose != second[j].loose:
            return 0
        return 1 if first[i].exact == second[j].exact else 0.4

    head = 0
    while head < min(len(a), len(b)) and first[a[head]].exact == second[b[head]].exact:
        head += 1
    found = list(zip(a[:head], b[:head], strict=True))
    return found + heaviest(a[head:], b[head:], weight)


def _gaps(a: list[int], b: list[int], anchors: list[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Return what lies between the anchors on either side."""
    found: list[tuple[list[int], list[int]]] = []
    before = (-1, -1)
    for after in [*anchors, (len(a) + max(a, default=0) + 1, len(b) + max(b, default=0) + 1)]:
        left = [index for index in a if before[0] < index < after[0]]
        right = [index for index in b if before[1] < index < after[1]]
        if left or right:
            found.append((left, right))
        before = after
    return found


def _moved(
    a: list[int], b: list[int], anchors: list[tuple[int, int]], first: list[Item], second: list[Item]
) -> list[Pair]:
    """Pair the blocks that stand identically elsewhere, before likeness gives them to their neighbours."""
    places: dict[str, list[int]] = {}
    for j in _without(b, [j for _, j in anchors]):
        if not second[j].blank:
            places.setdefault(second[j].exact, []).append(j)
    found: list[Pair] = []
    for i in _without(a, [i for i, _ in anchors]):
        if twins := places.get(first[i].exact):
            found.append(Pair(original=(i,), translation=(twins.pop(0),), how=How.MOVED))
    return found


def _moved_and_changed(found: list[Pair], first: list[Item], second: list[Item]) -> list[Pair]:
    """Pair a missing block with an extra one of the same program but for translated strings."""
    extra = [pair for pair in found if pair.how is How.EXTRA]
    moved: dict[Pair, Pair] = {}
    for pair in found:
        if pair.how is not How.MISSING or first[pair.original[0]].blank:
            continue
        twin = next((p for p in extra if _localized(first[pair.original[0]], second[p.translation[0]])), None)
        if twin is not None:
            extra.remove(twin)
            moved[pair] = Pair(original=pair.original, translation=twin.translation, how=How.MOVED)
            moved[twin] = moved[pair]
    return list(dict.fromkeys(moved.get(pair, pair) for pair in found))


def _localized(one: Item, other: Item) -> bool:
    return one.loose == other.loose and relate(one.code, other.code).level <= Level.LOCALIZED


def _crossing(found: list[Pair]) -> list[Pair]:
    """Return the pairs with those by id that stand out of order called moved."""
    single = sorted(
        (pair for pair in found if pair.original and pair.translation), key=lambda pair: pair.original
    )
    places = [pair.translation[0] for pair in single]
    kept = {index for index, _ in heaviest(list(range(len(places))), sorted(places), _same(places))}
    out = {id(pair) for index, pair in enumerate(single) if index not in kept}
    return [
        Pair(original=pair.original, translation=pair.translation, how=How.MOVED) if id(pair) in out else pair
        for pair in found
    ]


def _same(places: list[int]) -> Callable[[int, int], float]:
    return lambda index, place: 1.0 if places[index] == place else 0.0
