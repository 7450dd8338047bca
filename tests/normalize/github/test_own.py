"""Python-Markdown's own blocks in a text that is GitHub's otherwise."""

import pytest

from hexapla.normalize.github.parser import block_tokens, read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import NEEDED, Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

TABS = Dialect(
    extensions=(*NEEDED, "pymdownx.tabbed"),
    configs={**NEEDED, "pymdownx.tabbed": {"alternate_style": True}},
)
OWN = {
    "an admonition": "!!! note\n    a\n\n    - b\n      c\n",
    "with a title": '!!! warning inline end "T *x*"\n    a\n',
    "of a title alone": '!!! hint "T *x*"\n',
    "of a title alone, below another": '!!! note\n    a\n\n!!! hint "T"\n',
    "a fold": '???+ tip "T"\n    a\n',
    "a fold with a title only": '??? "T"\n    a\n',
    "tabs": '=== "A"\n\n    a\n\n=== "B"\n\n    b\n',
    "one inside the other": '!!! note\n    a\n\n    === "A"\n        b\n\n    === "B"\n        c\n',
    "right after text": "text\n!!! note\n    a\n",
}


@pytest.mark.parametrize("body", OWN.values(), ids=OWN)
def test_they_are_read_as_the_site_reads_them(body):
    site = renderer(TABS)
    reference = read_as_github(body, site)
    assert reference.chunks[-1].kind == "own_open"
    assert reference.chunks[-1].end == body.count("\n")
    assert reference.units == skeleton(site.html(body))


def test_in_a_list_too():
    body = "- a\n\n    !!! note\n        b\n"
    assert read_as_github(body, renderer(TABS)).units == skeleton(renderer(TABS).html(body))


NONE = {
    "nothing below": "!!! note\n\ntext\n",
    "a title without words": '!!! "T"\n\ntext\n',
    "not four columns in": "!!! note\n  a\n",
    "an exclamation": "!!! Wow, this is it!\n    a\n",
    "no words": "!!!\n    a\n",
    "in code": "```\n!!! note\n    a\n```\n",
    "an underline": "a\n===\n\n    b\n",
    "a tab without quotes": "=== A\n\n    b\n",
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_what_is_none_of_them(body):
    assert "own_open" not in [token.type for chunk in read_as_github(body).chunks for token in chunk.tokens]


def test_what_the_site_does_not_read_is_none():
    body = '=== "A"\n\n    a\n'
    assert [chunk.kind for chunk in read_as_github(body, renderer(Dialect())).chunks] == [
        "paragraph_open",
        "code_block",
    ]


ATTRIBUTES = {
    "of a link": ("[a](b){ .button #x }\n- c\n", "[a](b){ .button #x }\n\n- c\n"),
    "with values": ('**U**{ title="A b" width=3 }: it is $5 and $6\n- c\n', '**U**{ title="A b" width=3 }: it is $5 and $6\n\n- c\n'),
    "of a paragraph": ("text\n{ .annotate }\n- c\n", "text\n{ .annotate }\n\n- c\n"),
    "with a colon": ("![a](b){: .c width=3 }\n", "![a](b){: .c width=3 }\n"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "page"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes_are_not_seen(body, page):
    lines = climb(body, renderer(TABS)).lines
    assert "\n".join(line for line, _ in lines) == page
    shown = str(read_as_github(body).units)
    assert "{" not in shown
    assert read_as_github(body).units == skeleton(renderer(TABS).html(page))


@pytest.mark.parametrize(
    "body", ["`a`{.b}\n", "f(x){ y }\n", "a { .b }\n", "f(a){ x: 1 }\n", "`{ .a }`\n", "{ .a }\n"]
)
def test_braces_are_text(body):
    assert "{" in str(read_as_github(body).units)


MARKDOWN = {
    "a paragraph": ('<div markdown="1">\n*a*\n</div>\n', ("p", ("em",), "a")),
    "of Python-Markdown": ("<div class='x' markdown>\n*a*\n</div>\n", ("p", ("em",), "a")),
    "with blank lines": ('<section markdown="block">\n\n*a*\n\n</section>\n', ("p", ("em",), "a")),
    "one in the other": (
        '<div markdown="1">\n<div markdown="1">\n*a*\n</div>\n</div>\n',
        ("p", ("em",), "a"),
    ),
    "of no Markdown": ('<div markdown="0">\n*a*\n</div>\n', ("p", (), "*a*")),
    "unclosed": ('<div markdown="1">\n*a*\n', ("p", (), "*a*")),
    "around code that closes it": (
        '<div markdown="1">\n```html\n</div>\n```\n*a*\n</div>\n',
        ("code", "html", "</div>"),
    ),
    "around code that opens it": (
        '<div markdown="1">\n~~~~html\n<div>\n~~~\n~~~~ \n</div>\n',
        ("code", "html", "<div>\n~~~"),
    ),
    "around a fence that nothing closes": ('<div markdown="1">\n```py\n</div>\n*a*\n', ("code", "py", "")),
    "around backticks that are no fence": (
        '<div markdown="1">\n``` a ```\n\n</div>\n*a*\n```\n',
        ("p", ("code",), "a"),
    ),
    "closed after an item that leaves a fence open": (
        '- <div markdown="1">\n  ```py\n  </div>\n\n</div>\n```\n',
        ("ul", (), ("li", (), ("code", "py", ""))),
    ),
}


@pytest.mark.parametrize(("body", "unit"), MARKDOWN.values(), ids=MARKDOWN)
def test_html_that_says_that_markdown_is_in_it(body, unit):
    assert read_as_github(body).units[0] == unit


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('<div markdown="1">\n\n<div markdown="1">\n*a*\n</div>\n', ["html_block", "html_block", "paragraph_open", "html_block"]),
        ('<div markdown="1">\n*a*\n</div>\n\n</div>\n', ["html_block", "paragraph_open", "html_block", "html_block"]),
        ('<div markdown="1">\n<p markdown="1">\n*a*\n</p></div>\n', ["html_block"]),
    ],
    ids=["the outer one is not closed", "one end too many", "two ends on a line"],
)  # fmt: skip
def test_what_closes_tags_in_one_another(text, kinds):
    tokens = block_tokens(text)
    assert [token.type for token in tokens if token.nesting >= 0 and token.type != "inline"] == kinds
