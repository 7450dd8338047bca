"""Gaps: the blocks between two that are equal in both posts, paired by what is left of their likeness."""

import difflib

from hexapla.programs.align.pairing import How, Item, Pair, heaviest
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.tokens import bare_words, token_texts

THRESHOLD = 0.6
"""Blocks in a gap are paired when this much of their tokens agrees."""
SHUFFLED = 0.95
"""And when this much does in another order."""


def in_gap(a: list[int], b: list[int], first: list[Item], second: list[Item]) -> list[Pair]:
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
    like = heaviest(rest_a, rest_b, lambda i, j: _likeness(first[i], second[j]))
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


def _joined(a: list[int], b: list[int], first: list[Item], second: list[Item], how: How) -> list[Pair]:
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
                whole = fingerprint_of("\n".join(first[i].code for i in run))
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


def _retagged(a: list[int], b: list[int], first: list[Item], second: list[Item]) -> list[Pair]:
    """Find the original's programs in fences that are not tagged as Python, or the reverse."""
    found: list[Pair] = []
    used: set[int] = set()
    for i in a:
        for j in b:
            if j in used or first[i].python == second[j].python:
                continue
            one, other = fingerprint_of(first[i].code), fingerprint_of(second[j].code)
            if one is not None and other is not None and one.marks and one.loose == other.loose:
                used.add(j)
                found.append(Pair(original=(i,), translation=(j,), how=How.RETAGGED))
                break
    return found


def _likeness(one: Item, other: Item) -> float:
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


def _words(one: Item, other: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words to compare; where one of the two cannot be read, such as need no reading."""
    if not one.python:
        return tuple(one.code.split()), tuple(other.code.split())
    left, right = token_texts(one.code, strings=False), token_texts(other.code, strings=False)
    if left is None or right is None:
        # Marks are left out: they may be what is damaged.
        return tuple(filter(_is_word, bare_words(one.code))), tuple(filter(_is_word, bare_words(other.code)))
    return left, right


def _is_word(token: str) -> bool:
    return token[0] == "_" or token[0].isalnum()
