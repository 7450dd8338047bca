"""Dataclasses as JSON can hold them, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.article import Level, Placed
from hexapla.model.directives import Check
from hexapla.model.program import Program
from hexapla.storage.plain import apart, decoder, encoder, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    name: str
    check: Check = Check.CLOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, tuple[Leaf, ...]]
    pair: tuple[int, Leaf]
    level: Level | None = None
    own: Leaf | None = None
    number: float = 0.0


leaves = st.builds(Leaf, name=st.text(), check=st.sampled_from(Check))
trees = st.builds(
    Tree,
    leaves=st.lists(leaves).map(tuple),
    by_name=st.dictionaries(st.text(), st.lists(leaves, max_size=2).map(tuple), max_size=3),
    pair=st.tuples(st.integers(), leaves),
    level=st.none() | st.sampled_from(Level),
    own=st.none() | leaves,
    number=st.floats(allow_nan=False),
)


@given(trees)
def test_what_is_encoded_is_decoded_to_the_same(tree):
    text = json.dumps(encoder(Tree)(tree))
    back = decoder(Tree)(json.loads(text))
    assert back == tree
    assert (type(back.level), type(back.pair), type(back.leaves)) == (type(tree.level), tuple, tuple)


def test_decoding_leaves_what_it_reads_as_it_is():
    plain = encoder(Tree)(Tree(leaves=(Leaf(name="a"),), by_name={}, pair=(1, Leaf(name="b"))))
    before = json.dumps(plain)
    decoder(Tree)(plain)
    assert json.dumps(plain) == before


@given(trees)
def test_one_field_may_be_left_out_and_given_again(tree):
    parts = json.loads(json.dumps(apart(tree, but="leaves")))
    assert "leaves" not in parts
    assert together(Tree, parts, leaves=tree.leaves) == tree


@pytest.mark.parametrize("kind", [set[int], object, Any, Mapping[int, str], int | str])
def test_a_type_without_a_plain_form_is_refused(kind):
    with pytest.raises(TypeError, match="no plain form"):
        decoder(kind)


@pytest.mark.parametrize("plain", [[], ["a"], ["a", "no check"], ["a", "exact", 3], "a", 7, None])
def test_what_is_not_of_the_type_is_refused(plain):
    with pytest.raises((ValueError, TypeError)):
        decoder(Leaf)(plain)


def test_what_articles_are_made_of_has_a_plain_form():
    assert encoder(Placed) and decoder(Program)
