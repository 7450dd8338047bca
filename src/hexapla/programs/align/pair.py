"""Pair: which block of a translation stands for which block of the original.

By the author's id first, then by the heaviest common sequence of equal programs, then by likeness in the
gaps between: so a lost block never shifts the ones after it.
"""

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.article import Level
from hexapla.model.block import Block
from hexapla.programs.align.relation import relate
from hexapla.programs.align.sequence import gaps, heaviest
from hexapla.programs.align.similarity import Item, Similarity, fits, item_of, program_of, weight_of
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.sequences import stretches

_SYMBOLS_DIFFER = 0.4
"""An identical block counts for two and a half that differ in a path, an address or an option: where examples differ
in nothing else, a lost one does not shift those after it."""
_SYMBOLS = frozenset({"symbol-string-changed", "placeholder-changed", "lines-reordered"})
_RELATED = 10_000
"""How many pairs of blocks may be looked at for strings that differ; where there are more, all count as translated."""
_MERGED = (2, 3, 4)
"""How many neighbours of one post may be one block of the other."""


class How(StrEnum):
    """Why two blocks are a pair, or why one is alone."""

    ID = "id"
    EQUAL = "equal"
    LIKE = "like"
    MOVED = "moved"
    RETAGGED = "retagged"
    MERGED = "merged"
    SPLIT = "split"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Blocks that stand for one another, by their indexes; one side is empty where a block is alone."""

    original: tuple[int, ...]
    translation: tuple[int, ...]
    how: How


def pairs_of(original: Sequence[Block], translation: Sequence[Block]) -> tuple[Pair, ...]:
    """Return how the blocks of two posts pair up, in the order of the original, extra blocks last."""
    pairs = _Pairing(map(item_of, original), map(item_of, translation)).pairs()
    return tuple(sorted(pairs, key=lambda pair: (not pair.original, pair.original, pair.translation)))


class _Pairing:
    """The blocks of two posts while they are paired. Indexes are those of the posts' blocks."""

    def __init__(self, first: Iterable[Item], second: Iterable[Item]) -> None:
        self._first, self._second = list(first), list(second)
        self._similarity = Similarity()

    def pairs(self) -> list[Pair]:
        """Return every block in one pair, in no order."""
        pairs = self._by_id()
        left = _without(range(len(self._first)), (index for pair in pairs for index in pair.original))
        right = _without(range(len(self._second)), (index for pair in pairs for index in pair.translation))
        anchors = self._common(left, right)
        pairs += [Pair(original=(i,), translation=(j,), how=How.EQUAL) for i, j in anchors]
        moved = self._moved(left, right, anchors)
        pairs += moved
        left = _without(left, (index for pair in moved for index in pair.original))
        right = _without(right, (index for pair in moved for index in pair.translation))
        for gap in gaps(left, right, anchors):
            pairs += self._in_gap(*gap)
        return _crossing(self._moved_and_changed(pairs))

    def _by_id(self) -> list[Pair]:
        places = {item.id: index for index, item in reversed(list(enumerate(self._second))) if item.id}
        firsts = {
            item.id: index for index, item in reversed(list(enumerate(self._first))) if item.id in places
        }
        return [Pair(original=(i,), translation=(places[name],), how=How.ID) for name, i in firsts.items()]

    def _common(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Return the heaviest common sequence of equal blocks: as many as can be, then as many identical ones.

        So a copy of a block that stands somewhere else never parts blocks that are in their order.
        """
        head = self._identical(left, right)
        left, right = left[len(head) :], right[len(head) :]
        counts = [
            Counter(items[index].exact for index in indexes)
            for items, indexes in ((self._first, left), (self._second, right))
        ]
        # Of a block that only one of them repeats, the first copy is the one that stands in its place.
        tail = [
            *itertools.takewhile(
                lambda pair: counts[0][self._first[pair[0]].exact] == counts[1][self._first[pair[0]].exact],
                self._identical(left[::-1], right[::-1]),
            )
        ][::-1]
        left, right = left[: len(left) - len(tail)], right[: len(right) - len(tail)]
        loose = {self._first[i].loose for i in left} & {self._second[j].loose for j in right}
        left = [i for i in left if self._first[i].loose in loose]
        right = [j for j in right if self._second[j].loose in loose]
        bonus = 1 / (4 * len(left) + 1)
        is_close = len(left) * len(right) <= _RELATED

        def weight(i: int, j: int) -> float:
            first, second = self._first[i], self._second[j]
            if first.loose != second.loose:
                return 0
            if first.exact == second.exact:
                return 1 + 2 * bonus
            faults = _string_faults(first.code, second.code) if is_close else frozenset()
            if not faults.isdisjoint(_SYMBOLS):
                return _SYMBOLS_DIFFER
            return 1 if faults else 1 + bonus

        return head + heaviest(left, right, weight) + tail

    def _identical(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Return the pairs of identical blocks with which both begin."""
        pairs = zip(left, right, strict=False)
        return list(
            itertools.takewhile(lambda pair: self._first[pair[0]].exact == self._second[pair[1]].exact, pairs)
        )

    def _moved(self, left: list[int], right: list[int], anchors: list[tuple[int, int]]) -> list[Pair]:
        """Pair the blocks that stand identically elsewhere, before likeness gives them to their neighbours."""
        places: dict[str, list[int]] = {}
        for j in _without(right, (j for _, j in anchors)):
            if not self._second[j].blank:
                places.setdefault(self._second[j].exact, []).append(j)
        moved: list[Pair] = []
        for i in _without(left, (i for i, _ in anchors)):
            if twins := places.get(self._first[i].exact):
                moved.append(Pair(original=(i,), translation=(twins.pop(0),), how=How.MOVED))
        return moved

    def _in_gap(self, left: list[int], right: list[int]) -> list[Pair]:
        """Pair what is left between two anchors."""
        pairs: list[Pair] = []
        for run, j in self._merged(left, self._first, right, self._second):
            pairs.append(Pair(original=run, translation=(j,), how=How.MERGED))
        for run, i in self._merged(right, self._second, left, self._first):
            pairs.append(Pair(original=(i,), translation=run, how=How.SPLIT))
        pairs += self._retagged(*_free(left, right, pairs))
        left, right = _free(left, right, pairs)
        others = [self._second[j] for j in right]
        alike_to = {
            i: dict(zip(right, self._similarity.of(self._first[i], others), strict=True)) for i in left
        }
        alike = heaviest(left, right, lambda i, j: alike_to[i][j])
        for between in gaps(left, right, alike):
            alike += heaviest(*between, lambda i, j: fits(self._first[i], self._second[j]))
        pairs += [Pair(original=(i,), translation=(j,), how=How.LIKE) for i, j in alike]
        left, right = _free(left, right, pairs)
        pairs += [Pair(original=(i,), translation=(), how=How.MISSING) for i in left]
        pairs += [Pair(original=(), translation=(j,), how=How.EXTRA) for j in right]
        return pairs

    def _merged(
        self, parts: list[int], part_items: list[Item], wholes: list[int], whole_items: list[Item]
    ) -> list[tuple[tuple[int, ...], int]]:
        """Return the neighbours of one post that are one block of the other, and which."""
        weights = {weight_of(whole_items[whole].code) for whole in wholes if whole_items[whole].python}
        runs: dict[str, list[tuple[int, ...]]] = {}
        for size in _MERGED:
            for start in range(len(parts) - size + 1):
                run = parts[start : start + size]
                items = [part_items[index] for index in run]
                if run[-1] - run[0] != size - 1 or not all(item.python for item in items):
                    continue
                # Only what has the names of a block is read: it is the costly part.
                if sum(weight_of(item.code) for item in items) in weights:
                    together = fingerprint_of("\n".join(item.code for item in items))
                    if together is not None:
                        runs.setdefault(together.loose, []).append(tuple(run))
        merged: list[tuple[tuple[int, ...], int]] = []
        used: set[int] = set()
        for whole in wholes:
            for joined in runs.get(whole_items[whole].loose, ()):
                if used.isdisjoint(joined):
                    merged.append((joined, whole))
                    used.update(joined)
                    break
        return merged

    def _retagged(self, left: list[int], right: list[int]) -> list[Pair]:
        """Find the original's programs in fences that are not tagged as Python, or the reverse."""
        places: dict[tuple[str, bool], list[int]] = {}
        for j in right:
            if loose := program_of(self._second[j]):
                places.setdefault((loose, self._second[j].python), []).append(j)
        pairs: list[Pair] = []
        for i in left:
            if twins := places.get((program_of(self._first[i]), not self._first[i].python)):
                pairs.append(Pair(original=(i,), translation=(twins.pop(0),), how=How.RETAGGED))
        return pairs

    def _moved_and_changed(self, pairs: list[Pair]) -> list[Pair]:
        """Pair a missing block with an extra one of the same program but for translated strings."""
        extra = [pair for pair in pairs if pair.how is How.EXTRA]
        moved: dict[Pair, Pair] = {}
        for pair in pairs:
            if pair.how is not How.MISSING or self._first[pair.original[0]].blank:
                continue
            twin = next((other for other in extra if self._localized(pair, other)), None)
            if twin is not None:
                extra.remove(twin)
                moved[pair] = Pair(original=pair.original, translation=twin.translation, how=How.MOVED)
                moved[twin] = moved[pair]
        return list(dict.fromkeys(moved.get(pair, pair) for pair in pairs))

    def _localized(self, missing: Pair, extra: Pair) -> bool:
        first, second = self._first[missing.original[0]], self._second[extra.translation[0]]
        return first.loose == second.loose and relate(first.code, second.code).level <= Level.LOCALIZED


def _without(indexes: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [index for index in indexes if index not in gone]


def _free(left: list[int], right: list[int], pairs: list[Pair]) -> tuple[list[int], list[int]]:
    """Return the indexes on either side that no pair has."""
    return (
        _without(left, (index for pair in pairs for index in pair.original)),
        _without(right, (index for pair in pairs for index in pair.translation)),
    )


def _crossing(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs with those by id that stand out of order called moved."""
    whole = sorted(
        (pair for pair in pairs if pair.original and pair.translation and pair.how is not How.MOVED),
        key=lambda pair: pair.original,
    )
    places = [pair.translation[0] for pair in whole]
    in_order = {
        index for part in stretches(places, sorted(places)) if part.equal for index in range(part.i, part.k)
    }
    crossing = {pair for index, pair in enumerate(whole) if index not in in_order}
    return [
        Pair(original=pair.original, translation=pair.translation, how=How.MOVED)
        if pair in crossing
        else pair
        for pair in pairs
    ]


@functools.lru_cache(maxsize=_RELATED)
def _string_faults(first: str, second: str) -> frozenset[str]:
    """Return the codes of what speaks against two blocks being the same but for translated strings."""
    return frozenset(fault.code for fault in relate(first, second).faults)
