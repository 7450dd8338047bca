"""Raw HTML: what is between tags stays text, what follows them is Markdown, and nothing takes the page with it."""

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import BROKEN, renderer
from hexapla.normalize.target.structure import skeleton

PAGES = {
    "Markdown right after a tag is text": ("<div>\n# x\n\n*y*\n\n</div>", (("p", (), "# x"), ("p", ("em",), "y"))),
    "a list right after a closing tag is text": ("<div>\na\n</div>\n1. b", (("p", (), "a"), ("p", (), "1. b"))),
    "a script that nothing closes is text": ("a <script> b\n\nc", (("p", (), "a <script> b"), ("p", (), "c"))),
    "a script that is closed is none": ("<script>\nx = 1\n\ny\n</script>\n\nc", (("p", (), "c"),)),
    "a mark that nothing closes ends with its block": ('a <sup class="x" />\n\nb', (("p", (), "a"), ("p", (), "b"))),
    "code in a pre keeps its blank lines": ("<pre>\na\n\n```py\nb\n```\n\n\tc\n</pre>", (("code", "", "a\n\n```py\nb\n```\n\n\tc"),)),
    "a pre that nothing closes": ("<div>\n<pre>\n\n1. a", (("code", "", ""), ("ol", ("1",), ("li", (), ("p", (), "a"))),)),
    "a pre in a list": (
        "- a\n\n    <pre><code>x\n      y\n</code></pre>\n- b",
        (("ul", (), ("li", (), ("p", (), "a"), ("code", "", "x\n    y"))), ("ul", (), ("li", (), ("p", (), "b")))),
    ),
    "breaks around text are room": ("<br>\ntext\n<br>\n\nmore", (("p", (), "text"), ("p", (), "more"))),
    "a comment with hyphens": ("a <!-- b -- c --> d", (("p", (), "a d"),)),
    "text after a comment": ("<!-- x -->(https://a.b/c-d_e)\n\ny", (("p", (), "(https://a.b/c-d_e)"), ("p", (), "y"))),
    "blanks after tags": ("<div>      \n*a*      \n</div>      \n\nb:\n```      \nc\n```", (("p", (), "*a*"), ("p", (), "b:"), ("code", "", "c"))),
    "an address as it is written": ("<https://a.b/%E6%B6>", (("p", ("a https://a.b/\ufffd ",), "https://a.b/%E6%B6"),)),
    "a declaration": ("foo <!ELEMENT br EMPTY>", (("p", (), "foo"),)),
    "a picture in a paragraph": ('a <img src="x.png" alt="y"> b', (("p", (), "a \0img x.png y\0 b"),)),
    "a table with Markdown": (
        "<table><tr><td>\n\n**a**\n\n</td></tr></table>",
        (("table", (), ("tr", (), ("cell", ("",), ("p", ("strong",), "a")))),),
    ),
    "a list of which Python-Markdown makes an exception": (
        '<div>\n\n* a\n  <ul dir="rtl">\n  </ul>\n* b\n\n</div>',
        (("ul", (), ("li", (), ("p", (), "a"), ("ul", ())), ("li", (), ("p", (), "b"))),),
    ),
    "an address in a tag that the site does not know": ("<Card>\n[a](https://www.b.co) c@d.co\n</Card>", (("p", (), "[a](https://www.b.co) c@d.co"),)),
    "a sign of a quote after a tag": ("</details>\n>\n> *a*", (("p", (), "> > *a*"),)),
    "text between comments after a tag": ("<div>a</div>\nb\n<!-- x -->\n{c}\n<!-- y -->", (("p", (), "a"), ("p", (), "b {c}"))),
    "an indented comment before Markdown": (
        "<details>\n  <summary>a</summary>\n    <!-- x -->\n\n*b*\n\n</details>",
        (("details", (), ("summary", (), ("p", (), "a")), ("p", ("em",), "b")),),
    ),
    "details whose summary is bold": (
        "<details open>\n<summary><b>a</b> c</summary>\n\n*b*\n\n```py\nx\n```\n\n</details>\n\n</details>\n\nd",
        (("details", (), ("summary", (), ("p", ("strong",), "a", (), " c")), ("p", ("em",), "b"), ("code", "py", "x")), ("p", (), "d")),
    ),
    "details that nothing closes": (
        "a\n\n<details>\n<summary>b</summary>\n\n*c*\n\n- d[^1]\n\n[^1]: e\n",
        (
            ("p", (), "a"),
            ("details", (), ("summary", (), ("p", (), "b")), ("p", ("em",), "c"), ("ul", (), ("li", (), ("p", (), "d\0note")))),
            ("footnote", ("p", (), "e")),
        ),
    ),
    "a note between tags": (
        "<div>\n\na[^1]\n\n[^1]: b\n\n</div>\nc\n\nd",
        (("p", (), "a\0note"), ("p", (), "c"), ("p", (), "d"), ("footnote", ("p", (), "b"))),
    ),
    "bold goes on over the paragraphs of details": (
        "<details>\n<summary>a</summary><br><b>\n\nb `c`\n\nd\n</b></details>\n\ne",
        (
            ("details", (), ("summary", (), ("p", (), "a")), ("p", ("strong",), "b ", ("code", "strong"), "c"), ("p", ("strong",), "d")),
            ("p", (), "e"),
        ),
    ),
    "bold that nothing closes ends with its block": ("a <b>b\n\nc", (("p", (), "a ", ("strong",), "b"), ("p", (), "c"))),
    "a link ends where another begins": (
        'a <a href="b">c <a href="d">e</a> f',
        (("p", (), "a ", ("a b ",), "c ", ("a d ",), "e", (), " f"),),
    ),
    "a list and a fence in a summary": (
        "<details>\n<summary>a\n\n- b\n- c\n\n```py\nd\n```\n</summary>\n\n*e*\n\n</details>",
        (
            (
                "details", (),
                ("summary", (), ("p", (), "a"), ("ul", (), ("li", (), ("p", (), "b")), ("li", (), ("p", (), "c"))), ("code", "py", "d")),
                ("p", ("em",), "e"),
            ),
        ),
    ),
    "details that a list's last line closes": (
        "<details>\n<summary>a</summary>\n\n- b</details>\n\nc\n\n1. d\n   ```py\n   e\n   ```\n",
        (
            ("details", (), ("summary", (), ("p", (), "a")), ("ul", (), ("li", (), ("p", (), "b")))),
            ("p", (), "c"),
            ("ol", ("1",), ("li", (), ("p", (), "d"), ("code", "py", "e"))),
        ),
    ),
    "code that a blank line in a table makes": (
        "<div>\n<table>\n  <tr>\n    <td>a</td>\n\n    </tr>\n</table>\n</div>\n\n*b*",
        (("table", (), ("tr", (), ("cell", ("",), ("p", (), "a")), ("code", "", "</tr>"))), ("p", ("em",), "b")),
    ),
    "a script with blank lines in a tag": (
        "<div>\n<script>\nlet x = 1\n\n    x < 2\n\n</script>\n</div>\n\n*b*",
        (("p", ("em",), "b"),),
    ),
    "a comment that begins below a tag": (
        "<center>a</center>\n<!--\nb\n\n*c*\n\n<center>\n-->\n\n*d*",
        (("p", (), "a"), ("p", ("em",), "d")),
    ),
    "a comment with blank lines in a list": (
        "- a\n\n  <!-- b\n\n  - c -->\n  - d\n\n    ```py\n    e\n    ```\n",
        (("ul", (), ("li", (), ("p", (), "a"), ("ul", (), ("li", (), ("p", (), "d"), ("code", "py", "e"))))),),
    ),
    "a declaration that nothing closes": ("a\n\n<?php\nb\n\nc", (("p", (), "a"),)),
    "a declaration that ends too early": (
        "a\n\n<?php\n$b->c *d*\n\n- e",
        (("p", (), "a"), ("p", (), "c *d* - e")),
    ),
    "a picture right below a list": (
        '- a\n- b\n<img src="c.png">\n\nd',
        (("ul", (), ("li", (), ("p", (), "a")), ("li", (), ("p", (), "b"))), ("p", (), "\0img c.png \0"), ("p", (), "d")),
    ),
    "a tag right below a quote": ("> a\n<br>\nb", (("blockquote", (), ("p", (), "a")), ("p", (), "b"))),
    "a picture in an item": (
        '- a\n  <img src="c.png">\n- b',
        (("ul", (), ("li", (), ("p", (), "a \0img c.png \0")), ("li", (), ("p", (), "b"))),),
    ),
    "Markdown below a tag that nothing closes": (
        "<figure>\n<img src=\"a.png\">\n\n*b* [c][1]\n\n- d\n\n[1]: https://e.f",
        (("p", (), "\0img a.png \0"), ("p", ("em",), "b ", ("a https://e.f ",), "c"), ("ul", (), ("li", (), ("p", (), "d")))),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "units"), PAGES.values(), ids=PAGES)
def test_the_page_shows_what_github_shows(body, units):
    assert read_as_github(body).units == units
    climbed = climb(body, renderer(Dialect()))
    assert not climbed.lost
    assert skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))) == units


def test_a_failure_of_the_renderer_is_no_failure_of_ours():
    body = '<div markdown="1">\n  <ul>\n  </ul>\n* a\n\nx *b*\n\n</div>\n\ntext\n'
    assert renderer(Dialect()).html(body) == BROKEN
    climbed = climb(body, renderer(Dialect()))
    page = renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))
    assert page != BROKEN
    assert (skeleton(page) == read_as_github(body).units) == (not climbed.lost)


FINE = {
    "details": '<details markdown="1">\n<summary>a</summary>\n\n- b\n\n</details>\n\nc\n',
    "a comment over blank lines": "a\n\n<!-- b\n\n- c -->\n\nd\n",
    "a tag that nothing closes": "*a*\n\n<br>\n<b>b\n",
    "a picture in an item": '- a\n  <img src="b.png">\n- c\n',
    "a script in a tag": "<div>\n<script>\nlet x = 1\n\n    x < 2\n\n</script>\n</div>\n\n*b*\n",
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE)
def test_what_is_fine_is_left_alone(body):
    assert not climb(body, renderer(Dialect())).changed


def test_only_the_tag_is_written_anew_that_keeps_the_site_from_reading_what_is_below():
    body = "a\n\n<div>\n<h2>b</h2>\n\n*c*\n\n- d\n\n[e](https://f.g)\n"
    climbed = climb(body, renderer(Dialect()))
    assert "\n".join(line for line, _ in climbed.lines) == body.replace("<div>", '<div markdown="1">')
    assert dict(climbed.rungs) == {2: "printed"}


ALTS = {
    "marks": ("a *b* **c** `d`", "a b c d"),
    "an escaped mark": (r"a\_b \*c\*", "a_b *c*"),
    "a formula": ("a $x_1$ b", "a $x_1$ b"),
    "a formula with a bar": ("$a|b$", "$a|b$"),
    "quotes and brackets": (r'"a" \[b\] & <c', '"a" [b] & <c'),
    "a link": ("[a](b)", "a"),
    "two lines": ("a\nb", "a b"),
    "Devanagari": ("मुख्य *चित्र*", "मुख्य चित्र"),
}


@pytest.mark.parametrize(
    "place", ["{}", "text\n- {}\n", "- a\n  {}\n  ```\n  b\n  ```", "**{}** <b>x</b>\n- c"]
)
@pytest.mark.parametrize(("source", "alt"), ALTS.values(), ids=ALTS)
def test_a_picture_s_text_is_kept(source, alt, place):
    body = place.format(f'![{source}](x.png "t")')
    climbed = climb(body, renderer(Dialect()))
    page = renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))
    assert not climbed.lost
    assert skeleton(page) == read_as_github(body).units
    assert f"img x.png {alt}\0" in str(skeleton(page)).replace("\\x00", "\0").replace("\\'", "'")
