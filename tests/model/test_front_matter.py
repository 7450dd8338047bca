"""Front matter: its bounds, and what a page carries of it."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.front_matter import (
    DEEPEST,
    LONGEST,
    OLD_ADDRESSES,
    FrontMatter,
    left_out,
    on_pages,
    read_front_matter,
    texts_in,
)
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
        ("a: " + "[" * 3000 + "]" * 3000, "deep"),
        ("a: " + "{a: " * 3000 + "1" + "}" * 3000, "deep"),
        ("a:\n  " + "- " * 3000 + "x", "deep"),
        ("a:\n  " + "? " * 3000 + "x", "deep"),
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


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({}, {}),
        ({"title": "A", "subtitle": 5, "description": date(2026, 1, 2)}, {"title": "A", "subtitle": "5", "description": "2026-01-02"}),
        ({"date": date(2026, 1, 2), "updated": "2026-01-02 10:00:00 +0100"}, {"date": date(2026, 1, 2), "updated": "2026-01-02 10:00:00 +0100"}),
        ({"tags": ["a", 1, None, ["b"]]}, {"tags": ["a", "1"]}),
        ({"tags": "a, b"}, {"tags": "a, b"}),
        ({"image": {"path": "a.png", "alt": "x"}}, {"image": "a.png"}),
        ({"hide": ["toc", "navigation"]}, {"hide": ["toc", "navigation"]}),
        ({"search": {"boost": 2, "exclude": True}}, {"search": {"boost": 2, "exclude": True}}),
        ({"icon": "material/star", "status": "new", "comments": False}, {"icon": "material/star", "status": "new", "comments": False}),
    ],
)  # fmt: skip
def test_a_page_carries_known_keys(values, kept):
    assert on_pages(values) == kept and not left_out(values)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("template", "../x.html"),
        ("hexapla_original", '"><script>'),
        ("render_macros", True),
        ("og_image", "x"),
        ("__class__", "x"),
        ("title", ["a"]),
        ("author", {"name": "x"}),
        ("date", '2026-01-02"><script>'),
        ("date", 5),
        ("revision_date", "<b>"),
        ("tags", 5),
        ("image", {"alt": "x"}),
        ("image", ["a"]),
        ("icon", "../../x"),
        ("icon", "a b"),
        ("status", '"x'),
        ("status", ["new"]),
        ("hide", 5),
        ("hide", ["<b>"]),
        ("hide", []),
        ("search", 7),
        ("search", {"boost": "x"}),
        ("search", {"boost": -1}),
        ("search", {"boost": True}),
        ("search", {"exclude": True, "else": 1}),
        ("comments", "yes"),
    ],
)
def test_a_page_carries_nothing_else_and_it_is_named(key, value):
    assert on_pages({key: value}) == {} and left_out({key: value}) == (key,)


@pytest.mark.parametrize("key", ["layout", "slug", "execute", "strings", "source", "permalink", "lang"])
def test_what_others_read_is_left_out_and_not_told_of(key):
    assert on_pages({key: "x"}) == {} and left_out({key: "x"}) == ()


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


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ("/a/", ["/a/"]),
        (["/a.html", "b"], ["/a.html", "b"]),
        ("https://other.example/a/", None),
        ("//other.example/a/", None),
        (["/a/", 1], None),
        ([""], None),
    ],
)
def test_pages_carry_the_addresses_that_they_had(given, carried):
    assert [on_pages({key: given}).get(key) for key in OLD_ADDRESSES] == [carried, carried]


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("/a/", ("/a/",)),
        (["/a/", "b"], ("/a/", "b")),
        (["/a/", 1, ""], ("/a/",)),
        (None, ()),
        ({"a": "b"}, ()),
    ],
)
def test_a_key_has_a_text_or_several(given, texts):
    assert texts_in(given) == texts


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
