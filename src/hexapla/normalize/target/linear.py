"""Linear: what Python-Markdown's extensions do in time that grows with the square of a page, done once through.

The result is the same. Processors are known by the names and classes under which the libraries register them; in a
release that has others, theirs runs.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
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
    marks: Any = "footnote" in markdown.inlinePatterns and markdown.inlinePatterns["footnote"]
    if [type(marks), type(getattr(marks, "footnotes", None))] == [FootnoteInlineProcessor, FootnoteExtension]:
        notes: Any = marks.footnotes
        notes.unique_ref = partial(_place_of_mark, notes, notes.unique_ref)
        marks.handleMatch = _FootnoteMarks(notes)


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


def _place_of_mark(notes: Any, unique: Callable[..., str], note: str, found: bool = False) -> str:
    """Name the place of a mark: for a note's thousandth, Python-Markdown tries the names of all before it."""
    count = notes.found_refs.get(note, 0) if found else 0
    if not count:
        return unique(note, found)
    begin, separator, label = note.partition(notes.get_separator())
    next_one = f"{begin}{count + 1}{separator}{label}"
    place = unique(next_one, found)
    del notes.found_refs[next_one]
    notes.found_refs[note] = count + 1
    return place


class _FootnoteMarks:
    """Writes marks of footnotes: Python-Markdown looks through all notes for the number of each."""

    def __init__(self, notes: FootnoteExtension) -> None:
        self._notes = notes
        self._order: list[str] = []
        self._by_mark: dict[str, int] = {}
        self._by_definition: dict[str, int] = {}

    def __call__(self, match: re.Match[str], _data: str) -> tuple[Element | None, int | None, int | None]:
        label = match[1]
        if label not in self._notes.footnotes:
            return None, None, None
        mark = Element("sup")
        link = SubElement(mark, "a")
        number = self._number(label)
        mark.set("id", self._notes.makeFootnoteRefId(label, found=True))
        link.set("href", f"#{self._notes.makeFootnoteId(label)}")
        link.set("class", "footnote-ref")
        link.text = self._notes.getConfig("SUPERSCRIPT_TEXT").format(number)
        return mark, match.start(), match.end()

    def _number(self, label: str) -> int:
        """Return a note's number in the order of marks or of definitions, as the site wants it."""
        notes = self._notes
        if self._order is not notes.footnote_order:  # It is another page.
            self._order, self._by_mark, self._by_definition = notes.footnote_order, {}, {}
        if label not in self._by_mark:
            self._order.append(label)
            self._by_mark[label] = len(self._order)
        if not notes.getConfig("USE_DEFINITION_ORDER"):
            return self._by_mark[label]
        if len(self._by_definition) != len(notes.footnotes):
            self._by_definition = {name: number for number, name in enumerate(notes.footnotes, 1)}
        return self._by_definition[label]
