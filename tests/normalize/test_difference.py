"""Differences of two sequences of units: where they part and where they meet, in linear time."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.normalize.difference import differing
from hexapla.normalize.github.parser import read_as_github

UNITS = st.lists(st.sampled_from("abcde"), max_size=30)


def reference(names):
    return read_as_github("\n\n".join(names))


def units(names):
    return tuple(("p", (), name) for name in names)


PARTS = {
    "one is another": ("abc", "axc", {1}),
    "two, with one between": ("abcde", "xbcye", {0, 3}),
    "one is missing": ("abc", "ac", {1}),
    "one more": ("abc", "abxc", {1, 2}),
    "nothing is left": ("abc", "", {0, 1, 2}),
    "a long part": ("a" + "b" * 90 + "cd", "a" + "e" * 95 + "cd", set(range(1, 91))),
}


@pytest.mark.parametrize(("post", "page", "blocks"), PARTS.values(), ids=PARTS)
def test_which_blocks_differ(post, page, blocks):
    assert set(differing(reference(post), units(page))) == blocks


@given(UNITS, UNITS)
def test_what_is_called_equal_is_equal(post, page):
    read = reference(post)
    if read.units != units(page):
        apart = differing(read, units(page))
        assert apart or not post
        same = [name for at, name in enumerate(post) if at not in apart]
        rest = iter(page)
        assert all(name in rest for name in same)


@pytest.mark.cost
def test_a_text_that_repeats_itself_is_compared_in_linear_time():
    read = replace(reference("ab"), chunks=reference("ab" * 5_000).chunks)
    page = [unit for at, unit in enumerate(units("ab" * 5_000)) if at % 50]
    started = time.process_time()
    assert len(differing(read, page)) >= 200
    assert time.process_time() - started < 3
