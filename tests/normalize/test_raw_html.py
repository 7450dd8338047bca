"""Raw HTML: what is between tags stays text, what follows them is Markdown, and nothing takes the page with it."""

import pytest

from hexapla.normalize import Dialect
from hexapla.normalize.ladder import climb
from hexapla.normalize.reference import read
from hexapla.normalize.renderer import BROKEN, renderer
from hexapla.normalize.skeleton import skeleton

PAGES = {
    "Markdown right after a tag is text": ("<div>\n# x\n\n*y*\n\n</div>", (("p", (), "# x"), ("p", ("em",), "y"))),
    "a list right after a closing tag is text": ("<div>\na\n</div>\n1. b", (("p", (), "a"), ("p", (), "1. b"))),
    "a script that nothing closes is text": ("a <script> b\n\nc", (("p", (), "a <script> b"), ("p", (), "c"))),
    "a script that is closed is none": ("<script>\nx = 1\n\ny\n</script>\n\nc", (("p", (), "c"),)),
    "a mark that nothing closes ends with its block": ('a <sup class="x" />\n\nb', (("p", (), "a"), ("p", (), "b"))),
    "code in a pre keeps its blank lines": ("<pre>\na\n\n```py\nb\n```\n\n\tc\n</pre>", (("code", "", "a\n\n```py\nb\n```\n\n\tc"),)),
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
}  # fmt: skip


@pytest.mark.parametrize(("body", "units"), PAGES.values(), ids=PAGES)
def test_the_page_shows_what_github_shows(body, units):
    assert read(body).units == units
    climbed = climb(body, renderer(Dialect()))
    assert not climbed.lost
    assert skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))) == units


def test_a_failure_of_the_renderer_is_no_failure_of_ours():
    body = '<div markdown="1">\n  <ul>\n  </ul>\n* a\n\nx *b*\n\n</div>\n\ntext\n'
    assert renderer(Dialect()).html(body) == BROKEN
    climbed = climb(body, renderer(Dialect()))
    page = renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))
    assert page != BROKEN
    assert (skeleton(page) == read(body).units) == (not climbed.lost)
