"""SVG: a drawing without anything that a browser would run or fetch.

A page shows drawings as images, which run nothing; but a reader may open the file itself, and then it is a page of
this site. svg-hush, which Cloudflare keeps for what its customers upload, reads the XML and writes it anew with known
elements and attributes only: no script, no event, no address but those of the drawing's own parts.
"""

import functools
from xml.parsers import expat

import py_svg_hush

EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
"""What stands for a drawing that cannot be read."""

_EMBEDDED = {"image": ["png", "jpeg", "gif", "webp"]}
"""Pictures of dots may be part of a drawing, as those of matplotlib's `imshow` are."""
_DEEPEST = 100
"""Elements inside of elements: each line of what is written is indented by as much."""


@functools.lru_cache(maxsize=64)
def cleaned(svg: bytes) -> bytes:
    """Return a drawing without what is not one; `EMPTY` where it cannot be read, or is too deep."""
    try:
        _Depth().check(svg)
        return py_svg_hush.filter_svg(svg, _EMBEDDED)
    except (ValueError, expat.ExpatError):
        return EMPTY


_GROUND = 'style="fill: #ffffff"'


@functools.lru_cache(maxsize=64)
def on_any_ground(svg: str) -> str:
    """Return matplotlib's drawing without its white grounds, for a page of any colour.

    A drawing on a ground of its author's stays as it is.
    """
    if not _is_white(svg, svg.find('<g id="patch_1">')):
        return svg
    at = svg.find('<g id="patch_1">')
    parts, start = [], 0
    while at >= 0:
        if _is_white(svg, at):
            ground = svg.find(_GROUND, at)
            parts += [svg[start:ground], 'style="fill: none"']
            start = ground + len(_GROUND)
        axes = svg.find('<g id="axes_', at + 1)
        at = svg.find('<g id="patch_', axes) if axes >= 0 else -1
    return "".join((*parts, svg[start:]))


def _is_white(svg: str, at: int) -> bool:
    """Return whether the group that begins at a place is a white ground."""
    end = svg.find("</g>", at)
    return at >= 0 and svg.find(_GROUND, at, end) >= 0


class _Depth:
    """Refuses what is not XML, declares names for longer texts, or is too deep; in linear time."""

    def __init__(self) -> None:
        self._depth = 0

    def check(self, svg: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._refuse
        parser.Parse(svg, True)

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse()

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _refuse(self, *_: object) -> None:
        raise ValueError("no drawing needs that")
