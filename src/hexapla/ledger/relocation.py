"""Relocation: the lines of the posts that recorded outputs name, where those lines have moved since.

Prose above a cell makes nothing stale, so a traceback stays recorded; but it must name the line that a reader
of the post finds today. With an output that names a post the places of its cells are recorded. On the page of a
translation it names that translation's lines.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.model.output import Output, Text
from hexapla.model.program import Cell
from hexapla.programs.parse import prepare

# It begins with the end of the path: whoever began with the path would read a line anew at each of its signs.
_MENTION = re.compile(
    r'(?<=[^"\n:])\.md(?P<mark>", line |:)(?P<line>[0-9]{1,9})(?![0-9])'
    r"(?P<rest>[^\n]*+(?:\n[ \t]++(?P<source>[^\n]++))?)"
)
"""A frame of a traceback (`File "posts/a.md", line 3`) or a warning (`posts/a.md:3: UserWarning`), with its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A line of a post that an output names."""

    start: int
    """Where its path begins in the output, and where what it says of the line ends."""
    end: int
    path: str
    mark: str
    """What stands between the path and the line."""
    line: int
    rest: str
    """What follows the line's number, the source included."""
    source: str
    """The line's own text, without indentation; empty where it is not shown."""


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield the lines of posts that an output names, in order."""
    for match in _MENTION.finditer(text):
        row = text.rfind("\n", 0, match.start()) + 1
        start = max(row, *(text.rfind(sign, row, match.start()) + 1 for sign in '":'))
        yield _Mention(
            start=start,
            end=match.end(),
            path=text[start : match.start()] + ".md",
            mark=match["mark"],
            line=int(match["line"]),
            rest=match["rest"],
            source=match["source"] or "",
        )


def _rewritten(
    outputs: tuple[Output, ...], mention_now: Callable[[_Mention], str | None]
) -> tuple[Output, ...]:
    """Return outputs with other words for the lines that they name; None leaves them as they are."""

    def text_now(text: str) -> str:
        parts, end = [], 0
        for mention in _mentions(text):
            if (words := mention_now(mention)) is not None:
                parts += [text[end : mention.start], words]
                end = mention.end
        return "".join((*parts, text[end:]))

    return tuple(
        replace(output, text=text_now(output.text)) if isinstance(output, Text) else output
        for output in outputs
    )


def places(cells: Sequence[Cell], outputs: Sequence[Output]) -> tuple[str, ...]:
    """Return where cells stand, as `path:line` each; nothing where the outputs of the last name no post."""
    paths = {cell.path for cell in cells}
    named = any(
        mention.path in paths
        for output in outputs
        if isinstance(output, Text)
        for mention in _mentions(output.text)
    )
    return tuple(f"{cell.path}:{cell.line}" for cell in cells) if named else ()


def relocated(outputs: tuple[Output, ...], before: Sequence[str], now: Sequence[Cell]) -> tuple[Output, ...]:
    """Return outputs whose posts and lines are those of today's cells; `before` are the recorded places.

    The same cells stand behind both, the last ones for one another.
    """
    pairs = list(zip(reversed(before), reversed(now), strict=False))
    row_now = functools.cache(_row_now)

    def mention_now(mention: _Mention) -> str | None:
        cell, row = _cell_at(pairs, mention.path, mention.line)
        if cell is None:
            return None
        line = cell.line + row_now(cell.code, row, mention.source)
        return f"{cell.path}{mention.mark}{line}{mention.rest}"

    return _rewritten(outputs, mention_now)


def relocated_to_translation(
    outputs: tuple[Output, ...], cells: Sequence[Cell], translation: Mapping[str, Cell]
) -> tuple[Output, ...]:
    """Return outputs that name the lines of a translation, where they name the original's.

    `cells` are those that the outputs' lines may belong to, in order; `translation` has its own, by id. A line
    stays the original's where the two do not have the same statements.
    """
    pairs = [(f"{cell.path}:{cell.line}", cell) for cell in reversed(cells)]
    rows_of = functools.cache(_rows)

    def mention_now(mention: _Mention) -> str | None:
        cell, row = _cell_at(pairs, mention.path, mention.line)
        twin = translation.get(cell.id) if cell else None
        if cell is None or twin is None:
            return None
        twin_row = rows_of(cell.code, twin.code).get(row)
        if twin_row is None:
            return None
        source, line = mention.source, twin.code.split("\n")[twin_row].strip()
        same = source and source.split("#")[0].rstrip() == line.split("#")[0].rstrip()
        rest = mention.rest.removesuffix(source) + line if same else mention.rest
        return f"{twin.path}{mention.mark}{twin.line + twin_row}{rest}"

    return _rewritten(outputs, mention_now)


def _rows(code: str, code_there: str) -> dict[int, int]:
    """Return which line of another text of a program each line is, both from 0; none where they are not alike."""
    first, second = (prepare(text).tree for text in (code, code_there))
    if first is None or second is None:
        return {}
    nodes, others = list(ast.walk(first)), list(ast.walk(second))
    if [type(node) for node in nodes] != [type(node) for node in others]:
        return {}
    rows: dict[int, int] = {}
    for node, twin in zip(nodes, others, strict=True):
        for side in ("lineno", "end_lineno"):
            if hasattr(node, side):
                rows.setdefault(getattr(node, side) - 1, getattr(twin, side) - 1)
    return rows


def _cell_at(pairs: Sequence[tuple[str, Cell]], path: str, line: int) -> tuple[Cell | None, int]:
    """Return the cell that a line belonged to, and which of its lines it was, from 0; None where it was none's."""
    for place, cell in pairs:
        cell_path, _, first = place.rpartition(":")
        row = line - int(first)
        if cell_path == path and row >= 0:
            return cell, row
    return None, 0


def _row_now(code: str, row: int, source: str) -> int:
    """Return which line of a cell an output means: comments and blank lines may have moved it within the cell."""
    lines = [line.strip() for line in code.split("\n")]
    if not source or (row < len(lines) and lines[row] == source.strip()):
        return row
    alike = [index for index, line in enumerate(lines) if line == source.strip()]
    return min(alike, key=lambda index: abs(index - row), default=row)
