"""Figures: what a program drew with matplotlib, as an SVG that repeats, with what it shows in words.

Importing this module costs nothing: matplotlib is only touched where the program has loaded it.
"""

import io
import sys
from collections.abc import Callable, Sequence
from typing import Any

deliver: Callable[[str, str], None] | None = None
"""Takes an SVG and its alternative text; set in the process that a program runs in."""


def show_figures(*_: object, **__: object) -> None:
    """Deliver the open figures and close them, as `plt.show()` does in a notebook."""
    flush()


def is_figure(value: object) -> bool:
    """Return whether a value is a figure of matplotlib's, however it was made."""
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def show(figures: Sequence[Any]) -> None:
    """Deliver figures that are a value, and those that are open; each once."""
    shown = flush()
    for figure in figures:
        if not any(figure is other for other in shown):
            _deliver(figure)


def flush() -> list[Any]:
    """Deliver and close the open figures, in the order of their numbers; return them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    numbers = pyplot.get_fignums()
    figures = [pyplot.figure(number) for number in numbers]
    pyplot.close("all")
    for figure in figures:
        _deliver(figure)
    return figures


def _deliver(figure: Any) -> None:
    if deliver is not None and (figure.axes or figure.texts or figure.images):
        deliver(svg(figure), describe_figure(figure))


def svg(figure: Any) -> str:
    """Draw a figure: no date, and ids from a fixed salt, so that the same figure is the same text."""
    import matplotlib

    page = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "hexapla", "svg.fonttype": "path"}):
        figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    return page.getvalue()


def describe_figure(figure: Any) -> str:
    """Return what a figure shows, in words: for a reader who cannot see it."""
    whole = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    parts = [_axes(axes) for axes in figure.axes if axes.get_label() != "<colorbar>"]
    return "; ".join(_clean(part) for part in (whole, *parts) if part) or "Figure"


def _axes(axes: Any) -> str:
    kinds = (
        ("image", axes.images),
        ("lines", axes.lines),
        ("points", axes.collections),
        ("bars", [patch for patch in axes.patches if patch.get_label() != "legend"]),
    )
    kind = next((name for name, artists in kinds if artists), "empty axes")
    labels = [label for label in axes.get_legend_handles_labels()[1] if not label.startswith("_")]
    said = [
        axes.get_title(),
        f"{kind}" + (f" {', '.join(labels)}" if labels else ""),
        f"x: {axes.get_xlabel()}" if axes.get_xlabel() else "",
        f"y: {axes.get_ylabel()}" if axes.get_ylabel() else "",
    ]
    return ", ".join(part for part in said if part)


def _clean(text: str) -> str:
    return " ".join(text.split())
