"""The prefilter: the page is the same as Python-Markdown's own."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.prefilter import prefilter, spare_contents
from hexapla.normalize.target.structure import skeleton

SPECIFICATION = json.loads(
    Path(__file__).parent.with_name("data").joinpath("commonmark.json").read_text("utf-8")
)
DIALECT = Dialect(extensions=(*Dialect().extensions, "pymdownx.tabbed", "pymdownx.blocks.details"))
CONFIGS = {**DIALECT.configs, "toc": {}}


def rendered(markdown: Markdown, text: str) -> str:
    markdown.reset()
    return markdown.convert(text)


def site(*more: Extension, **configs: dict[str, object]) -> Markdown:
    return Markdown(extensions=[*DIALECT.extensions, *more], extension_configs={**CONFIGS, **configs})


UNFILTERED = site()
FILTERED = site()
prefilter(FILTERED)
SPARED = site()
spare_contents(SPARED)


def shown(text: str) -> tuple[object, object]:
    """Return what the library shows, and what it shows filtered: the page, and the structure of one without contents."""
    without = rendered(UNFILTERED, text)
    spared = skeleton(rendered(SPARED, text))
    return (without, skeleton(without)), (rendered(FILTERED, text), spared)


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
    without, filtered = shown(text)
    assert filtered == without


@pytest.mark.parametrize("number", range(0, len(SPECIFICATION), 50))
def test_the_specification_is_rendered_the_same(number):
    for case in SPECIFICATION[number : number + 50]:
        without, filtered = shown(case["markdown"])
        assert filtered == without, case["number"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \n*_~`[]()<>!#$&|=-/?:.@w\\^", max_size=60))
@example("a\n\n    b")
def test_any_text_is_rendered_the_same(text):
    try:
        without = rendered(UNFILTERED, text)
    except Exception:  # Python-Markdown stumbles on some texts, filtered or not.
        return
    assert rendered(FILTERED, text) == without


def test_what_a_text_has_no_sign_of_is_left_out():
    rendered(FILTERED, "plain\n\ntext")
    assert not FILTERED.treeprocessors["inline"].inlinePatterns
    rendered(FILTERED, "a *b*")
    assert len(FILTERED.treeprocessors["inline"].inlinePatterns) == 1


class Shouting(Extension):
    """An extension that puts a pattern of its own under a name of the library's."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(Shout("()([A-Z]{3,})", "em"), "delimiter", 60)


class Shout(SimpleTagInlineProcessor):
    """Emphasizes what is in capital letters."""


def test_a_pattern_of_the_users_own_under_a_known_name_always_runs():
    filtered = site(Shouting())
    prefilter(filtered)
    assert rendered(filtered, "say LOUD words") == "<p>say <em>LOUD</em> words</p>"


def test_headings_still_change_their_levels_where_the_site_says_so():
    filtered = site(toc={"baselevel": 2})
    spare_contents(filtered)
    assert skeleton(rendered(filtered, "# A")) == (("h2", (), ("p", (), "A")),)


def test_a_site_without_these_extensions_is_rendered():
    filtered = Markdown()
    prefilter(filtered)
    assert rendered(filtered, "# A *b*") == "<h1>A <em>b</em></h1>"
