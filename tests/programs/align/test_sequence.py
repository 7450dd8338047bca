"""The heaviest common sequence."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hexapla.programs.align.sequence import heaviest

weights = st.lists(st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=4, max_size=4), max_size=4)


def test_a_heavier_pair_wins_over_two_lighter_ones():
    table = {(0, 1): 0.4, (1, 2): 0.4, (0, 2): 1.0}
    assert heaviest([0, 1], [1, 2], lambda i, j: table.get((i, j), 0)) == [(0, 2)]


def test_what_weighs_nothing_is_no_pair():
    assert heaviest([0, 1], [0, 1], lambda i, j: 0) == []


@given(weights)
def test_nothing_in_order_weighs_more(table):
    rows, columns = list(range(len(table))), list(range(4))

    def weight(i, j):
        return table[i][j]

    pairs = heaviest(rows, columns, weight)
    assert pairs == sorted(pairs)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(pairs))
    best = max(
        sum(weight(i, j) for i, j in zip(left, right, strict=True))
        for size in range(len(table) + 1)
        for left in itertools.combinations(rows, size)
        for right in itertools.combinations(columns, size)
    )
    assert abs(sum(weight(i, j) for i, j in pairs) - best) < 1e-9
