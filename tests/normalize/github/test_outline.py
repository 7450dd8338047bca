"""Outline: fences, headings and code, in whatever they stand."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.normalize.github.outline import outline
from hexapla.normalize.github.parser import block_tokens, read_as_github
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer

FENCES = {
    "at the top": ("text\n\n```py\nx\n```\n", [("py", "x\n", "", True)]),
    "on an item's line": ("1. ```py\n   # x\n   ```\n", [("py", "# x\n", "   ", True)]),
    "two on items' lines": (
        "1. ```py\n   x\n   ```\n2. ```sh\n   y\n   ```\n",
        [("py", "x\n", "   ", True), ("sh", "y\n", "   ", True)],
    ),
    "in a quote": ("> ~~~py\n> x\n> ~~~\n", [("py", "x\n", "> ", True)]),
    "in an admonition": ("!!! note\n    ```py\n    x\n    ```\n", [("py", "x\n", "    ", True)]),
    "in a tab": ('=== "A"\n\n    ```py\n    x\n    ```\n', [("py", "x\n", "    ", True)]),
    "open at the end": ("```py\nx\n", [("py", "x\n", "", False)]),
    "open at the end of its item": ("- ```py\n  x\n\ntext\n", [("py", "x\n\n", "  ", False)]),
    "whose last line is no end": ("````py\nx\n```\n", [("py", "x\n```\n", "", False)]),
    "in indented code": ("text\n\n    ```py\n    x\n    ```\n", []),
    "in a comment": ("<!--\n```py\nx\n```\n-->\n", []),
}


@pytest.mark.parametrize(("text", "fences"), FENCES.values(), ids=FENCES)
def test_fences(text, fences):
    read = outline(text).fences
    assert [(fence.info, fence.code, fence.prefix, fence.is_closed) for fence in read] == fences
    for fence in read:
        assert text[fence.start :].split("\n", 1)[0].endswith(f"{fence.mark}{fence.info}")
        assert text[: fence.body].endswith(f"{fence.mark}{fence.info}\n")


HEADINGS = {
    "of both kinds": (
        "# A\n\nB\nc\n---\n\ntext\n",
        [(1, "A", False, "# A"), (2, "B\nc", False, "B\nc\n---")],
    ),
    "in an item": ("- a\n\n  ## B\n", [(2, "B", True, "## B")]),
    "on an item's line": ("1. ## B ##\n", [(2, "B", True, "## B ##")]),
    "in a quote": ("> # B\n", [(1, "B", True, "# B")]),
    "in an admonition": ("!!! note\n    # B\n", [(1, "B", True, "# B")]),
    "in code": ("```sh\n# a\n```\n\n    # b\n\n<pre>\n# c\n</pre>\n\n`\n# d`\n", [(1, "d`", False, "# d`")]),
}


@pytest.mark.parametrize(("text", "headings"), HEADINGS.values(), ids=HEADINGS)
def test_headings(text, headings):
    read = outline(text).headings
    assert [(at.level, at.text, at.is_nested, text[at.start : at.end]) for at in read] == headings


CODE = {
    "fences and between backticks": "a `X` b `` X` ``\n\n```\nX\n```\nb\n",
    "indented": "a\n\n    X\n\n    X\n\nb\n",
    "in a list": "- a\n\n      X\n\n  b\n",
    "HTML": "<pre>\nX\n\nX\n</pre>\n\n<!-- X\n\nX -->\n\na <!-- X --> b\n",
}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_what_is_code(text):
    code = outline(text).code
    assert all(code.meet(match.start(), match.start()) for match in re.finditer("X", text))
    assert not any(code.meet(match.start(), match.start()) for match in re.finditer("[ab]", text))


def test_backticks_of_two_blocks_are_no_code():
    assert not outline("- a ` b\n- X ` c\n").code.meet(8, 9)


LINES = st.lists(
    st.sampled_from(
        ["- a", "  b", "    c", "```", "> d", "# e", "f", "---", "", "!!! note", "<div>", "1. ~~~"]
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(LINES.map("\n".join))
def test_every_fence_and_heading_is_there_in_order(text):
    read = outline(text)
    tokens = block_tokens(text)
    assert len(read.fences) == sum(token.type == "fence" for token in tokens)
    assert len(read.headings) == sum(token.type == "heading_open" for token in tokens)
    assert [fence.start for fence in read.fences] == sorted(fence.start for fence in read.fences)
    assert all(fence.start < fence.body <= fence.end <= len(text) for fence in read.fences)


@pytest.mark.parametrize(
    "text",
    ["# A\n\n*a* [b][c]\n\n[c]: d\n\n> [!NOTE]\n> e[^1]\n\n[^1]: f\n", '=== "A"\n    *b*\n\n<script>\n'],
)
@pytest.mark.parametrize("extensions", [Dialect().extensions, (*Dialect().extensions, "pymdownx.tabbed")])
def test_what_was_read_for_the_outline_is_not_read_otherwise_for_the_rest(text, extensions):
    site = renderer(Dialect(extensions=extensions))
    outline.__wrapped__("another text")
    alone = read_as_github.__wrapped__(text, site)
    outline.__wrapped__(text)
    assert read_as_github.__wrapped__(text, site) == alone
