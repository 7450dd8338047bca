"""What stands under a block on a page, whatever a program printed or drew."""

from html import unescape

import markdown
import pytest

from hexapla.ledger.ledger import CellRecord
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.run import Status
from hexapla.render.labels import labels
from hexapla.render.outputs import (
    CUT,
    _fence,
    cell_outputs,
    figure_words,
    pixels_of,
)

EXTENSIONS = (
    "admonition",
    "attr_list",
    "md_in_html",
    "sane_lists",
    "pymdownx.superfences",
    "pymdownx.details",
)
MARKUP = "<script>window.hexapla_mark=1</script><img src=x onerror=window.hexapla_mark=1>"
SIGNS = (
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\x02",
    "\x03",
    "\x1b",
    "\u202e",
)
"""What ends a line for one reader or another, what Python-Markdown keeps for itself, and what turns text round."""


def page(output, prefix="", label="", hide=False):
    """Return the HTML of one output in a container, read as the builder with the worst idea of lines reads it."""
    cell = CellRecord(id="a", digest="", status=Status.OK, outputs=(output,))
    text = cell_outputs(cell, slug="s", variant="", language="en", words=labels("en"), label=label, hide=hide)
    inside = "\n".join(f"{prefix}{line}" for line in text.splitlines())
    return markdown.markdown(f"- x\n\n{inside}\n" if prefix == "    " else inside, extensions=EXTENSIONS)


@pytest.mark.parametrize("prefix", ["", "    ", "> "])
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
@pytest.mark.parametrize("hide", [False, True])
def test_no_sign_that_a_program_prints_ends_its_block(sign, prefix, hide):
    html = page(Text(kind=Kind.STREAM, text=f"a{sign}{MARKUP}\n```\n{sign}b"), prefix, hide=hide)
    assert "<script" not in html and "<img" not in html and unescape(html).count(MARKUP) == 1
    assert html.count("<pre>") == 1 and "b\n</code></pre>" in html


@pytest.mark.parametrize("kind", Kind)
def test_lines_stay_lines_and_colours_are_left_out(kind):
    html = page(Text(kind=kind, text="\x1b[31mred\x1b[0m\n\tb  c\n"))
    assert "red\n\tb  c\n" in html or "red\n    b  c\n" in html


@pytest.mark.parametrize("hide", [False, True])
@pytest.mark.parametrize(
    "label", [MARKUP, f'x" {MARKUP}', f"x`{MARKUP}", f"x}}\n\n{MARKUP}", f"x\u2028{MARKUP}"]
)
def test_what_an_author_calls_an_output_is_text(label, hide):
    html = page(Text(kind=Kind.STREAM, text="1\n2\n"), label=label, hide=hide)
    assert "<script" not in html and "<img" not in html and "hexapla_mark" in unescape(html)
    assert html.count("<pre>") == 1


@pytest.mark.parametrize(
    "alt",
    [MARKUP, f"x](y) {MARKUP}", f'"{MARKUP}', f"a\n\n{MARKUP}", f"a\x85{MARKUP}", "{ onerror=1 } [a](b) *c*"],
)
def test_what_a_figure_shows_in_words_is_text(alt):
    html = page(Figure(svg='<svg xmlns="x" width="72pt" height="36pt"></svg>', alt=alt), "    ")
    image = html[html.index("<img") : html.index(">", html.index("<img")) + 1]
    assert html.count("<img") == 1 and "<script" not in html
    assert 'src="../../assets/hexapla/s/a-1.svg"' in image and 'width="96"' in image
    assert " ".join(alt.replace("\x85", " ").split()) in unescape(image)


@pytest.mark.parametrize(
    ("svg", "pixels"),
    [
        ('<?xml version="1.0"?>\n<svg height="36pt" width="72.5pt">', (97, 48)),
        ('<svg width="72pt" height="36pt"><rect width="1pt"/></svg>', (96, 48)),
        ('<svg width="100%" height="36pt"><rect width="1pt"/></svg>', ()),
        ("<svg", ()),
        ("", ()),
    ],
)
def test_a_figure_says_its_size(svg, pixels):
    assert pixels_of(svg) == pixels


@pytest.mark.parametrize(("more", "is_cut"), [(0, False), (1, True)])
def test_an_output_is_cut_where_it_is_longer_than_can_be_shown(more, is_cut):
    text = "ab\n" * (CUT // 3) + "c" * (CUT % 3 + more)
    shown = _fence(Text(kind=Kind.STREAM, text=text), "", "en", labels("en"))
    assert ("hexapla" in shown) is is_cut
    assert (text in shown) is not is_cut


ALT = "“Loss”; line “SGD”, “Adam, 2”; scatter; x “step” | bar"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“Loss”, Line chart “SGD”, “Adam, 2”, Scatter plot, x axis “step”. Bar chart"),
        ("de", "„Loss“, Liniendiagramm „SGD“, „Adam, 2“, Streudiagramm, x-Achse „step“. Balkendiagramm"),
        ("zh", "“Loss”、折线图 “SGD”、“Adam, 2”、散点图、x 轴“step”. 条形图"),
    ],
)
def test_what_a_figure_shows_is_said_in_the_readers_language(language, said):
    assert figure_words(ALT, language) == said


@pytest.mark.parametrize("alt", ["lines train, test", "Ein Bild"])
def test_what_somebody_wrote_of_a_figure_stays(alt):
    assert figure_words(alt, "de") == alt


def test_an_authors_words_for_a_figure_go_first():
    cell = CellRecord(id="c", digest="d", status=Status.OK, outputs=(Figure(svg="<svg/>", alt="bar"),) * 2)
    shown = cell_outputs(
        cell, slug="a", variant="", language="de", words=labels("de"), label="", hide=False, alt="Mine"
    )
    assert shown.count("![Mine]") == 1 and shown.index("![Mine]") < shown.index("![Balkendiagramm]")
