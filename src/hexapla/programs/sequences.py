"""Sequences: how much of two sequences agrees, and where they part. Lines, tokens, keys: whatever can be compared.

Every item is written as one character, so that rapidfuzz compares what it is fastest at: 64 of them at a time.
"""

import sys
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

_LARGEST = 400_000_000
"""How many pairs of items are compared: a table of 50 MB. More, 20,000 lines that all differ, are one difference."""


class Stretch(NamedTuple):
    """A part of two sequences that agrees, or in which nothing does: `before[i:k]` and `after[j:m]`."""

    equal: bool
    i: int
    k: int
    j: int
    m: int


class Alphabet:
    """Writes sequences as texts, in which the same character stands for equal items."""

    def __init__(self) -> None:
        self._letters: dict[Hashable, str] = {}

    def text(self, items: Iterable[Hashable]) -> str:
        """Return a sequence as a text as long as itself."""
        letters = self._letters
        return "".join([letters.setdefault(item, chr(min(len(letters), sys.maxunicode))) for item in items])


def agreement(before: str, after: str, *, least: float) -> float:
    """Return the share of two texts that their longest common sequence is; 0 where it is less than `least`."""
    from rapidfuzz.distance import Indel  # Where nothing differs, nobody asks.

    # Just as much is enough, however it is rounded.
    return Indel.normalized_similarity(before, after, score_cutoff=max(least - 1e-6, 0))


def agreements(one: str, others: Sequence[str], *, least: float) -> list[float]:
    """Return the `agreement` of a text with each of others: asked at once, that takes a tenth of the time."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    shares = [0.0] * len(others)
    cutoff = max(least - 1e-6, 0)
    scorer = Indel.normalized_similarity
    for _, share, place in process.extract(one, others, scorer=scorer, score_cutoff=cutoff, limit=None):
        shares[place] = share
    return shares


def steps(before: str, after: str) -> int:
    """Return in how many steps one text becomes another: a character more, less or other, or two that change places."""
    from rapidfuzz.distance import OSA

    return OSA.distance(before, after)


def stretches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Stretch]:
    """Return what of two sequences agrees and what does not, by turns, in order."""
    from rapidfuzz.distance import LCSseq, Prefix

    alphabet = Alphabet()
    first, second = alphabet.text(before), alphabet.text(after)
    same = Prefix.similarity(first, second)
    if (len(first) - same) * (len(second) - same) > _LARGEST:
        parts = [Stretch(True, 0, same, 0, same)] if same else []
        return [*parts, Stretch(False, same, len(first), same, len(second))]
    parts = []
    for step in LCSseq.opcodes(first, second):
        part = Stretch(step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        if parts and parts[-1].equal == part.equal:
            parts[-1] = parts[-1]._replace(k=part.k, m=part.m)
        else:
            parts.append(part)
    return parts
