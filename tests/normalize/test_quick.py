"""Quick rendering: the page is the same as Python-Markdown's own."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from hexapla.normalize.quick import Quick
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.structure import skeleton

SPECIFICATION = json.loads(Path(__file__).with_name("data").joinpath("commonmark.json").read_text("utf-8"))
DIALECT = Dialect(extensions=(*Dialect().extensions, "pymdownx.tabbed", "pymdownx.blocks.details"))
CONFIGS = {**DIALECT.configs, "toc": {}}


def rendered(markdown: Markdown, text: str) -> str:
    markdown.reset()
    return markdown.convert(text)


OWN = Markdown(extensions=list(DIALECT.extensions), extension_configs=CONFIGS)
MADE_QUICK = Markdown(extensions=list(DIALECT.extensions), extension_configs=CONFIGS)
QUICK = Quick(MADE_QUICK)


def shown(text: str) -> tuple[object, object]:
    """Return what the library shows, and what it shows when it is quick."""
    QUICK.expect(text)
    return skeleton(rendered(OWN, text)), skeleton(rendered(MADE_QUICK, text))


SIGNS = {
    "an admonition": '!!! note "T"\n    text\n\n    more\n',
    "HTML that is an admonition": '<div class="admonition" markdown="1">\na\n</div>\n\n    b\n',
    "details": '??? note "T"\n    text\n',
    "HTML details": "<details markdown='1'>\n<summary>S</summary>\n\na\n\n</details>\n\n    b\n",
    "tabs": '=== "A"\n    a\n\n=== "B"\n    b\n',
    "blocks": "/// details | T\na\n///\n",
    "a list of contents": "# A\n\n[TOC]\n\n## B\n",
    "no list of contents": "# A `b`\n\n## A\n",
    "formulas": "$x$ and\n\n$$\ny\n$$\n\n\\begin{a}z\\end{a}\n",
    "links": "WWW.example.com Http://example.com <HTTPS://example.com> a@b.co\n",
    "marks": "**a** _b_ ~~c~~ `d` &amp; \\* ![e](f) [g](h) <i>j</i>  \nk[^1]\n\n[^1]: l\n",
    "headings": "A\n=\n\nB\n-\n\n# C\n",
    "a quote and a table": "> a\n\n| b |\n| - |\n| c |\n",
    "fences": "~~~\na\n~~~\n\n```\nb\n```\n",
}


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_each_sign_is_seen(text):
    own, quick = shown(text)
    assert quick == own


@pytest.mark.parametrize("number", range(0, len(SPECIFICATION), 50))
def test_the_specification_is_rendered_the_same(number):
    for case in SPECIFICATION[number : number + 50]:
        own, quick = shown(case["markdown"])
        assert quick == own, case["number"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \n*_~`[]()<>!#$&|=-/?:.@w\\^", max_size=60))
@example("a\n\n    b")
def test_any_text_is_rendered_the_same(text):
    try:
        own = rendered(OWN, text)
    except Exception:  # Python-Markdown stumbles on some texts, quick or not.
        return
    QUICK.expect(text)
    assert skeleton(rendered(MADE_QUICK, text)) == skeleton(own)


def test_the_library_still_has_the_methods_that_are_replaced():
    assert hasattr(InlineProcessor, "_InlineProcessor__handleInline")
    assert hasattr(InlineProcessor, "_InlineProcessor__applyPattern")


def test_what_a_text_has_no_sign_of_is_left_out():
    QUICK.expect("plain")
    assert len(list(MADE_QUICK.parser.blockprocessors)) < len(MADE_QUICK.parser.blockprocessors)
    assert "toc" in MADE_QUICK.treeprocessors
