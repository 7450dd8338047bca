"""What articles are about, and which go together."""

import pytest

from examples import about, post
from hexapla.render.topics import tags, topics


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, ()),
        ([], ()),
        (["a b", " c ", "", 3], ("a b", "c", "3")),
        ("one two", ("one", "two")),
        ("one thing, two", ("one thing", "two")),
        ({"a": 1}, ()),
    ],
)
def test_tags_are_read_as_blogs_write_them(written, expected):
    assert tags(post("", tags=written)) == expected


def test_a_topic_has_a_name_in_each_language_that_translates_it():
    named = topics([about("a", en=["Tensors", "shapes"], de=["Tensoren", "Formen"], hi=["tensors"])])
    assert named.of == {"a": ("tensors", "shapes")}
    assert named.name("tensors", "de") == "Tensoren"
    # One tag less: nobody can tell which.
    assert named.name("shapes", "hi") == "shapes" and named.name("tensors", "hi") == "Tensors"
    assert named.name("tensors", "fr") == "Tensors"


def test_a_translation_with_more_tags_than_its_original_translates_none_of_them():
    named = topics([about("a", en=["loss"], de=["Verlust", "Neues"])])
    assert named.of == {"a": ("loss",)} and named.name("loss", "de") == "loss"


def test_where_translators_disagree_most_of_them_are_right():
    named = topics(
        [
            about(slug, en=["loss"], de=[name])
            for slug, name in (("a", "Verlust"), ("b", "Kosten"), ("c", "Verlust"))
        ]
    )
    assert named.name("loss", "de") == "Verlust"


def test_an_article_first_written_in_another_language_shares_its_topic():
    named = topics(
        [about("a", en=["tensors"], de=["Tensoren"]), about("b", de=["Tensoren"]), about("c", de=["Neu"])]
    )
    assert named.of["b"] == ("tensors",) and named.of["c"] == ("neu",)
