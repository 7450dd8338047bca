"""Night: a drawing with pictures of dots in it, as a dark page shows it.

What is drawn alone is turned by the style sheet, colours and all. Of a picture the dots are what they are, and what
stands on them was chosen for them: only what stands around it is turned.
"""

import functools
import re
from collections.abc import Iterator
from xml.dom.minidom import Element, parseString

from hexapla.render.svg import cleaned, on_any_ground

_COLOUR = re.compile(r"(?<=: )#([0-9a-f]{6})\b")
_POINT = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_TURNED = ((-0.574, 1.430, 0.144), (0.426, 0.430, 0.144), (0.426, 1.430, -0.856))
"""What `hue-rotate(180deg)` makes of red, green and blue (Filter Effects 1, 14.6.3)."""


@functools.lru_cache(maxsize=64)
def by_night(svg: str) -> str:
    """Return matplotlib's drawing for a dark page; empty where it has no picture, or a ground of its author's."""
    drawing = on_any_ground(svg)
    if "<image" not in svg or drawing == svg:
        return ""
    document = parseString(cleaned(drawing.encode()))
    for figure in _groups(document.getElementsByTagName("svg")[0]):
        _ground, *groups = _groups(figure)
        for group in groups:
            for part in _around_pictures(group):
                _turn(part)
    return str(document.toxml())


def _around_pictures(group: Element) -> Iterator[Element]:
    """Yield what of a pair of axes stands around pictures, or all of a group that has none."""
    if not group.getElementsByTagName("image"):
        yield group
        return
    parts = list(_groups(group))
    box = [float(point) for point in _POINT.findall(_path(parts[0]))] if parts else []
    for part in parts:
        kind = part.getAttribute("id").partition("_")[0]
        if (
            kind == "matplotlib.axis"
            or (kind == "text" and _is_outside(part, box))
            or (kind == "patch" and _is_line(part))
        ):
            yield part


def _groups(parent: Element) -> Iterator[Element]:
    return (node for node in parent.childNodes if isinstance(node, Element) and node.tagName in ("g", "svg"))


def _path(group: Element) -> str:
    return next((path.getAttribute("d") for path in group.getElementsByTagName("path")), "")


def _is_line(group: Element) -> bool:
    """Return whether a patch is one line, as the edges of axes are."""
    path = _path(group)
    return path.count("L") == 1 and "z" not in path


def _is_outside(text: Element, box: list[float]) -> bool:
    """Return whether a text begins outside of the box of its axes."""
    moved = (group.getAttribute("transform") for group in text.getElementsByTagName("g"))
    places = [_POINT.findall(place)[:2] for place in moved if place.startswith("translate(")]
    if not places or not box:
        return True
    x, y = map(float, places[0])
    return not (min(box[::2]) <= x <= max(box[::2]) and min(box[1::2]) <= y <= max(box[1::2]))


def _turn(group: Element) -> None:
    """Have what is dark in a group be light, in the same hues; what says no colour is black."""
    group.setAttribute("fill", "#ffffff")
    for node in group.getElementsByTagName("*"):
        if style := node.getAttribute("style"):
            node.setAttribute("style", _COLOUR.sub(_turned, style))


def _turned(colour: re.Match[str]) -> str:
    parts = [255 - int(colour[1][at : at + 2], 16) for at in (0, 2, 4)]
    mixed = (sum(share * part for share, part in zip(row, parts, strict=True)) for row in _TURNED)
    return "#" + "".join(f"{max(0, min(255, round(value))):02x}" for value in mixed)
