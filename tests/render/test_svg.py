"""Drawings without what a browser would run or fetch."""

import base64
import time

import pytest

from hexapla.render.svg import EMPTY, cleaned, on_any_ground

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
PIXEL = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()


def clean(inside: str) -> str:
    return cleaned(f"{HEAD}{inside}</svg>".encode()).decode()


@pytest.mark.parametrize(
    "part",
    [
        'd="M 0 0 L 1 1"',
        'href="#m1"',
        f'href="{PIXEL}"',
        'clip-path="url(#p1)"',
        'style="fill: #ffffff"',
        "<style>*{stroke-linejoin: round; stroke-linecap: butt}</style>",
        "नुक़सान 损失 &amp; &lt;b&gt;",
    ],
)
def test_what_a_drawing_is_made_of_stays(part):
    drawn = clean(
        '<defs><style>*{stroke-linejoin: round; stroke-linecap: butt}</style><path id="m1" d="M 0 0 L 1 1" style="fill: #ffffff"/></defs>'
        f'<g clip-path="url(#p1)"><use xlink:href="#m1"/><image xlink:href="{PIXEL}"/></g><text>नुक़सान 损失 &amp; &lt;b&gt;</text>'
    )
    assert part in drawn and cleaned(drawn.encode()).decode() == drawn


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>1</script>", "script"),
        ('<script xlink:href="x.js"/>', "script"),
        ('<rect onload="x()"/>', "onload"),
        ('<a xlink:href="javascript:x()"><rect/></a>', "javascript"),
        ('<a href="java&#10;script:x()"><rect/></a>', "script:"),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='x()'/></foreignObject>", "body"),
        ('<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>', "iframe"),
        ('<set attributeName="onmouseover" to="x()"/>', "onmouseover"),
        ('<animate attributeName="href" values="javascript:x()"/>', "attributeName"),
        ('<use href="data:image/svg+xml;base64,AAAA#x"/>', "data:"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "data:"),
        ('<image href="https://other.example/x.png"/>', "other.example"),
        ('<rect style="fill: url(https://other.example/x)"/>', "other.example"),
        ('<handler xmlns="http://www.w3.org/2001/xml-events">1</handler>', "handler"),
    ],
)
def test_what_a_browser_would_run_or_fetch_goes(inside, gone):
    drawn = clean(f"<g>{inside}<path d='M 1 2'/></g>")
    assert gone not in drawn and "M 1 2" in drawn


@pytest.mark.parametrize(
    "svg",
    [
        b"",
        b"no drawing",
        b"<svg",
        b"<html><body onload='x()'/></html>",
        b"\xff\xfe<",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]>" + HEAD.encode() + b"<text>&a;</text></svg>",
        HEAD.encode() + b"<g>" * 20_000 + b"</g>" * 20_000 + b"</svg>",
    ],
    ids=["nothing", "text", "cut off", "HTML", "not UTF-8", "with entities", "deep"],
)
def test_what_is_no_drawing_is_an_empty_one(svg):
    started = time.process_time()
    assert cleaned(svg) == EMPTY
    assert time.process_time() - started < 1


def test_a_figure_of_matplotlib_is_drawn_as_before():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    from hexapla.execution.figures import svg

    figure, axes = pyplot.subplots()
    axes.plot([1, 2], label="<b>")
    axes.imshow([[1, 2], [3, 4]])
    drawn = cleaned(svg(figure).encode())
    pyplot.close(figure)
    assert drawn != EMPTY and all(
        part in drawn for part in (b"<path", b"<use", b"clip-path", b"data:image/png")
    )


WHITE, NONE = 'style="fill: #ffffff"', 'style="fill: none"'
DRAWN = (
    f'<svg><g id="figure_1"><g id="patch_1"><path {WHITE}/></g><g id="axes_1"><g id="patch_2"><path {WHITE}/></g>'
    f'<g id="patch_3"><path {WHITE}/></g></g><g id="axes_2"><g id="patch_4"><path {WHITE}/></g></g></g></svg>'
)


def test_a_drawing_on_white_is_drawn_on_the_page_itself():
    made = on_any_ground(DRAWN)
    # The grounds of the figure and of each pair of axes; what is white in the drawing stays.
    assert made == DRAWN.replace(WHITE, NONE).replace(f'"patch_3"><path {NONE}', f'"patch_3"><path {WHITE}')


@pytest.mark.parametrize(
    "svg",
    [
        "<svg/>",
        # A ground of the author's own.
        DRAWN.replace(f'"patch_1"><path {WHITE}', '"patch_1"><path style="fill: #000000"'),
    ],
)
def test_other_drawings_stay_as_they_are(svg):
    assert on_any_ground(svg) == svg
