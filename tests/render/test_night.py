"""A drawing with a picture of dots in it, as a dark page shows it."""

from xml.dom.minidom import parseString

import pytest

from hexapla.render.night import by_night

GROUND = '<path d="M 10 90 &#xA;L 90 90 &#xA;L 90 10 &#xA;L 10 10 &#xA;z" style="fill: #ffffff"/>'
PICTURE = '<g clip-path="url(#p1)"><image href="data:image/png;base64,AAAA" width="8" height="8"/></g>'


def drawing(*axes: str, ground: str = "#ffffff", beside: str = "") -> str:
    """Return a figure as matplotlib writes it, with these pairs of axes."""
    inside = "".join(
        f'<g id="axes_{number}"><g id="patch_{number + 1}">{GROUND}</g>{text}</g>'
        for number, text in enumerate(axes, start=1)
    )
    page = f'<g id="patch_1"><path d="M 0 0 L 9 9 z" style="fill: {ground}"/></g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="figure_1">{page}{inside}{beside}</g></svg>'


def group(name: str, inside: str) -> str:
    return f'<g id="{name}">{inside}</g>'


def text(x: float, y: float, style: str = "") -> str:
    return f'<g{style} transform="translate({x} {y}) scale(0.1 -0.1)"><use href="#D-1"/></g>'


LINE = '<path d="M 0 0 &#xA;L 0 9" style="fill: none; stroke: #000000"/>'
FRAME = '<path d="M 0 0 &#xA;L 0 9 &#xA;L 9 9 &#xA;z" style="fill: none; stroke: #000000"/>'


@pytest.mark.parametrize(
    ("part", "is_turned"),
    [
        # Around the picture: what it is read by.
        (group("matplotlib.axis_1", group("text_1", text(20, 50))), True),
        (group("text_2", text(40, 5)), True),
        (group("text_3", text(95, 50)), True),
        (group("patch_3", LINE), True),
        # On it: chosen for its colours.
        (group("text_4", text(40, 40)), False),
        (group("text_5", text(40, 40, ' style="fill: #ffffff"')), False),
        (group("patch_4", FRAME), False),
        (group("line2d_1", LINE), False),
        (group("legend_1", group("patch_5", GROUND) + group("text_6", text(20, 20))), False),
        (PICTURE, False),
    ],
)
def test_only_what_stands_around_a_picture_is_turned(part, is_turned):
    made = by_night(drawing(f"{PICTURE}{part}"))
    lit = [node for node in parseString(made).getElementsByTagName("g") if node.getAttribute("fill")]
    assert [node.getAttribute("fill") for node in lit] == ["#ffffff"] * is_turned
    assert 'href="data:image/png;base64,AAAA"' in made


def test_axes_beside_a_picture_are_turned_and_so_is_what_the_figure_says():
    bars = group("patch_9", '<path d="M 0 0 L 1 1 z" style="fill: #1f77b4; stroke: #000000"/>')
    made = by_night(drawing(PICTURE, bars, beside=group("text_7", text(1, 1))))
    ids = [
        node.getAttribute("id")
        for node in parseString(made).getElementsByTagName("g")
        if node.getAttribute("fill")
    ]
    assert ids == ["axes_2", "text_7"]
    # As the style sheet turns it: inverted, in the same hue.
    assert "fill: #4da5e2" in made and "stroke: #ffffff" in made


def test_names_that_look_like_colours_stay():
    marker = '<defs><path id="abcdef" d="M 0 0 L 0 3"/></defs><use href="#abcdef" style="stroke: #abcdef"/>'
    made = by_night(drawing(f"{PICTURE}{group('matplotlib.axis_1', marker)}"))
    assert 'href="#abcdef"' in made and 'id="abcdef"' in made and "stroke: #abcdef" not in made


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg/>",
        "<svg><image",
        # Turned by the style sheet.
        drawing(group("line2d_1", LINE)),
        # On a ground of its author's.
        drawing(PICTURE, ground="#222222"),
        # A picture and no more.
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/png;base64,AAAA"/></svg>',
    ],
)
def test_no_other_drawing_has_one_for_the_dark(svg):
    assert by_night(svg) == ""
