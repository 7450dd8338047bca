"""Copy code: the original's code with what a translation may have of its own: comments and translated strings."""

import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hexapla.model.article import Level
from hexapla.model.block import Edit, splice
from hexapla.programs.align.damage import is_prose
from hexapla.programs.align.relation import relate
from hexapla.programs.parse import prepare
from hexapla.programs.tokens import tokens_of

_BEFORE = 2
"""How many tokens before a string must be the same on both sides."""
_ALIKE = 0.5
"""Lines of which this much agrees may be the same line, changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line of code with its comments."""

    row: int
    code: str
    """The line's code without its blanks; empty for what stands below the last line of code."""
    beside: str
    column: int
    """Where the comment beside it begins."""
    above: tuple[int, ...]
    """The rows of the comments between this line of code and the one before."""


def with_comments(original: str, translation: str, *, alike: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the original's code with the translation's comments, and those that found no place.

    A comment goes where it stands above or beside the same line of code; there the original's gives way to
    it. With `alike`, a line that only resembles the original's counts as the same: right where the
    translation is at fault, but not where the original has moved on, for then its comments may have too.
    """
    lines, translated = original.split("\n"), translation.split("\n")
    first, second = _rows(original), _rows(translation)
    twins = _twins(first, second, alike=alike)
    lost: list[str] = []
    for index, row in enumerate(second):
        if index not in twins:
            lost += [translated[at].strip() for at in row.above] + ([row.beside] if row.beside else [])
    into: dict[int, list[str]] = {}
    for index, twin in twins.items():
        row, target = second[index], first[twin]
        if row.beside:
            code = lines[target.row][: target.column].rstrip()
            gap = lines[target.row][len(code) : target.column] if target.beside else "  "
            lines[target.row] = f"{code}{gap or '  '}{row.beside}"
        if row.above:
            at = target.above[0] if target.above else target.row
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())] if at < len(lines) else ""
            into[at] = [indent + translated[above].strip() for above in row.above]
            for gone in target.above:
                into.setdefault(gone, [])
    comments = {at for row in first for at in row.above}
    merged = [
        text
        for at, line in enumerate(lines)
        for text in (*into.get(at, ()), *([] if at in into and at in comments else [line]))
    ]
    return "\n".join(merged), tuple(lost)


def _twins(first: Sequence[_Row], second: Sequence[_Row], *, alike: bool) -> dict[int, int]:
    """Return for each row of the second code the row of the first that it stands for."""
    left, right = [row.code for row in first], [row.code for row in second]
    twins: dict[int, int] = {}
    for tag, i, k, j, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for row, twin in zip(range(j, m), range(i, k), strict=False):
            if tag == "equal" or (
                alike and k - i == m - j and SequenceMatcher(None, left[twin], right[row]).ratio() >= _ALIKE
            ):
                twins[row] = twin
    return twins


def with_strings(original: str, translation: str) -> str:
    """Return the original's code with the strings that the translation has in the same places.

    Only those that may be translated: no address, key, option or placeholder becomes another.
    """
    edits = [
        edit for edit in _replaced(original, translation) if _is_localized(original, splice(original, [edit]))
    ]
    carried = splice(original, edits)
    return carried if edits and _is_localized(original, carried) else original


def with_marks(original: str, translation: str) -> str:
    """Return a translation's code whose comments have their marks again; empty where that is not all it lacks."""
    lines = translation.split("\n")
    for _ in lines:
        prepared = prepare("\n".join(lines))
        if prepared.tree is not None:
            break
        line = lines[prepared.fault_line] if prepared.fault_line < len(lines) else ""
        if not is_prose(line):
            return ""
        indent = line[: len(line) - len(line.lstrip())]
        lines[prepared.fault_line] = f"{indent}# {line.lstrip()}"
    marked = "\n".join(lines)
    return marked if marked != translation and _is_localized(original, marked) else ""


def _is_localized(original: str, code: str) -> bool:
    relation = relate(original, code)
    return relation.level in (Level.IDENTICAL, Level.LOCALIZED) and not relation.faults


def _replaced(original: str, translation: str) -> list[Edit]:
    """Return edits that put the translation's strings in the place of the original's, where the code agrees."""
    first, second = _tokens(original), _tokens(translation)
    left, right = (
        ["§" if token.type == tokenize.STRING else token.string for token in tokens]
        for tokens in (first, second)
    )
    starts = [0]
    for line in original.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    edits = []
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for index in range(block.size):
            before, after = first[block.a + index], second[block.b + index]
            # What stands before it must agree as well: `print(`, `x =`.
            if before.type == tokenize.STRING and before.string != after.string and index >= _BEFORE:
                (row, column), (last, end) = before.start, before.end
                edits.append(
                    Edit(start=starts[row - 1] + column, end=starts[last - 1] + end, text=after.string)
                )
    return edits


def _tokens(code: str) -> list[tokenize.TokenInfo]:
    """Return a code's tokens without comments and blank lines; none where they cannot be read."""
    tokens = tokens_of(code)
    kept = [token for token in tokens.read if token.type not in (tokenize.COMMENT, tokenize.NL)]
    return kept if tokens.complete else []


def _rows(code: str) -> list[_Row]:
    """Return the lines of code with their comments, and last the end of the code."""
    lines = code.split("\n")
    comments = _comments(code, lines)
    rows: list[_Row] = []
    above: list[int] = []
    for row, line in enumerate(lines):
        column = comments.get(row, len(line))
        bare = "".join(line[:column].split())
        if bare:
            rows.append(
                _Row(row=row, code=bare, beside=line[column:].rstrip(), column=column, above=tuple(above))
            )
            above = []
        elif row in comments:
            above.append(row)
    end = len(code.rstrip("\n").split("\n"))
    return [*rows, _Row(row=end, code="", beside="", column=0, above=tuple(above))]


def _comments(code: str, lines: Sequence[str]) -> dict[int, int]:
    """Return the column at which each row's comment begins; where Python cannot read on, of whole lines only."""
    tokens = tokens_of(code)
    columns = {token.start[0] - 1: token.start[1] for token in tokens.read if token.type == tokenize.COMMENT}
    if not tokens.complete:
        reached = tokens.read[-1].start[0] - 1 if tokens.read else 0
        rest = ((row, line) for row, line in enumerate(lines) if row > reached)
        columns |= {
            row: len(line) - len(line.lstrip()) for row, line in rest if line.lstrip().startswith("#")
        }
    return columns
