"""What a value shows of itself, wherever it stands on a page."""

from html import escape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from hexapla.model.output import Markup, MarkupKind
from hexapla.publish.content import parse_fragment
from hexapla.render.values import clean_html, value_html

ALL = ("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "smarty", "tables", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde")  # fmt: skip
OPTIONS = {"pymdownx.arithmatex": {"generic": True}}

CONTAINERS = {"alone": "", "in a list": "    ", "in a quote": "> ", "in a note": "    "}
BEFORE = {"alone": "", "in a list": "-   a\n\n", "in a quote": "> a\n>\n", "in a note": "!!! note\n\n"}
HTML = (
    "<table><tr><th>*a* _b_ `c`</th><td>1. &lt;script&gt; [x](y) {{ z }} $x$</td></tr></table>\n\n"
    "<pre>a\n\n    b\n</pre><p>- x\n# y :smile: @z #1 https://example.org ==m== H~2~O</p><script>bad()</script>"
)


@pytest.fixture(scope="module")
def everything():
    return markdown.Markdown(extensions=list(ALL), extension_configs=OPTIONS)


def content(html: str):
    return parse_fragment(html)[1]


def value(kind: MarkupKind, source: str, title: str = "Value") -> str:
    return value_html(Markup(kind=kind, source=source), title)


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_extension_finds_a_mark_in_it(everything, name):
    line = value(MarkupKind.HTML, HTML)
    assert line.count("\n") == 1
    page = content(everything.reset().convert(f"{BEFORE[name]}{CONTAINERS[name]}{line}\nafter\n"))
    (shown,) = page.css("div.hexapla-value > div")
    assert shown.css_first("th").text() == "*a* _b_ `c`"
    assert shown.css_first("td").text() == "1. <script> [x](y) {{ z }} $x$"
    assert shown.css_first("pre").text() == "a\n\n    b\n"
    assert "- x # y :smile: @z #1 https://example.org ==m== H~2~O" in shown.text()
    assert page.css("script, em, mark, sub, a, h1, li li") == []
    assert "after" in page.text() and "after" not in shown.text()


@given(st.text(alphabet="ab1 <>&\"'*_`{}[]()#|:/.~=-\n\tअ中\x00\u2028"))
def test_any_words_stay_those_words(everything, words):
    page = content(
        everything.reset().convert(
            value(MarkupKind.HTML, f"<table><tr><td>{escape(words)}</td></tr></table>")
        )
    )
    assert page.css_first("td").text().split() == words.replace("\0", "\ufffd").split() or "\0" in words


def test_markdown_becomes_html_that_can_do_nothing():
    html = clean_html(
        Markup(kind=MarkupKind.MARKDOWN, source="**b** <img src=x onerror=y>\n\n| a |\n|---|\n| `c` |\n")
    )
    assert "<strong>b</strong>" in html and "<td><code>c</code></td>" in html and "<img" not in html


@pytest.mark.parametrize("source", ["$x_1$", "$$\nx_1\n$$", r"\[x_1\]", r"\(x_1\)", "x_1"])
def test_a_formula_is_written_as_those_of_posts_are(source):
    html = LexborHTMLParser(value(MarkupKind.LATEX, source, ""))
    (formula,) = html.css("div.arithmatex")
    assert formula.text() == r"\[x_1\]" and formula.attributes == {"class": "arithmatex"}
    assert html.css("span.filename") == []
