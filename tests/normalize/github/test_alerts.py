"""Alerts: what GitHub makes one of, and what stays a quote."""

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

QUOTES = {
    "text beside the mark": "> [!NOTE] a\n> b",
    "nothing but the mark": "> [!NOTE]\n\na",
    "in a list": "- a\n\n    > [!NOTE]\n    > b",
    "in a quote": "> > [!NOTE]\n> > a",
    "another kind": "> [!HINT]\n> a",
    "a link's label": "> [!NOTE][a]\n> b",
}
ALERTS = {
    "a paragraph": ("> [!NOTE]\n> a", (("alert", ("note",), ("p", (), "a")),)),
    "a blank line after the mark": ("> [!Tip]  \n>\n> a", (("alert", ("tip",), ("p", (), "a")),)),
    "a list": ("> [!WARNING]\n> - a", (("alert", ("warning",), ("ul", (), ("li", (), ("p", (), "a")))),)),
    "two": (
        "> [!NOTE]\n> a\n\n> [!CAUTION]\n> b",
        (("alert", ("note",), ("p", (), "a")), ("alert", ("caution",), ("p", (), "b"))),
    ),
    "text that has to be spelled": (
        "> [!NOTE]\n> ✎ [`a`](https://x.co/ b) \\# c",
        (
            ("alert", ("note",),
             ("p", (), "✎ [", ("code",), "a", (), "](", ("a https://x.co/ ",), "https://x.co/", (), " b) # c")),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", QUOTES.values(), ids=QUOTES)
def test_what_is_a_quote_stays_one(body):
    page = page_of(body)
    assert "admonition" not in page
    assert "[!" in page.replace("&#91;", "[").replace("&#33;", "!")
    assert skeleton(page) == read_as_github(body).units


@pytest.mark.parametrize(("body", "units"), ALERTS.values(), ids=ALERTS)
def test_an_alert_is_an_admonition(body, units):
    page = page_of(body)
    assert read_as_github(body).units == units
    assert skeleton(page) == units
    assert page.count('class="admonition-title"') == body.count("[!")


def test_the_lines_of_an_alert_are_known():
    assert [at for _, at in climb("> [!NOTE]\n> a\n> b\n", renderer(Dialect())).lines] == [0, 1, 2, 3]


def page_of(body: str) -> str:
    site = renderer(Dialect())
    return site.html("\n".join(line for line, _ in climb(body, site).lines))
