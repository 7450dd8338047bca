"""What values show of themselves, as notebooks ask for it."""

import base64
import struct

import pytest

from hexapla.execution.representations import LARGEST, Representation, representation
from hexapla.model.output import Markup, MarkupKind

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 64, 48) + b"\x08\x02"


def shows(**methods):
    """Return a value whose class has methods that return these, or raise them."""

    def method(result):
        def give(self):
            if isinstance(result, Exception):
                raise result
            return result

        return give

    return type("Thing", (), {f"_repr_{name}_": method(result) for name, result in methods.items()})()


def markup(kind: str, source: str) -> Representation:
    return Representation(markup=Markup(kind=MarkupKind(f"text/{kind}"), source=source))


NOTHING = Representation()
SHOWN = {
    "a number": (3, NOTHING),
    "a text": ("<b>", NOTHING),
    "a class of such values": (type(shows(html="<b>1</b>")), NOTHING),
    "a method that fails": (shows(html=ValueError()), NOTHING),
    "a method that gives nothing": (shows(html=None, latex=None), NOTHING),
    "a method that gives no text": (shows(html=3, svg=b"", png="eA=="), NOTHING),
    "HTML": (shows(html="<b>1</b>"), markup("html", "<b>1</b>")),
    "HTML before others": (shows(latex="$x$", png=PNG, html="<b>1</b>"), markup("html", "<b>1</b>")),
    "with metadata": (shows(html=("<b>1</b>", {"isolated": True})), markup("html", "<b>1</b>")),
    "Markdown": (shows(markdown="**1**"), markup("markdown", "**1**")),
    "a formula": (shows(latex="$x$", png=None), markup("latex", "$x$")),
    "a bundle": (shows(mimebundle={"text/plain": "1", "text/latex": "$x$"}), markup("latex", "$x$")),
    "a drawing": (shows(svg="<svg/>"), Representation(svg="<svg/>", alt="Thing")),
    "HTML that needs scripts": (shows(html="<SCRIPT>1</script>"), Representation(lacks="HTML with scripts or controls")),
    "scripts, and a picture instead": (shows(html="<script>1</script>", svg="<svg/>"), Representation(svg="<svg/>", alt="Thing")),
    "a kind that pages lack": (shows(json={}), Representation(lacks="application/json")),
    "a kind of somebody's own": (shows(mimebundle={"application/x-chart": {}, "text/plain": "1"}), Representation(lacks="application/x-chart")),
    "too much": (shows(html="x" * (LARGEST + 1)), Representation(lacks=f"text/html of {LARGEST + 1} bytes")),
}  # fmt: skip


@pytest.mark.parametrize(("value", "shown"), SHOWN.values(), ids=SHOWN)
def test_the_best_that_a_page_can_show_is_taken(value, shown):
    assert representation(value) == shown


@pytest.mark.parametrize("data", [PNG, base64.b64encode(PNG).decode()])
def test_a_picture_is_a_drawing_of_its_size(data):
    shown = representation(shows(png=data))
    assert shown.alt == "Thing, 64 × 48"
    assert 'width="48pt" height="36pt" viewBox="0 0 64 48"' in shown.svg
    assert f"data:image/png;base64,{base64.b64encode(PNG).decode()}" in shown.svg
