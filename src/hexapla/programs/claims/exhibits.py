"""Exhibits: what an author shows below a block of what it shows, otherwise than as its text.

A picture, a table, a file that is taken in, data in another layout. They stay, and the page need not say it twice.
"""

import ast
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.model.block import Block, blocks
from hexapla.model.output import Figure, Kind, Output, Text
from hexapla.programs.output_labels import COLONS, names_output

_BETWEEN = 3
"""How many lines of a paragraph may stand between a block and what is shown of it."""
_LONGEST = 400
"""How many lines below a block are read."""
_PICTURE = re.compile(
    r"\[?!\[[^\n]*\]\(|(?:<(?:p|div|figure|center|a|picture)\b[^<>]*+>\s*+)*+<(?:img|video|iframe|svg)\b",
    re.IGNORECASE,
)
_DRAWN_TEXT = re.compile(r"\.svg\b", re.IGNORECASE)
"""Of a picture that tools draw of what a terminal shows."""
_TAKEN_IN = re.compile(r"-{1,}+8<-{1,}+[ \t]++\S|\{%-?[ \t]*+include\b|\{!|\{\{")
_DELIMITER = re.compile(r"\|?[ \t]*+:?-{1,}+[-:| \t]*+\Z")
_TAB = re.compile(r"===[!+]*+[ ]++\"(?P<label>[^\"\n]*+)\"[ ]*+\Z")
_NO_PARAGRAPH = re.compile(
    r"#{1,6}[ \t]|[`~]{3}|[|>]|(?:[-*+]|\d{1,3}[.)])[ \t]|!!!|\?\?\?|/{3}|:{3}|={3}|<|\[?!\["
)
_STRING = re.compile(r"\"[^\"\n]++\"|'[^'\"\n]++'")
_DATA = (dict, list)
_LARGE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exhibit:
    """What stands below a block."""

    picture: str = ""
    """What shows one; empty for none."""
    taken_in: bool = False
    cells: frozenset[str] = frozenset()
    """What the cells of a table say."""
    fences: tuple[str, ...] = ()


def unexhibited(body: str, block: Block, outputs: Sequence[Output]) -> tuple[Output, ...]:
    """Return those of a block's outputs that nothing of the kind shows below it."""
    if not outputs:
        return ()
    exhibit = _exhibit([*itertools.islice(_rows(body, block), _LONGEST)])
    return tuple(output for output in outputs if not _is_shown(output, exhibit))


def _is_shown(output: Output, exhibit: _Exhibit) -> bool:
    if _DRAWN_TEXT.search(exhibit.picture):
        return True
    if isinstance(output, Figure):
        return bool(exhibit.picture) or exhibit.taken_in
    if output.kind is Kind.ERROR:
        return False
    if exhibit.taken_in and output.kind is Kind.VALUE:
        return True
    if output.markup and (exhibit.picture or exhibit.cells):
        return True
    return _says(exhibit.cells, output) or any(_is_same(fence, output.text) for fence in exhibit.fences)


def _says(cells: frozenset[str], output: Text) -> bool:
    """Return whether nearly all that the cells of a table say stands in a text."""
    words = set(re.findall(r"[^\s│┆|]++", output.text))
    said = [cell for cell in cells if not words.isdisjoint(cell.split())]
    return bool(cells) and 4 * len(said) >= 3 * len(cells)


def _is_same(typed: str, text: str) -> bool:
    """Return whether a text is, or ends with, what a fence holds, or is the same data laid out otherwise."""
    words, printed = typed.split(), text.split()
    if words and words == printed[-len(words) :] and 2 * len(words) > len(printed):
        return True
    if max(len(typed), len(text)) > _LARGE:
        return False
    known, real = _data(typed), _data(text)
    if known is None and real is not None and typed.lstrip()[:1] in ("{", "["):
        # With what no reader minds: a comma too many, a remark, what is left out.
        said, there = ({word.strip("'\"") for word in _STRING.findall(side)} for side in (typed, text))
        return bool(said) and 4 * len(said & there) >= 3 * len(said)
    if isinstance(known, dict) and isinstance(real, dict):
        # Who shows data shows what they are made of; some values are of the day.
        return 2 * len(known.keys() & real.keys()) > max(len(known), len(real))
    return known is not None and known == real


def _data(text: str) -> object:
    """Return the data that a text writes, as JSON or in Python, maybe as a string of JSON; None for none."""
    for read in (json.loads, ast.literal_eval):
        try:
            data = read(text.strip())
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(data, str) and data[:1] in ("{", "["):
            return _data(data)
        return data if isinstance(data, _DATA) else None
    return None


def _exhibit(rows: Sequence[str]) -> _Exhibit:
    """Return what the rows below a block show, at their beginning or behind a short paragraph."""
    start = _filled(rows, 0)
    lead = ""
    if start < len(rows) and not _NO_PARAGRAPH.match(rows[start]) and not _is_table(rows, start):
        end = next((at for at in range(start, len(rows)) if not rows[at].strip()), len(rows))
        if end - start > _BETWEEN or any(map(_TAKEN_IN.match, rows[start:end])):
            end = start
        lead = rows[end - 1].strip() if end > start else ""
        start = _filled(rows, end)
    if start >= len(rows):
        return _Exhibit()
    first, announced = "\n".join(rows[start : start + _BETWEEN]), not lead or lead.endswith(tuple(COLONS))
    fences = tuple(fence.code for fence in blocks("\n".join(rows[start:]))[:2] if fence.closed)
    return _Exhibit(
        picture=first if _PICTURE.match(first) else "",
        taken_in=announced and bool(_TAKEN_IN.match(first)),
        cells=frozenset(_cells(rows, start)) if announced and _is_table(rows, start) else frozenset(),
        fences=fences if rows[start].startswith(("```", "~~~")) else (),
    )


def _is_table(rows: Sequence[str], start: int) -> bool:
    head = rows[start : start + 2]
    return len(head) == 2 and all("|" in row for row in head) and bool(_DELIMITER.match(head[1].strip()))


def _cells(rows: Sequence[str], start: int) -> Iterator[str]:
    """Yield what the cells of a table say, without the marks of Markdown."""
    lines = itertools.takewhile(lambda row: "|" in row, (rows[start], *rows[start + 2 :]))
    parts = (part.strip(" \t`*") for line in lines for part in line.split("|"))
    return filter(None, parts)


def _filled(rows: Sequence[str], start: int) -> int:
    return next((at for at in range(start, len(rows)) if rows[at].strip()), len(rows))


def _rows(body: str, block: Block) -> Iterator[str]:
    """Yield the lines below a block as they stand in its container, and where it is a tab, below its set.

    Of the other tabs of the set, those whose name says so are what a block above shows.
    """
    indent, skipped = len(block.prefix) if not block.prefix.strip() else 0, -1
    start = block.end
    while start < len(body):
        end = body.find("\n", start)
        end = len(body) if end < 0 else end
        line, start = body[start:end], end + 1
        text = line.removeprefix(block.prefix) if block.prefix.strip() else line
        blanks = len(text) - len(text.lstrip(" "))
        if not text.strip():
            yield ""
            continue
        if 0 <= skipped < blanks:
            continue
        skipped = -1
        if blanks < indent and (tab := _TAB.match(text.strip())):
            inside = names_output(tab["label"])
            indent, skipped = (blanks + 4, -1) if inside else (blanks, blanks)
            continue
        indent = min(indent, blanks)
        yield text[indent:]
