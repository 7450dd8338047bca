"""What agrees of two sequences."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hexapla.programs.sequences import Alphabet, agreement, agreements, stretches

ITEMS = st.lists(st.sampled_from(["a", "b", "ab", "", "§", 1, ("x",)]), max_size=8)


def longest(before, after):
    """Return how long the longest common sequence is, as it is defined."""
    if not before or not after:
        return 0
    if before[0] == after[0]:
        return 1 + longest(before[1:], after[1:])
    return max(longest(before[1:], after), longest(before, after[1:]))


@given(ITEMS, ITEMS)
def test_stretches_are_the_two_sequences_and_agree_as_much_as_can_be(before, after):
    parts = stretches(before, after)
    assert [item for part in parts for item in before[part.i : part.k]] == before
    assert [item for part in parts for item in after[part.j : part.m]] == after
    assert all(before[part.i : part.k] == after[part.j : part.m] for part in parts if part.equal)
    assert all(left.equal != right.equal for left, right in itertools.pairwise(parts))
    assert sum(part.k - part.i for part in parts if part.equal) == longest(before, after)


@given(ITEMS, ITEMS)
def test_agreement_is_the_share_that_agrees(before, after):
    alphabet = Alphabet()
    left, right = alphabet.text(before), alphabet.text(after)
    equal = sum(part.k - part.i for part in stretches(before, after) if part.equal)
    whole = len(before) + len(after)
    assert len(left) == len(before)
    assert abs(agreement(left, right, least=0) - (2 * equal / whole if whole else 1)) < 1e-9


@given(ITEMS, st.lists(ITEMS), st.sampled_from([0.3, 0.6, 1]))
def test_asked_at_once_each_agrees_as_much_as_alone(one, others, least):
    alphabet = Alphabet()
    text, texts = alphabet.text(one), [alphabet.text(other) for other in others]
    assert agreements(text, texts, least=least) == [agreement(text, other, least=least) for other in texts]


def test_what_is_less_alike_than_asked_for_is_not_alike():
    assert agreement("abcd", "abxy", least=0.5) == 0.5
    assert agreement("abcd", "abxy", least=0.51) == 0


def test_what_is_too_large_is_one_difference(monkeypatch):
    monkeypatch.setattr("hexapla.programs.sequences._LARGEST", 8)
    assert stretches("aabc", "aacd") == [
        (True, 0, 2, 0, 2),
        (False, 2, 3, 2, 2),
        (True, 3, 4, 2, 3),
        (False, 4, 4, 3, 4),
    ]
    assert stretches("aabcd", "aacdb") == [(True, 0, 2, 0, 2), (False, 2, 5, 2, 5)]
    assert stretches("abcd", "cdab") == [(False, 0, 4, 0, 4)]
