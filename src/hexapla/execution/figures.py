"""Figures: what a program drew with matplotlib, as an SVG that repeats, with what it shows in words.

Importing this module costs nothing: matplotlib is only touched where the program has loaded it.
"""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hexapla.model.figure_words import part

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
    axes = ["; ".join(_axes(each)) for each in figure.axes if each.get_label() != "<colorbar>"]
    return "; ".join(filter(None, (part("", [whole]) if whole else "", " | ".join(axes)))) or "Figure"


def _axes(axes: Any) -> Iterator[str]:
    """Yield what a pair of axes shows: its title, each kind of drawing with its labels, the names of its axes."""
    if axes.get_title():
        yield part("", [axes.get_title()])
    drawn = {
        "image": axes.images,
        "line": [line for line in axes.lines if _is_joined(line)],
        "scatter": [*axes.collections, *(line for line in axes.lines if not _is_joined(line))],
        "bar": [patch for patch in axes.patches if patch.get_label() != "legend"],
    }
    # Bars have their label together, as a container.
    drawn_labels = {kind: _labels(artists) for kind, artists in drawn.items()}
    drawn_labels["bar"] += _labels(axes.containers)
    for kind, artists in drawn.items():
        if artists:
            yield part(kind, drawn_labels[kind])
    if not any(drawn.values()):
        yield "empty"
    for axis, name in (("x", axes.get_xlabel()), ("y", axes.get_ylabel())):
        if name:
            yield part(axis, [name])


def _is_joined(line: Any) -> bool:
    """Return whether a line's points are joined: `plot(x, y, "o")` draws points alone."""
    return str(line.get_linestyle()) not in ("None", "", " ")


def _labels(artists: Sequence[Any]) -> list[str]:
    labels = (str(artist.get_label() or "") for artist in artists)
    return list(dict.fromkeys(label for label in labels if label and not label.startswith("_")))
