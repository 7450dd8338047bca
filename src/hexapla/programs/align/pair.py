"""Pair: which block of a translation stands for which block of the original.

By the author's id first, then by the heaviest common sequence of equal programs, then by likeness in the
gaps between: so a lost block never shifts the ones after it.
"""

import difflib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.article import Level
from hexapla.model.block import Block
from hexapla.programs.align.relation import relate
from hexapla.programs.align.sequence import heaviest
from hexapla.programs.fingerprint import digest, fingerprint_of
from hexapla.programs.tokens import bare_words, token_digest, token_texts

THRESHOLD = 0.6
"""Blocks in a gap are paired when this much of their tokens agrees."""
SHUFFLED = 0.95
"""And when this much does in another order."""
_STRINGS_DIFFER = 0.4
"""An identical block counts for two and a half that differ in strings: where examples differ in nothing else,
a lost one does not shift those after it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A block as pairing sees it."""

    id: str
    loose: str
    exact: str
    code: str
    python: bool
    blank: bool
    """Whether there is nothing in it but comments, so that it is everywhere the same."""


def pairs_of(original: Sequence[Block], translation: Sequence[Block]) -> tuple[Pair, ...]:
    """Return how the blocks of two posts pair up, in the order of the original, extra blocks last."""
    pairs = _Pairing(map(_item, original), map(_item, translation)).pairs()
    return tuple(sorted(pairs, key=lambda pair: (not pair.original, pair.original, pair.translation)))


def _item(block: Block) -> _Item:
    """Read a block."""
    directives = block.directives
    fingerprint = fingerprint_of(block.code) if directives.is_python else None
    if fingerprint is not None and fingerprint.marks:
        loose, exact = fingerprint.loose, fingerprint.exact
    elif directives.is_python:
        loose, exact = token_digest(block.code), digest([block.code.strip()])
    else:
        bare = [line.rstrip() for line in block.code.strip().split("\n") if not line.lstrip().startswith("#")]
        loose, exact = digest(["text", *bare]), digest(["text", block.code.strip()])
    return _Item(
        id=directives.id,
        loose=loose,
        exact=exact,
        code=block.code,
        python=directives.is_python,
        blank=not block.code.strip() or (fingerprint is not None and not fingerprint.marks),
    )


class _Pairing:
    """The blocks of two posts while they are paired. Indexes are those of the posts' blocks."""

    def __init__(self, first: Iterable[_Item], second: Iterable[_Item]) -> None:
        self._first, self._second = list(first), list(second)

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
        for gap in _gaps(left, right, anchors):
            pairs += self._in_gap(*gap)
        return _crossing(self._moved_and_changed(pairs))

    def _by_id(self) -> list[Pair]:
        places = {item.id: index for index, item in reversed(list(enumerate(self._second))) if item.id}
        firsts = {
            item.id: index for index, item in reversed(list(enumerate(self._first))) if item.id in places
        }
        return [Pair(original=(i,), translation=(places[name],), how=How.ID) for name, i in firsts.items()]

    def _common(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Return the heaviest common sequence of equal blocks."""

        def weight(i: int, j: int) -> float:
            if self._first[i].loose != self._second[j].loose:
                return 0
            return 1 if self._first[i].exact == self._second[j].exact else _STRINGS_DIFFER

        head = list(
            itertools.takewhile(
                lambda pair: self._first[pair[0]].exact == self._second[pair[1]].exact,
                zip(left, right, strict=False),
            )
        )
        return head + heaviest(left[len(head) :], right[len(head) :], weight)

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
        alike = heaviest(left, right, lambda i, j: _likeness(self._first[i], self._second[j]))
        pairs += [Pair(original=(i,), translation=(j,), how=How.LIKE) for i, j in alike]
        left, right = _free(left, right, pairs)
        pairs += [Pair(original=(i,), translation=(), how=How.MISSING) for i in left]
        pairs += [Pair(original=(), translation=(j,), how=How.EXTRA) for j in right]
        return pairs

    def _merged(
        self, parts: list[int], part_items: list[_Item], wholes: list[int], whole_items: list[_Item]
    ) -> list[tuple[tuple[int, ...], int]]:
        """Return the neighbours of one post that are one block of the other, and which."""
        merged: list[tuple[tuple[int, ...], int]] = []
        used: set[int] = set()
        for whole in wholes:
            if not whole_items[whole].python:
                continue
            for size in _MERGED:
                for start in range(len(parts) - size + 1):
                    run = parts[start : start + size]
                    if run[-1] - run[0] != size - 1 or not all(part_items[index].python for index in run):
                        continue
                    together = fingerprint_of("\n".join(part_items[index].code for index in run))
                    if together is None or together.loose != whole_items[whole].loose:
                        continue
                    if used.isdisjoint(run):
                        merged.append((tuple(run), whole))
                        used.update(run)
                        break
        return merged

    def _retagged(self, left: list[int], right: list[int]) -> list[Pair]:
        """Find the original's programs in fences that are not tagged as Python, or the reverse."""
        pairs: list[Pair] = []
        used: set[int] = set()
        for i in left:
            for j in right:
                if j in used or self._first[i].python == self._second[j].python:
                    continue
                first, second = (fingerprint_of(item.code) for item in (self._first[i], self._second[j]))
                if first is not None and second is not None and first.marks and first.loose == second.loose:
                    used.add(j)
                    pairs.append(Pair(original=(i,), translation=(j,), how=How.RETAGGED))
                    break
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


def _gaps(
    left: list[int], right: list[int], anchors: list[tuple[int, int]]
) -> list[tuple[list[int], list[int]]]:
    """Return what lies between the anchors on either side."""
    gaps: list[tuple[list[int], list[int]]] = []
    before = (-1, -1)
    for after in [*anchors, (len(left) + max(left, default=0) + 1, len(right) + max(right, default=0) + 1)]:
        gap = (
            [index for index in left if before[0] < index < after[0]],
            [index for index in right if before[1] < index < after[1]],
        )
        if any(gap):
            gaps.append(gap)
        before = after
    return gaps


def _crossing(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs with those by id that stand out of order called moved."""
    whole = sorted(
        (pair for pair in pairs if pair.original and pair.translation), key=lambda pair: pair.original
    )
    places = [pair.translation[0] for pair in whole]
    in_order = {
        index
        for index, _ in heaviest(
            list(range(len(places))), sorted(places), lambda index, place: float(places[index] == place)
        )
    }
    crossing = {pair for index, pair in enumerate(whole) if index not in in_order}
    return [
        Pair(original=pair.original, translation=pair.translation, how=How.MOVED)
        if pair in crossing
        else pair
        for pair in pairs
    ]


def _likeness(first: _Item, second: _Item) -> float:
    """Return how much of two blocks' tokens agrees, or 0 below the threshold."""
    if first.python != second.python:
        return 0
    left, right = _words(first, second)
    if not left or not right:
        return 0
    if 2 * min(len(left), len(right)) / (len(left) + len(right)) < THRESHOLD:
        return 0
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    alike = matcher.quick_ratio()
    ratio = matcher.ratio() if alike >= THRESHOLD else 0
    if ratio < THRESHOLD and alike >= SHUFFLED:
        ratio = THRESHOLD
    return ratio if ratio >= THRESHOLD else 0


def _words(first: _Item, second: _Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words to compare; where one of the two cannot be read, such as need no reading."""
    if not first.python:
        return tuple(first.code.split()), tuple(second.code.split())
    left, right = (token_texts(item.code, strings=False) for item in (first, second))
    if left is None or right is None:
        # Marks are left out: they may be what is damaged.
        return tuple(filter(_is_word, bare_words(first.code))), tuple(
            filter(_is_word, bare_words(second.code))
        )
    return left, right


def _is_word(token: str) -> bool:
    return token[0] == "_" or token[0].isalnum()
