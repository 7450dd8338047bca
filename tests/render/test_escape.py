"""Text as Markdown and as HTML that shows just that text, whatever extensions a site has."""

import re
from html import unescape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.render.escape import code_span, escape, inline, link, markup, quoted, visible, without_templates

ALL = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "nl2br", "sane_lists", "smarty", "tables",
    "toc", "wikilinks", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption", "pymdownx.blocks.definition", "pymdownx.blocks.details", "pymdownx.blocks.html",
    "pymdownx.blocks.tab", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.escapeall", "pymdownx.fancylists", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys",
    "pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar", "pymdownx.quotes", "pymdownx.saneheaders",
    "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.tilde",
)  # fmt: skip
OPTIONS = {
    "pymdownx.magiclink": {
        "repo_url_shorthand": True,
        "social_url_shorthand": True,
        "user": "a",
        "repo": "b",
    },
    "pymdownx.snippets": {"check_paths": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.blocks.tab": {"alternate_style": True},
}
TITLES = (
    "==b== x++i++y (c) --> 2^10^", "H~2~O ~~gone~~ ^^new^^", "{++in++} {--out--} {==seen==} {>>why<<} {~~a~>b~~}",
    "(c) (r) (tm) (p) 1/2 1st 2nd 3rd 4th +/- =/= c/o <-- <--> -->", "++ctrl+alt+del++", ":smile: :+1: a:b:c",
    "'single' \"double\" -- --- ... << >>", "HTML and CSS", "https://example.org www.example.org a@b.org @user #1 a/b#2",
    '--8<-- "pyproject.toml"', ';--8<-- "pyproject.toml"', "{{ config }} {% raw %} {# x #}", "[[wiki]] [a](b) ![c](d) [^1] [TOC]",
    "<b>bold</b> <script>1</script> &amp; &lt; &#60;", "`code` *em* **strong** __init__ $x^2$ \\(y\\) \\[z\\]",
    "1. one", "1) one", "a. one", "iv) four", "- item", "+ item", "* item", "# head", "> quote", "    code", "!!! note",
    "??? fold", "=== tab", ": definition", "/// tab | x", "| a | b |", "[=50% half]", "[ ] task", "~~~", "```", "----",
    "a {: .b onclick=x } {.c}", "Key: value", "*[HTML]: x", "\\* \\` \\", "a\\", "100% (f(x)) e.g. well-known, yes; no? ja!",
    "ends with ]", "[", "](x)", "a|b", "तंत्रिका: जाल।", "张量：（一）。", "Qu’est-ce que\u202fc’est\u00a0?",
)  # fmt: skip


def shown(html: str) -> str:
    assert "<script" not in html
    return unescape(re.sub(r"<(?:(?!>).)*>", "", html)).strip()


@pytest.fixture(scope="module")
def everything():
    """Return a renderer with every extension on."""
    return markdown.Markdown(extensions=list(ALL), extension_configs=OPTIONS)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_reads_the_same_wherever_it_stands(everything, title):
    for before, after in (
        ("[", "](a.md)"), ("# ", ""), ("", ""), ("- ", ""), ("-   [x](x.md)\n\n    ", ""), ("[", "](a.md){ lang=de }"),
        ('<p markdown="span">', "</p>"), ('<h1 markdown="span">', "</h1>"), ('!!! note "', '"'), ("> ", ""),
    ):  # fmt: skip
        html = everything.reset().convert(f"{before}{escape(title)}{after}\n")
        assert shown(html).removeprefix("x").strip() == " ".join(title.split(" ")).strip(), (before, html)


@pytest.mark.parametrize(
    "same",
    ["A title", "Well-known: f(x), e.g. 3.14; 50 %", "Schritt 1: los!", "张量：（一）", "c’est\u00a0?", ""],
)
def test_plain_words_are_written_as_they_are(same):
    assert escape(same) == same


def test_the_alternative_text_of_a_picture_is_that_text(everything):
    for title in TITLES:
        html = everything.reset().convert(f"![{escape(title)}](a.svg){{ width=3 }}\n")
        alt = re.search(r'alt="([^"]*)"', html)
        assert (
            alt
            and unescape(alt[1]).strip() == " ".join(title.split(" ")).strip()
            and "onclick" not in html.replace(alt[0], "")
        )


SIGNS = st.text(
    alphabet=st.sampled_from(
        "abc 1.)(*_`~$#+->|!\\[]{}<&:;\"'^=@/8%?अ中\n\r\x00\x02\x03\x0b\x0c\x1c\x85\u2028\u2029\u202e"
    ),
    max_size=16,
)


@given(SIGNS)
def test_any_text_is_shown_on_one_line(everything, text):
    line = unescape(markup(text))
    assert len(line.splitlines()) <= 1 and line == line.strip()
    html = everything.reset().convert(f"x\n\n[{escape(text)}](a.md)\n")
    assert shown(html.partition("</p>")[2]) == line or not line
    assert escape(text) == escape(line)


@given(SIGNS)
def test_a_text_has_no_lines_but_its_own(text):
    lines = visible(text).split("\n")
    assert len(lines) == text.count("\n") + 1 and all(len(line.splitlines()) <= 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\n\tb  c\n", "a\n\tb  c\n"),
        ("नमस्ते \u200d\u200c 中\u3000文 \u00a0", "नमस्ते \u200d\u200c 中\u3000文 \u00a0"),
        ("\x00\x02\x03\x07\x08\x0b\x0c\r\x1b\x1c\x7f", "␀␂␃␇␈␋␌␍␛␜␡"),
        ("\x85\x9b\u2028\u2029\u202e\ud800", r"\x85\x9b\u2028\u2029\u202e\ud800"),
        ('--8<-- "a"', '--8\u2060<-- "a"'),
        ("8 < 9, -8<x", "8 < 9, -8<x"),
    ],
)
def test_what_would_end_a_line_or_vanish_is_a_sign(text, seen):
    assert visible(text) == seen


def test_a_fences_title_stays_between_its_quotes():
    assert quoted(' a "b"\n`c`\u2028d') == "a ”b” ’c’ d"


def test_markup_is_for_elements_and_attributes():
    assert markup(" <b a=\"1\">&\n'x'\x00\u202e ") == "&lt;b a=&quot;1&quot;&gt;&amp; &#x27;x&#x27;␀"


@pytest.mark.parametrize(
    ("code", "written"),
    [("de", "[x](../posts/a.md)"), ("en", '<a href="../../en/posts/a.md" hreflang="en">x</a>')],
)
def test_a_link_into_another_language_is_html(code, written):
    assert link("x", "posts/a.md", code, "de", home="../") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("x.y(1)", "`x.y(1)`"), ("__init__", "<code>&#x5f;&#x5f;init&#x5f;&#x5f;</code>"), ("a`b", "<code>a&#x60;b</code>"), ("", "<code></code>")],
)  # fmt: skip
def test_code_is_written_in_backticks_where_nothing_in_it_is_a_mark(everything, text, written):
    assert code_span(text) == written
    assert not text or shown(everything.reset().convert(f"x {written}\n")) == f"x {text}"


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Plain", "Plain"),
        ("The **x** of `y_z` and *w*", "The <strong>x</strong> of <code>y_z</code> and <em>w</em>"),
        ("~~a~~ ==b== `<b>` [c](d) ![e](f)", "<s>a</s> ==b== <code>&lt;b&gt;</code> c"),
        ("<script>x</script> a_b_c {{ d }}", "x a_b_c {{ d }}"),
    ],
)
def test_a_title_keeps_its_code_and_its_emphasis(everything, title, seen):
    html = everything.reset().convert(f"# {inline(title)}\n")
    inside = re.sub(r"</?h1[^>]*>", "", html)
    assert unescape(inside) == unescape(seen)


def test_no_template_is_found_in_what_looks_the_same():
    text = "{{ config }} {% x %} {# y #} {{{ {a} {: .b }"
    done = without_templates(text)
    assert not re.search(r"\{[{%#]", done) and done.replace("\u2060", "") == text
    assert without_templates("{a} {: .b } }}") == "{a} {: .b } }}"
