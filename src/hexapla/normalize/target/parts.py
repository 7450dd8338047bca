"""Parts: many short texts, each shown as if it stood alone, for little more than one page of them costs."""

import itertools
from collections.abc import Callable, Iterator, Sequence

from hexapla.normalize.target.structure import Unit, skeleton

_WORD = "hexaplabetweenparts"
_BETWEEN = skeleton(f"<p>{_WORD}</p>")[0]
"""A paragraph of one word parts two texts."""
TOGETHER = 40
"""So many are read at once: where one of them swallows what is below, each of these is read by itself."""


def together(texts: Sequence[str]) -> str:
    """Return one text of several."""
    return f"\n\n{_WORD}\n\n".join(texts)


def apart(units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """Return what is shown of each of several texts of which one was made, notes left out."""
    pieces: list[list[Unit]] = [[]]
    for unit in units:
        if unit == _BETWEEN:
            pieces.append([])
        elif unit[0] != "footnote":
            pieces[-1].append(unit)
    return list(map(tuple, pieces))


def parts(texts: Sequence[str], show: Callable[[str], str]) -> Iterator[tuple[Unit, ...]]:
    """Yield the units of each text, notes left out; `show` makes HTML of Markdown."""
    for at in range(0, len(texts), TOGETHER):
        group = texts[at : at + TOGETHER]
        shown = apart(skeleton(show(together(group))))
        if len(shown) != len(group):
            shown = [tuple(itertools.chain(*apart(skeleton(show(text))))) for text in group]
        yield from shown
