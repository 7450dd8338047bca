"""Bare addresses: what GitHub's own parser makes a link of, and what not."""

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

NO_LINKS = [
    "xhttp://a.b", "https://", "http://-a.b", "https://a_b.c/", "[https://a.b/c]", "[x https://a.b y",
    "，www.a.b", "“www.a.b”", "www.x_y.com", "a@b", "a@b.c-", "![https://a.b](c) d", "`https://a.b`",
]  # fmt: skip
LINKS = [
    "https://a.b/c", "：https://a.b/c", "后https://a.b 后", "ב-http://127.0.0.1:8050.", "http://localhost:3000",
    "https://a.b;", "https://a.b/x_y_z*q*", "a/https://a.b", '"https://a.b"', "(https://a.b)", "x：a@b.cn。",
    "邮a@b.cn", "`x`https://a.b", "https://a.b/)后", "http://中文.com/x", "mailto:a@b.c", "1http://a.b", "www.a",
    "**https://a.b** x", "\\[ https://a.b", "[a](b) https://a.b", "（https://a.b）", "x https://a.b/?x=1&y=2. y",
    "[b] https://a.b", "*https://a.b*", "www.a_b.x.com",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NO_LINKS, *LINKS])
def test_an_address_is_read_and_shown_as_on_github(text):
    html = cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, ["autolink"])
    assert ("<a " in html) == (text in LINKS)
    assert read_as_github(text).units == skeleton(html)
    climbed = climb(text, renderer(Dialect()))
    assert not climbed.lost
    assert skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))) == skeleton(html)
