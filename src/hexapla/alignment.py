"""Alignment: which block of a translation stands for which block of the original.

By the author's id first, then by the longest common sequence of equal programs, then by likeness in the
gaps between: so a lost block never shifts the ones after it.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.fingerprint import digest, of_code
from hexapla.markdown import Block
from hexapla.relation import Level, bare_words, relate, token_digest, tokenized

THRESHOLD = 0.6
"""Blocks in a gap are paired when this much of their tokens agrees."""
SHUFFLED = 0.95
"""And when this much does in another order."""


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
    """A block as alignment sees it."""

    id: str
    loose: str
    exact: str
    code: str
    python: bool
    blank: bool
    """Whether there is nothing in it but comments, so that it is everywhere the same."""


def pairs(original: Sequence[Block], translation: Sequence[Block]) -> tuple[Pair, ...]:
    """Return how the blocks of two posts pair up, in the order of the original, extra blocks last."""
    first, second = [_item(block) for block in original], [_item(block) for block in translation]
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
        found += _in_gap(gap_first, gap_second, first, second)
    found = _crossing(_moved_and_changed(found, first, second))
    return tuple(sorted(found, key=lambda pair: (not pair.original, pair.original, pair.translation)))


def _item(block: Block) -> _Item:
    directives = block.directives
    print_ = of_code(block.code) if directives.is_python else None
    if print_ is not None and print_.marks:
        keys = print_.loose, print_.exact
    elif directives.is_python:
        keys = token_digest(block.code), digest([block.code.strip()])
    else:
        bare = [line.rstrip() for line in block.code.strip().split("\n") if not line.lstrip().startswith("#")]
        keys = digest(["text", *bare]), digest(["text", block.code.strip()])
    return _Item(
        id=directives.id,
        loose=keys[0],
        exact=keys[1],
        code=block.code,
        python=directives.is_python,
        blank=not block.code.strip() or (print_ is not None and not print_.marks),
    )


def _without(indexes: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [index for index in indexes if index not in gone]


def _by_id(first: list[_Item], second: list[_Item]) -> list[Pair]:
    places = {item.id: index for index, item in reversed(list(enumerate(second))) if item.id}
    seen: set[str] = set()
    found: list[Pair] = []
    for index, item in enumerate(first):
        if item.id in places and item.id not in seen:
            seen.add(item.id)
            found.append(Pair(original=(index,), translation=(places[item.id],), how=How.ID))
    return found


def _common(a: list[int], b: list[int], first: list[_Item], second: list[_Item]) -> list[tuple[int, int]]:
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
    return found + _heaviest(a[head:], b[head:], weight)


def _heaviest(a: list[int], b: list[int], weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, that weigh most together; pairs of weight 0 are none."""
    table = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    weights = [[weight(i, j) for j in b] for i in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            joined = weights[i][j] + table[i + 1][j + 1] if weights[i][j] else 0.0
            table[i][j] = max(joined, table[i + 1][j], table[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if weights[i][j] and table[i][j] == weights[i][j] + table[i + 1][j + 1]:
            found.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


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


def _in_gap(a: list[int], b: list[int], first: list[_Item], second: list[_Item]) -> list[Pair]:
    """Pair what is left between two anchors."""
    found: list[Pair] = []
    for joined in (_joined(a, b, first, second, How.MERGED), _joined(b, a, second, first, How.SPLIT)):
        found += joined
    found += _retagged(
        [index for index in a if not _taken(found, "original", index)],
        [index for index in b if not _taken(found, "translation", index)],
        first,
        second,
    )
    rest_a = [index for index in a if not _taken(found, "original", index)]
    rest_b = [index for index in b if not _taken(found, "translation", index)]
    like = _heaviest(rest_a, rest_b, lambda i, j: _likeness(first[i], second[j]))
    found += [Pair(original=(i,), translation=(j,), how=How.LIKE) for i, j in like]
    found += [
        Pair(original=(i,), translation=(), how=How.MISSING) for i in rest_a if i not in {x for x, _ in like}
    ]
    found += [
        Pair(original=(), translation=(j,), how=How.EXTRA) for j in rest_b if j not in {y for _, y in like}
    ]
    return found


def _taken(found: list[Pair], side: str, index: int) -> bool:
    return any(index in getattr(pair, side) for pair in found)


def _joined(a: list[int], b: list[int], first: list[_Item], second: list[_Item], how: How) -> list[Pair]:
    """Find blocks of `second` that are two to four neighbours of `first` in one."""
    found: list[Pair] = []
    for j in b:
        for size in (2, 3, 4):
            runs = [a[k : k + size] for k in range(len(a) - size + 1)]
            for run in runs:
                if (
                    run[-1] - run[0] != size - 1
                    or not all(first[i].python for i in run)
                    or not second[j].python
                ):
                    continue
                whole = of_code("\n".join(first[i].code for i in run))
                if (
                    whole is not None
                    and whole.loose == second[j].loose
                    and not any(
                        _taken(found, "original" if how is How.MERGED else "translation", i) for i in run
                    )
                ):
                    left, right = (tuple(run), (j,)) if how is How.MERGED else ((j,), tuple(run))
                    found.append(Pair(original=left, translation=right, how=how))
                    break
    return found


def _retagged(a: list[int], b: list[int], first: list[_Item], second: list[_Item]) -> list[Pair]:
    """Find the original's programs in fences that are not tagged as Python, or the reverse."""
    found: list[Pair] = []
    used: set[int] = set()
    for i in a:
        for j in b:
            if j in used or first[i].python == second[j].python:
                continue
            one, other = of_code(first[i].code), of_code(second[j].code)
            if one is not None and other is not None and one.marks and one.loose == other.loose:
                used.add(j)
                found.append(Pair(original=(i,), translation=(j,), how=How.RETAGGED))
                break
    return found


def _likeness(one: _Item, other: _Item) -> float:
    """Return how much of two blocks' tokens agrees, or 0 below the threshold."""
    if one.python != other.python:
        return 0
    left, right = _words(one, other)
    if not left or not right:
        return 0
    if 2 * min(len(left), len(right)) / (len(left) + len(right)) < THRESHOLD:
        return 0
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    alike = matcher.quick_ratio()
    ratio = matcher.ratio() if alike >= THRESHOLD else 0
    if ratio < THRESHOLD <= SHUFFLED <= alike:
        ratio = THRESHOLD
    return ratio if ratio >= THRESHOLD else 0


def _words(one: _Item, other: _Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words to compare; where one of the two cannot be read, such as need no reading."""
    if not one.python:
        return tuple(one.code.split()), tuple(other.code.split())
    left, right = tokenized(one.code, strings=False), tokenized(other.code, strings=False)
    if left is None or right is None:
        # Marks are left out: they may be what is damaged.
        return tuple(filter(_is_word, bare_words(one.code))), tuple(filter(_is_word, bare_words(other.code)))
    return left, right


def _is_word(token: str) -> bool:
    return token[0] == "_" or token[0].isalnum()


def _moved(
    a: list[int], b: list[int], anchors: list[tuple[int, int]], first: list[_Item], second: list[_Item]
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


def _moved_and_changed(found: list[Pair], first: list[_Item], second: list[_Item]) -> list[Pair]:
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


def _localized(one: _Item, other: _Item) -> bool:
    return one.loose == other.loose and relate(one.code, other.code).level <= Level.LOCALIZED


def _crossing(found: list[Pair]) -> list[Pair]:
    """Return the pairs with those by id that stand out of order called moved."""
    single = sorted(
        (pair for pair in found if pair.original and pair.translation), key=lambda pair: pair.original
    )
    places = [pair.translation[0] for pair in single]
    kept = {index for index, _ in _heaviest(list(range(len(places))), sorted(places), _same(places))}
    out = {id(pair) for index, pair in enumerate(single) if index not in kept}
    return [
        Pair(original=pair.original, translation=pair.translation, how=How.MOVED) if id(pair) in out else pair
        for pair in found
    ]


def _same(places: list[int]) -> Callable[[int, int], float]:
    return lambda index, place: 1.0 if places[index] == place else 0.0
