"""Showing: which statements show something, and where they end, below which an author may have typed it."""

import ast
from collections.abc import Iterator

from hexapla.programs.output_labels import COLONS

_PRINTING = frozenset({"print", "pprint", "display", "pp"})


def may_show(node: ast.stmt) -> bool:
    """Return whether a statement is one below which its output may stand."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Import() | ast.ImportFrom():
            return False
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            return any(isinstance(part, ast.Call) for part in ast.walk(value)) if value else False
    return not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def rows_that_show(tree: ast.Module) -> dict[int, int]:
    """Return the last row and the column of every statement that shows something."""
    rows: dict[int, int] = {}
    top = set(tree.body)
    for node in _statements(tree.body):
        if isinstance(node, ast.Expr) and (node in top or prints(node)):
            value = node.value
            if not isinstance(value, ast.Constant | ast.Yield | ast.YieldFrom):
                rows[(node.end_lineno or node.lineno) - 1] = node.col_offset
    return rows


def words_before_values(tree: ast.Module) -> dict[int, str]:
    """Return, by the last row of a `print`, the words that it prints before its first value."""
    leads: dict[int, str] = {}
    for node in _statements(tree.body):
        match node:
            case ast.Expr(value=ast.Call(args=[first, *more])) if prints(node):
                parts = first.values if isinstance(first, ast.JoinedStr) else [first]
                text = parts[0].value if parts and isinstance(parts[0], ast.Constant) else ""
                lead = text.strip() if isinstance(text, str) and (more or len(parts) > 1) else ""
                if lead.endswith((*COLONS, "=")) or len(lead.split()) > 1:
                    leads[(node.end_lineno or node.lineno) - 1] = lead
    return leads


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and the statements inside them, without looking into expressions."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements([*getattr(node, name, ())])


def prints(statement: ast.stmt) -> bool:
    """Return whether a statement is a call of `print` or the like."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    func = statement.value.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in _PRINTING
