"""Relocating: the lines of the posts that recorded outputs name, where those lines have moved since.

Prose above a cell makes nothing stale, so a traceback stays recorded; but it must name the line that a reader
of the post finds today. With an output that names a post the places of its cells are recorded. On the page of a
translation it names that translation's lines.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hexapla.model.output import Output, Text
from hexapla.model.program import Cell
from hexapla.programs.parse import prepare

_NAMED = re.compile(
    r'(?P<path>[^"\n:]+\.md)(?P<mark>", line |:)(?P<line>\d+)(?P<rest>[^\n]*(?:\n[ \t]+(?P<source>[^\n]+))?)'
)
"""A frame of a traceback (`File "posts/a.md", line 3`) or a warning (`posts/a.md:3: UserWarning`), with its source."""


def places(cells: Sequence[Cell], outputs: Sequence[Output]) -> tuple[str, ...]:
    """Return where cells stand, as `path:line` each; nothing where the outputs of the last name no post."""
    paths = {cell.path for cell in cells}
    named = any(
        match["path"].rpartition('"')[2] in paths
        for output in outputs
        if isinstance(output, Text)
        for match in _NAMED.finditer(output.text)
    )
    return tuple(f"{cell.path}:{cell.line}" for cell in cells) if named else ()


def relocated(outputs: tuple[Output, ...], before: Sequence[str], now: Sequence[Cell]) -> tuple[Output, ...]:
    """Return outputs whose posts and lines are those of today's cells; `before` are the recorded places.

    The same cells stand behind both, the last ones for one another.
    """
    pairs = list(zip(reversed(before), reversed(now), strict=False))
    moved = [(place, cell) for place, cell in pairs if place != f"{cell.path}:{cell.line}"]
    if not moved:
        return outputs

    def again(match: re.Match[str]) -> str:
        head, _, path = match["path"].rpartition('"')
        found = _cell_at(pairs, path, int(match["line"]))
        if found is None:
            return match.group()
        cell, row = found
        line = cell.line + _row_of(cell, row, match["source"] or "")
        quote = f'{head}"' if '"' in match["path"] else head
        return f"{quote}{cell.path}{match['mark']}{line}{match['rest']}"

    return tuple(
        replace(output, text=_NAMED.sub(again, output.text)) if isinstance(output, Text) else output
        for output in outputs
    )


def translated(
    outputs: tuple[Output, ...], cells: Sequence[Cell], own: Mapping[str, Cell]
) -> tuple[Output, ...]:
    """Return outputs that name the lines of a translation, where they name the original's.

    `cells` are those that the outputs' lines may belong to, in order; `own` has the translation's, by id. A line
    stays the original's where the two do not have the same statements.
    """
    pairs = [(f"{cell.path}:{cell.line}", cell) for cell in reversed(cells)]

    def again(match: re.Match[str]) -> str:
        head, _, path = match["path"].rpartition('"')
        cell, row = _cell_at(pairs, path, int(match["line"])) or (None, 0)
        home = own.get(cell.id) if cell else None
        if cell is None or home is None:
            return match.group()
        there = _rows(cell.code, home.code).get(row)
        if there is None:
            return match.group()
        quote = f'{head}"' if '"' in match["path"] else head
        source, line = match["source"] or "", home.code.split("\n")[there].strip()
        same = source and source.split("#")[0].rstrip() == line.split("#")[0].rstrip()
        rest = match["rest"].removesuffix(source) + line if same else match["rest"]
        return f"{quote}{home.path}{match['mark']}{home.line + there}{rest}"

    return tuple(
        replace(output, text=_NAMED.sub(again, output.text)) if isinstance(output, Text) else output
        for output in outputs
    )


def _rows(code: str, other: str) -> dict[int, int]:
    """Return which line of another text of a program each line is, both from 0; none where they are not alike."""
    first, second = (prepare(text).tree for text in (code, other))
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


def _cell_at(pairs: Sequence[tuple[str, Cell]], path: str, line: int) -> tuple[Cell, int] | None:
    """Return the cell that a line belonged to, and which of its lines it was, from 0."""
    for place, cell in pairs:
        was, _, first = place.rpartition(":")
        row = line - int(first)
        if was == path and row >= 0:
            return cell, row
    return None


def _row_of(cell: Cell, row: int, source: str) -> int:
    """Return which line of a cell an output means: comments and blank lines may have moved it within the cell."""
    lines = [line.strip() for line in cell.code.split("\n")]
    if not source or (row < len(lines) and lines[row] == source.strip()):
        return row
    same = [index for index, line in enumerate(lines) if line == source.strip()]
    return min(same, key=lambda index: abs(index - row), default=row)
