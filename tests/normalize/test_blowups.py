"""Blocks for which Python-Markdown would take for ever: which they are, and what becomes of them."""

import time

import pytest

from hexapla.model.post import Post
from hexapla.normalize.blowups import costly, crowded
from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import Dialect

SITE = Dialect()
CHEAP = {
    "links": "[a](b) and [c][d] " * 500,
    "brackets that nothing closes": "see [a and [b and more\n\n" * 500,
    "tags": "a <b>c</b> <br> " * 500,
    "a tag that nothing closes": "x <a y\n\n" + "word " * 5_000,
    "a fence": "```html\n" + "<a [[ ](" * 5_000 + "\n```\n",
    "code": "`a` ``b`` " * 500,
}
COSTLY = {
    "brackets": "[" * 3_000,
    "in a list": "- a\n- " + "[" * 3_000 + "\n",
    "links without an end": "[a](" * 1_000,
    "tags": "<a " * 3_000,
    "thousands of marks in a paragraph": "`a` and *b* " * 3_000,
    "a run of backticks": "a " + "`" * 1_000,
}


@pytest.mark.parametrize("text", CHEAP.values(), ids=CHEAP)
def test_what_is_written_is_not_costly(text):
    assert not list(costly(read_as_github(text)))


@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY)
def test_what_is_costly_is_found_in_its_place(text):
    assert list(costly(read_as_github(f"one\n\n{text}\n\n```\n{text}\n```\n"))) == [1]


def test_blocks_without_a_blank_line_between():
    assert list(crowded(read_as_github("a\n\n" + "# a\n" * 201 + "\nb\n"))) == list(range(1, 202))
    assert not list(crowded(read_as_github("# a\n\n" * 201)))
    assert not list(crowded(read_as_github("a\n" * 500)))


TEXTS = [
    *(
        "[",
        "![",
        "[a](",
        "[](",
        "[a][",
        "[^1",
        "<a ",
        "# a\n",
        "a\n=\n",
        "```",
        "- [\n",
        "<a \n\n",
        "[a]: b\n",
    ),
    *(
        "> [!NOTE]\n> a\n\n",
        "text\n| a |\n|---|\n| 1 |\n\n",
        "Steps:\n- a\n- b\n\n",
        "a[^1]\n\n[^1]: b\n\n",
        "$$a ",
    ),
]


@pytest.mark.cost
@pytest.mark.parametrize("unit", TEXTS)
def test_thrice_the_text_costs_thrice_as_much(unit):
    def spent(size: int) -> float:
        body = unit * (size // len(unit))
        post = Post(
            path="posts/a.md", slug="a", language="en", title="T", body=body,
            lines=range(1, body.count("\n") + 2), front_matter={"title": "T"},
        )  # fmt: skip
        started = time.process_time()
        normalized = normalize(post, SITE)
        took = time.process_time() - started
        assert verify(post, normalized, SITE) == ()
        return took

    spent(500)
    assert spent(9_000) < 5 * spent(3_000) + 0.3
