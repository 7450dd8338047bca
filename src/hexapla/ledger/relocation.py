"""Relocation: the lines of a program that recorded outputs name, where those lines have moved since.

Outputs name a line as `cell 3, line 2`, so that prose above a cell changes nothing. But a comment in it moves its
lines, on the page of a translation a cell has other comments, and its author looks for the line in the post.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.model.output import Output, Text
from hexapla.model.program import Cell, Program
from hexapla.programs.parse import prepare

_REST = r"(?P<rest>[^\n]*+(?:\n[ \t]++(?P<source>[^\n]++))?)"
_MENTION = re.compile(rf"\bcell (?P<cell>[0-9]{{1,9}}), line (?P<line>[0-9]{{1,9}})(?![0-9]){_REST}")
"""A frame of a traceback (`cell 3, line 2, in f`) or a warning (`cell 3, line 2: UserWarning`), with its source."""
_OLD_MENTION = re.compile(r'(?<=[^"\n:])\.md(?P<mark>", line |:)(?P<line>[0-9]{1,9})(?![0-9])')
"""The same as ledgers had it in the past: `File "posts/a.md", line 3` and `posts/a.md:3`. It begins with the end of the
path: whoever began with the path would read a line anew at each of its signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A line of a cell that an output names."""

    start: int
    """Where it begins in the output, and where what it says of the line ends."""
    end: int
    cell: int
    """Which cell of the program, from 1."""
    line: int
    """Which line of the cell, from 1."""
    rest: str
    """What follows the line's number, the source included."""
    source: str
    """The line's own text, without indentation; empty where it is not shown."""

    def at(self, cell: int, line: int) -> str:
        """Return the words for another line, what follows them included."""
        return f"cell {cell}, line {line}{self.rest}"


def mentions(text: str) -> Iterator[Mention]:
    """Yield the lines of cells that an output names, in order."""
    for match in _MENTION.finditer(text) if ", line " in text else ():
        yield Mention(
            start=match.start(),
            end=match.end(),
            cell=int(match["cell"]),
            line=int(match["line"]),
            rest=match["rest"],
            source=match["source"] or "",
        )


def names_lines(outputs: Sequence[Output]) -> bool:
    """Return whether outputs name a line of a cell."""
    return any(isinstance(output, Text) and any(mentions(output.text)) for output in outputs)


def _rewritten(text: str, words_of: Callable[[Mention], str | None]) -> str:
    """Return a text with other words for the lines that it names; None leaves them as they are."""
    parts, end = [], 0
    for mention in mentions(text):
        if (words := words_of(mention)) is not None:
            parts += [text[end : mention.start], words]
            end = mention.end
    return "".join((*parts, text[end:]))


def _all_rewritten(
    outputs: tuple[Output, ...], words_of: Callable[[Mention], str | None]
) -> tuple[Output, ...]:
    return tuple(
        replace(output, text=_rewritten(output.text, words_of)) if isinstance(output, Text) else output
        for output in outputs
    )


def _cell_of(mention: Mention, program: Program, index: int) -> int:
    """Return which cell of a program a line belongs to that an output of the one at `index` names; -1 for none.

    Where it runs alone, it is that one, whichever it was when its output was recorded.
    """
    number = index if program.is_alone(program.cells[index]) else mention.cell - 1
    return number if number <= index else -1


def relocated(outputs: tuple[Output, ...], program: Program, index: int) -> tuple[Output, ...]:
    """Return outputs of a program's cell at `index` that name the lines which its cells have today."""
    row_now = functools.cache(_row_now)

    def words_now(mention: Mention) -> str | None:
        number = _cell_of(mention, program, index)
        if number < 0:
            return None
        row = row_now(program.cells[number].code, mention.line - 1, mention.source)
        return mention.at(number + 1, row + 1)

    return _all_rewritten(outputs, words_now)


def relocated_to_translation(
    outputs: tuple[Output, ...], program: Program, index: int, translation: Mapping[str, Cell]
) -> tuple[Output, ...]:
    """Return outputs of a program's cell at `index` that name the lines of a translation; it has its cells by id.

    A line stays the original's where the two do not have the same statements.
    """
    rows_of = functools.cache(_rows)

    def words_there(mention: Mention) -> str | None:
        number = _cell_of(mention, program, index)
        cell = program.cells[number] if number >= 0 else None
        twin = translation.get(cell.id) if cell else None
        if cell is None or twin is None:
            return None
        row = rows_of(cell.code, twin.code).get(mention.line - 1)
        if row is None:
            return None
        source, line = mention.source, twin.code.split("\n")[row].strip()
        same = source and source.split("#")[0].rstrip() == line.split("#")[0].rstrip()
        rest = mention.rest.removesuffix(source) + line if same else mention.rest
        return replace(mention, rest=rest).at(number + 1, row + 1)

    return _all_rewritten(outputs, words_there)


def in_posts(text: str, program: Program) -> str:
    """Return an output that names the lines of posts, where its author finds them."""

    def words_there(mention: Mention) -> str | None:
        if not 0 < mention.cell <= len(program.cells):
            return None
        cell = program.cells[mention.cell - 1]
        line = cell.line + mention.line - 1
        if mention.rest.startswith(":"):
            return f"{cell.path}:{line}{mention.rest}"
        return f'File "{cell.path}", line {line}{mention.rest}'

    return _rewritten(text, words_there)


def modernized(outputs: tuple[Output, ...], places: Sequence[str]) -> tuple[Output, ...]:
    """Return outputs of a ledger that named lines of posts; `places` are its cells' up to theirs, as `path:line`."""

    def text_now(text: str) -> str:
        parts, end = [], 0
        for match in _OLD_MENTION.finditer(text):
            row = text.rfind("\n", 0, match.start()) + 1
            start = max(row, end, *(text.rfind(sign, row, match.start()) + 1 for sign in '":'))
            number, line = _old_cell(places, f"{text[start : match.start()]}.md", int(match["line"]))
            if number:
                start -= 6 * text.endswith('File "', row, start)
                parts += [text[end:start], f"cell {number}, line {line}"]
                end = match.end()
        return "".join((*parts, text[end:]))

    return tuple(
        replace(output, text=text_now(output.text)) if places and isinstance(output, Text) else output
        for output in outputs
    )


def _old_cell(places: Sequence[str], path: str, line: int) -> tuple[int, int]:
    """Return which cell a post's line belonged to and which of its lines it was, both from 1; 0 where it was none's."""
    for number in range(len(places), 0, -1):
        cell_path, _, first = places[number - 1].rpartition(":")
        if cell_path == path and line >= int(first):
            return number, line - int(first) + 1
    return 0, 0


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


def _row_now(code: str, row: int, source: str) -> int:
    """Return which line of a cell an output means: comments and blank lines may have moved it within the cell."""
    lines = [line.strip() for line in code.split("\n")]
    if not source or (row < len(lines) and lines[row] == source.strip()):
        return row
    alike = [index for index, line in enumerate(lines) if line == source.strip()]
    return min(alike, key=lambda index: abs(index - row), default=row)
