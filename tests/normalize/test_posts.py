"""Many posts at once: the same results in processes, and a result without what its post has is whole again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.config.config import load
from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem
from hexapla.normalize import posts as many
from hexapla.normalize.normalize import normalize
from hexapla.normalize.posts import Rewriting, faults_of, rewritings
from hexapla.normalize.target.dialect import Dialect, dialect_of
from hexapla.storage import pool
from hexapla.storage.cache import of_site

SITE = Dialect()
TEXT = "# T {number}\n\ntext\n- a\n  - b\n\n```python\nx = {number}\n```\n"
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


def post(body: str, head: str = "", path: str = "posts/a.en.md") -> Post:
    made = parse_post(path, head + body, languages=["en"], default_language="en")
    assert isinstance(made, Post)
    return made


POSTS = [post(TEXT.format(number=number), path=f"posts/p{number}.en.md") for number in range(30)]


def through(given_post: Post):
    return Rewriting.of(given_post, normalize(given_post, SITE)).applied(given_post)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("head", ["", "---\ntitle: A\ntags: [b]\ndate: 2024-05-06\n---\n"])
def test_what_was_taken_away_is_put_back(body, head):
    given_post = post(body, head)
    result = normalize(given_post, SITE)
    whole = through(given_post)
    assert whole == result
    assert (whole.post is given_post) == (result.post is given_post)
    if head:
        assert whole.post.front_matter["date"] == date(2024, 5, 6)


def test_of_the_front_matter_only_what_was_added_is_kept():
    given_post = post(BODIES["blocks apart"], "---\ntags: [b]\ndialect: gfm\n---\n")
    apart = Rewriting.of(given_post, normalize(given_post, SITE)).normalized.post
    assert apart.front_matter == {"dialect": "normalized"} and apart.key_lines == {}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["text", "- a", "  - b", "", "```", "x = 1", "> q", "$$", "| a |", "## H"])).map(
        "\n".join
    )
)
def test_any_body_comes_back(body):
    assert through(post(body)) == normalize(post(body), SITE)


def test_processes_give_the_same():
    alone = rewritings(POSTS, SITE, 1)
    assert rewritings(POSTS, SITE, 2) == alone
    pairs = [(post, rewriting.applied(post)) for post, rewriting in zip(POSTS, alone, strict=True)]
    assert pairs[0][1].post.body != POSTS[0].body
    assert faults_of(pairs, SITE, 2) == faults_of(pairs, SITE, 1) == [()] * 30


def test_a_broken_promise_is_told_of_the_post_that_breaks_it():
    pairs = [
        (post, rewriting.applied(post))
        for post, rewriting in zip(POSTS, rewritings(POSTS, SITE, 1), strict=True)
    ]
    given_post, result = pairs[3]
    pairs[3] = (given_post, replace(result, post=replace(result.post, body=f"{result.post.body}\nmore\n")))
    told = faults_of(pairs, SITE, 2)
    assert [bool(problems) for problems in told] == [index == 3 for index in range(30)]
    assert {problem.path for problem in told[3]} == {given_post.path}


def test_a_function_among_the_options_is_no_obstacle(monkeypatch):
    odd = replace(SITE, configs={**SITE.configs, "toc": {"slugify": lambda *_: "x"}})
    monkeypatch.setattr(pool, "mapped", None)
    assert rewritings(POSTS, odd, 2) == rewritings(POSTS, SITE, 1)


@pytest.fixture
def made(monkeypatch):
    """Return what is done with which post."""
    done = []

    def note(name, path_of):
        work = getattr(many, name)

        def noted(*given):
            done.append((name, path_of(given[-1])))
            return work(*given)

        monkeypatch.setattr(many, name, noted)

    note("_rewriting", lambda post: post.path)
    note("_verified_rewriting", lambda post: post.path)
    note("_faults", lambda result: result[0].path)
    return done


def test_a_post_is_normalized_and_verified_once(new_site, made):
    config = load(new_site({"a.en.md": ""}))
    config = replace(config, options=replace(config.options, jobs=1))
    remembered = of_site(config.root)
    first, other = (replace(post, body=post.body + "more\n") for post in POSTS[:2])
    plain = many.normalized(config, [first], remembered)
    assert made == [("_rewriting", first.path)]
    assert many.normalized(config, [first, other], remembered, verified=True) == (
        [*plain[0], normalize(other, dialect_of(config))],
        [],
        [],
    )
    assert made[1:] == [("_verified_rewriting", other.path), ("_faults", first.path)]
    many.normalized(config, [other, first], remembered, verified=True)
    many.normalized(config, [other, first], remembered)
    assert len(made) == 3


def test_what_is_verified_later_is_told_then(new_site, monkeypatch):
    config = load(new_site({"a.en.md": ""}))
    remembered = of_site(config.root)
    fault = Problem(path=POSTS[0].path, line=1, code="normalize-again", message="It changes again.")
    monkeypatch.setattr("hexapla.normalize.normalize.verify", lambda *_: (fault,))
    assert many.normalized(config, POSTS[:1], remembered)[1] == []
    for _ in range(2):
        assert many.normalized(config, POSTS[:1], remembered, verified=True)[1] == [fault]
