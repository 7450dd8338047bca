"""Linear: what Python-Markdown's extensions do in time that grows with the square of a page, done once through.

The result is the same. Processors are known by the names and classes under which the libraries register them; in a
release that has others, theirs runs.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from markdown import Markdown
from pymdownx import superfences  # type: ignore[import-untyped]

_FENCES: dict[str, tuple[type, Callable[[str], str]]] = {
    "fenced_code_block": (superfences.SuperFencesBlockPreprocessor, str),
    "fenced_raw_block": (
        superfences.SuperFencesRawBlockPreprocessor,
        # Between other control characters, so that the next can tell.
        lambda mark: mark.replace("\2", superfences.SOH, 1)[:-1] + superfences.EOT,
    ),
}
"""Two preprocessors of superfences', each with what it writes for the mark of a fence that it took out."""


def linear(markdown: Markdown) -> None:
    """Have the processors of a `Markdown` whose extensions are all registered take as long as the page is."""
    for name, (kind, written) in _FENCES.items():
        processor: Any = name in markdown.preprocessors and markdown.preprocessors[name]
        if type(processor) is kind and hasattr(processor, "reassemble"):
            processor.reassemble = partial(_reassembled, processor, written)


def _reassembled(processor: Any, written: Callable[[str], str], lines: list[str]) -> list[str]:
    """Put marks in the place of fences: superfences copies all lines for each."""
    pieces: list[str] = []
    done = 0
    for mark, start, end in processor.stack:
        pieces += lines[done:start]
        pieces.append(written(mark))
        done = end
    processor.stack.clear()
    return pieces + lines[done:]
