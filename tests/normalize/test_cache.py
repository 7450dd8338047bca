"""A remembered result is the result: nothing is lost between writing and reading."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.model.post import Post, parse
from hexapla.normalize import cache
from hexapla.normalize.cache import Checked
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import Dialect

SITE = Dialect()
BODIES = {
    "nothing changes": "# A\n\ntext\n",
    "empty": "",
    "blocks apart": "# A\n\ntext\n- a\n- b\n",
    "no newline at the end": "# A\n\ntext\n- a",
    "an alert and a table": "# A\n\n> [!NOTE]\n> x\n\n| a |\n|---|\n| `b` |\n",
    "a repair": "Sure! Here it is:\n\n# **A\n\n```python\nx = 1\n",
    "what is lost is told": "# A\n\n{% include x %}\n\n- a\n  ```\n  x\n  ```\n",
    "only the title": "# `A` and *b*\n",
}


def post(body: str, head: str = "") -> Post:
    made = parse("posts/a.en.md", head + body, languages=["en"], default_language="en")
    assert isinstance(made, Post)
    return made


def through(given_post: Post, checked: Checked) -> Checked:
    made = cache.dump({"k": cache.encode(given_post, checked)}, "it")
    return cache.decode(given_post, cache.load(made, "it")["k"])


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("head", ["", "---\ntitle: A\ntags: [b]\n---\n"])
def test_it_comes_back_as_it_was(body, head):
    given_post = post(body, head)
    result = normalize(given_post, SITE)
    for checked in (
        Checked(normalized=result, faults=verify(given_post, result, SITE)),
        Checked(normalized=result),
    ):
        back = through(given_post, checked)
        assert back.faults == checked.faults
        assert back.normalized.problems == result.problems
        assert (back.normalized.blocks, back.normalized.lost) == (result.blocks, result.lost)
        before, after = result.post, back.normalized.post
        assert (after is given_post) == (before is given_post)
        assert (after.body, tuple(after.lines), after.title) == (
            before.body,
            tuple(before.lines),
            before.title,
        )
        assert after.front_matter == before.front_matter


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["text", "- a", "  - b", "", "```", "x = 1", "> q", "$$", "| a |", "## H"])).map(
        "\n".join
    )
)
def test_any_body_comes_back(body):
    given_post = post(body)
    result = normalize(given_post, SITE)
    back = through(given_post, Checked(normalized=result)).normalized.post
    assert (back.body, tuple(back.lines)) == (result.post.body, tuple(result.post.lines))


def test_only_lines_that_differ_are_kept():
    body = "".join(f"Line {number} is long enough to be seen.\n\n" for number in range(500)) + "text\n- a\n"
    given_post = post(body)
    entry = cache.encode(given_post, Checked(normalized=normalize(given_post, SITE)))
    assert len(json.dumps(entry)) < 1000


KEY = cache.key(post("x"), "d")


@pytest.mark.parametrize(
    ("other", "dialect"),
    [
        pytest.param(post("y"), "d", id="the body"),
        pytest.param(post("x", "---\ntitle: T\n---\n"), "d", id="the title"),
        pytest.param(post("x", "---\ndialect: python-markdown\n---\n"), "d", id="the dialect of the post"),
        pytest.param(post("x", "---\nlayout: post\n---\n"), "d", id="the layout"),
        pytest.param(post("x", "---\ntags: []\n---\n"), "d", id="the line where it begins"),
        pytest.param(post("x"), "e", id="the site's Markdown"),
    ],
)
def test_what_a_result_depends_on_is_in_its_key(other, dialect):
    assert cache.key(other, dialect) != KEY


def test_only_the_keys_that_the_body_asks_for_are_in_its_key():
    one, two = ("---\nauthor: a\n---\n", "---\nauthor: b\n---\n")
    assert cache.key(post("{{ page.author }}", one), "d") != cache.key(post("{{ page.author }}", two), "d")
    assert cache.key(post("x", one), "d") == cache.key(post("x", two), "d")


def test_a_key_knows_a_post_again_under_another_name():
    moved = parse("posts/b.en.md", "x", languages=["en"], default_language="en")
    assert isinstance(moved, Post)
    assert cache.key(moved, "d") == KEY


def test_the_dialect_s_key_tells_repairs_and_options():
    one = cache.dialect_key(Dialect())
    assert one == cache.dialect_key(Dialect())
    assert one != cache.dialect_key(Dialect(repairs_off=frozenset({"title"})))
    assert one != cache.dialect_key(Dialect(extensions=("tables",), configs={}))
    assert cache.dialect_key(Dialect(configs={"toc": {"slugify": object()}})) == cache.dialect_key(
        Dialect(configs={"toc": {"slugify": object()}})
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 0}', '{"format": 1, "made_with": "it"}'])
def test_a_damaged_cache_is_an_empty_one(text):
    assert cache.load(text, "it") == {}


def test_a_cache_of_other_code_is_an_empty_one():
    assert cache.load(cache.dump({"k": {}}, "it"), "another") == {}
