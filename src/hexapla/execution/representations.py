"""Representations: how a value is shown that has more to show than its `repr`, as notebooks ask it for that.

The names and their order are IPython's and JupyterLab's ("Integrating your objects with IPython"). What a page cannot
show, since it needs scripts, is left to the next one, and named.
"""

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from hexapla.execution import figures
from hexapla.model.output import Markup, MarkupKind

LARGEST = 2**20
"""Bytes of a picture, and characters of a table or a formula, that are recorded."""
_NEED_SCRIPTS = ("<script", "<iframe", "<input", "<canvas", "<object", "<embed", "<form", "<video", "<audio")
_PNG = b"\x89PNG\r\n\x1a\n"
_METHODS = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
}
_OTHERS = {
    "image/jpeg": "_repr_jpeg_",
    "application/pdf": "_repr_pdf_",
    "application/json": "_repr_json_",
    "application/javascript": "_repr_javascript_",
    "a display of its own": "_ipython_display_",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """What is shown of a value besides its text."""

    svg: str = ""
    """A drawing, which stands for the text; empty for none."""
    alt: str = ""
    markup: Markup | None = None
    lacks: str = ""
    """What a notebook would show and a page cannot; empty for nothing."""


def representation(value: object) -> Representation:
    """Return what is shown of a value besides its `repr`; nothing of most."""
    lacks = ""
    for kind, data in _offered(value):
        shown = _representation(kind, data, type(value).__name__)
        if shown is not None and not shown.lacks:
            return shown
        lacks = lacks or (shown.lacks if shown else "")
    return Representation(lacks=lacks)


def _offered(value: object) -> Iterator[tuple[str, object]]:
    """Yield what a value shows of itself, by media type, the best first."""
    if isinstance(value, type):
        return
    bundle = _asked(value, "_repr_mimebundle_")
    bundle = bundle if isinstance(bundle, dict) else {}
    for kind, name in _METHODS.items():
        data = bundle.get(kind) or _asked(value, name)
        if data is not None:
            yield kind, data
    for kind, name in _OTHERS.items():
        if kind in bundle or hasattr(type(value), name):
            yield kind, None
    yield from ((str(kind), None) for kind in bundle if kind not in _METHODS and kind != "text/plain")


def _asked(value: object, name: str) -> Any:
    """Return what a method of a value gives; None where it has none, or that fails."""
    method = getattr(type(value), name, None)
    if not callable(method):
        return None
    try:
        data = method(value)
    except Exception:
        return None
    # With metadata, such as a size.
    return data[0] if isinstance(data, tuple) and data else data


def _representation(kind: str, data: object, name: str) -> Representation | None:
    """Return a representation of a media type; with `lacks` where it cannot be shown."""
    if data is None:
        return Representation(lacks=kind)
    if isinstance(data, str | bytes) and len(data) > LARGEST:
        return Representation(lacks=f"{kind} of {len(data)} bytes")
    if kind == "image/png":
        return _picture(data, name)
    if not isinstance(data, str) or not data.strip():
        return None
    if kind == "image/svg+xml":
        return Representation(svg=data, alt=name)
    if kind == "text/html" and any(tag in data.lower() for tag in _NEED_SCRIPTS):
        return Representation(lacks="HTML with scripts or controls")
    return Representation(markup=Markup(kind=MarkupKind(kind), source=data))


def _picture(data: object, name: str) -> Representation | None:
    """Return a picture of dots as a drawing that holds it: of its size, with nothing to load."""
    png = base64.b64decode(data) if isinstance(data, str) else data
    if not isinstance(png, bytes) or not png.startswith(_PNG) or len(png) < 24:
        return None
    width, height = struct.unpack(">II", png[16:24])
    # A pixel is 3/4 of a point (CSS Values 4, absolute lengths).
    size = f'width="{width * 0.75:g}pt" height="{height * 0.75:g}pt" viewBox="0 0 {width} {height}"'
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    image = f'<image width="{width}" height="{height}" href="{address}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>\n'
    return Representation(svg=svg, alt=f"{escape(name)}, {width} × {height}")


def drawings(value: object) -> list[Any]:
    """Return the matplotlib figures that a value is, or is a list of; empty for other values."""
    parts = list(value) if isinstance(value, list | tuple) else [value]
    return parts if parts and all(map(figures.is_figure, parts)) else []
