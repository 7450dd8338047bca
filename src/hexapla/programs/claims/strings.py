"""Strings: what stands in quotes below a statement of a block, as its output: `'''Output: 3'''`.

Python has no comments of several lines, so that authors type outputs as strings that do nothing.
"""

import ast
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.model.output import Sureness
from hexapla.programs.output_labels import COLONS, is_label, split_comment

_LABELLED_LINE = 60
"""Of how many characters a line is that may hold nothing but a label, or fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A string below a statement; rows are 0-based lines of the code."""

    first: int
    last: int
    above: ast.stmt
    text: str
    label: str
    sureness: Sureness


def strings_below(tree: ast.Module, rows: Sequence[str]) -> Iterator[Quoted]:
    """Yield the strings of a program that stand on rows of their own, each below a statement that is none."""
    for above, node in zip(tree.body, tree.body[1:], strict=False):
        match node:
            case ast.Expr(value=ast.Constant(value=str(value))) if value.strip():
                if not _is_constant(above) and _is_alone(node, above, rows):
                    yield _quoted(node, above, value)


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_alone(node: ast.stmt, above: ast.stmt, rows: Sequence[str]) -> bool:
    """Return whether nothing else stands on the rows of a statement."""
    behind = rows[_end(node)].encode()[node.end_col_offset or 0 :].strip()
    return not behind and node.lineno - 1 > _end(above)


def _end(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - 1


def _quoted(node: ast.stmt, above: ast.stmt, value: str) -> Quoted:
    text = textwrap.dedent(value.strip("\n")).strip()
    first, _, below = text.partition("\n")
    label, rest = split_comment(first)
    if not label and len(first) <= _LABELLED_LINE and is_label(first.strip(COLONS + " ")):
        label, rest = first.strip(COLONS + " "), ""
    if label:
        text = "\n".join(filter(None, (rest, below))) or text
    several = "\n" in text or node.lineno != node.end_lineno
    sureness = Sureness.SURE if label else Sureness.PLAUSIBLE if several else Sureness.POSSIBLE
    return Quoted(
        first=node.lineno - 1, last=_end(node), above=above, text=text, label=label, sureness=sureness
    )
