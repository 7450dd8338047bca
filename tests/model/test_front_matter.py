"""Front matter: its bounds, and what a page carries of it."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.front_matter import (
    DEEPEST,
    LONGEST,
    FrontMatter,
    read_front_matter,
)
from hexapla.model.keys import left_out, on_pages
from hexapla.model.problem import Problem


def matter(yaml: str) -> FrontMatter | Problem:
    return read_front_matter("posts/a.en.md", f"---\n{yaml}\n---\n\nText.\n")


@pytest.mark.parametrize(
    ("yaml", "values"),
    [
        ("", {}),
        ("title: A", {"title": "A"}),
        ("tags: [a, b]\nimage: {path: a.png}", {"tags": ["a", "b"], "image": {"path": "a.png"}}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("title: '*em* & [x]'", {"title": "*em* & [x]"}),
        ("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1), None),
        ("a: " + ("x" * 1000), {"a": "x" * 1000}),
    ],
)
def test_what_people_write_is_within_bounds(yaml, values):
    head = matter(yaml)
    assert isinstance(head, FrontMatter) and head.body == "\nText.\n"
    assert values is None or head.values == values


BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    ("yaml", "why"),
    [
        ("a: " + "[" * 900 + "]" * 900, "deep"),
        ("a: " + "{a: " * 900 + "1" + "}" * 900, "deep"),
        ("a:\n  " + "- " * 900 + "x", "deep"),
        ("a:\n  " + "? " * 900 + "x", "deep"),
        ("\n".join(" " * n + "a:" for n in range(60)), "deep"),
        ("a: " + "[" * DEEPEST + "]" * DEEPEST, "deep"),
        (BOMB, "repeats values"),
        ("a: " + "x" * LONGEST, "longer than"),
        ("a: [" + "[" * 3000, "deep"),
        ("a: *a", "not YAML"),
        ("a: !!python/object:os.system x", "not YAML"),
        ("? [a]\n: b", "not YAML"),
        ("a: " + "9" * 5000, "not YAML"),
        ("a: 2025-99-99", "not YAML"),
        ("- a", "not a mapping"),
    ],
)
def test_what_is_too_much_is_a_problem_at_once(yaml, why):
    started = time.process_time()
    head = matter(yaml)
    assert isinstance(head, Problem) and why in head.message and head.code == "front-matter"
    assert time.process_time() - started < 1


@given(st.text(alphabet=st.sampled_from("a:[]{}&*?-!|>\n \t'\"#1,"), max_size=60))
def test_any_text_is_read_or_refused(yaml):
    head = matter(yaml)
    if isinstance(head, FrontMatter):
        assert set(on_pages(head.values)).isdisjoint(left_out(head.values))


def test_hugo_s_toml_is_read_with_the_lines_of_its_keys():
    text = '+++\ntitle = "A: b"\ntags = ["x", "y"]\ndate = 2025-01-02\n[params]\nmath = true\n+++\n\nBody\n'
    read = read_front_matter("posts/x.md", text)
    assert isinstance(read, FrontMatter)
    assert (read.body, read.body_line) == ("\nBody\n", 8)
    assert read.values == {
        "title": "A: b",
        "tags": ["x", "y"],
        "date": date(2025, 1, 2),
        "params": {"math": True},
    }
    assert read.key_lines == {"title": 2, "tags": 3, "date": 4, "params": 5}


@pytest.mark.parametrize(
    ("text", "line"),
    [("+++\ntitle = \n+++\n", 2), (f"+++\nx = '{'x' * 70_000}'\n+++\n", 1), ("+++\na = 1\na = 2\n+++\n", 3)],
)
def test_toml_that_cannot_be_read_is_told_with_its_line(text, line):
    problem = read_front_matter("posts/x.md", text)
    assert isinstance(problem, Problem) and problem.code == "front-matter" and abs(problem.line - line) <= 1


def test_plus_signs_that_nothing_closes_are_text():
    read = read_front_matter("posts/x.md", "+++\nA line.\n")
    assert isinstance(read, FrontMatter) and read.body.startswith("+++")


WRAPPED = ["---\ntitle: A\n---\n", "+++\ntitle = 'A'\n+++\n"]


@pytest.mark.parametrize("head", WRAPPED)
def test_front_matter_in_a_fence_around_the_post(head):
    read = read_front_matter("posts/a.md", f"```markdown\n{head}\nText.\n```\n")
    assert isinstance(read, FrontMatter)
    assert read.values == {"title": "A"}
    assert read.key_lines == {"title": 3}
    assert read.body == "```markdown\n\nText.\n```\n"
    assert read.body_line == 4


def test_a_fault_of_front_matter_in_a_fence_has_its_line():
    read = read_front_matter("posts/a.md", "```markdown\n---\ntitle: [a\n---\n\nText.\n```\n")
    assert isinstance(read, Problem)
    assert 3 <= read.line <= 4


def test_a_post_may_be_wrapped_below_what_is_said_of_it():
    text = "Here is the translation:\n\n```mdx\n---\ntitle: A\n---\n\nText.\n```\n"
    read = read_front_matter("posts/a.md", text)
    assert isinstance(read, FrontMatter)
    assert read.values == {"title": "A"}
    assert read.key_lines == {"title": 5}
    assert read.body == "Here is the translation:\n\n```mdx\n\nText.\n```\n"


def test_a_fence_that_holds_no_front_matter_is_none():
    read = read_front_matter("posts/a.md", "```markdown\n# A\n---\n```\n")
    assert isinstance(read, FrontMatter)
    assert read.values == {}
    assert read.body_line == 1


@pytest.mark.parametrize(
    "toml",
    [
        "a = " + "9" * 5000,
        "a = " + "[" * 5000,
        "a = " + "[" * 20 + "]" * 20,
        "a." * 20 + "b = 1",
        "[a" + ".a" * 3000 + "]",
    ],
    ids=["a long number", "brackets", "lists in lists", "a long name", "a longer one"],
)
def test_toml_beyond_bounds_is_told(toml):
    assert read_front_matter("a.md", f"+++\n{toml}\n+++\n").code == "front-matter"
