"""Assertions: what stood on the sides of an `assert` that failed, without changing what it does.

The operands of an `assert` in a cell itself pass through a function that remembers them and hands them back. In
functions and classes nothing is changed, since torch compiles, traces and scripts those; there the names are
looked up in the frame that failed. Line numbers, `inspect.getsource` and the exception stay as Python makes
them: what a page shows of an expected exception is what Python printed.
"""

import ast
import copy
import traceback
from collections.abc import Iterator
from types import FrameType, ModuleType
from typing import TypeVar

from hexapla.execution.hooks import hook

_LINES, _COLUMNS = 8, 160
"""How much of a value is shown."""
_OPAQUE = (ast.Constant, ast.Starred, ast.GeneratorExp, ast.Lambda, ast.JoinedStr)
"""Operands that say nothing beside the source."""
_MISSING = object()

T = TypeVar("T", bound=ast.AST)


class Watch:
    """Remembers the operands of the assertion that is being made."""

    def __init__(self) -> None:
        self._asserts: dict[str, list[ast.Assert]] = {}
        self._values: dict[tuple[str, int, int], object] = {}

    def follow(self, tree: ast.Module, path: str) -> None:
        """Note the assertions of a cell, and have the operands of those outside of functions remembered."""
        asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        if asserts:
            self._asserts.setdefault(path, []).extend(map(copy.deepcopy, asserts))
            _Remembering(path).visit(tree)

    def explain(self, error: BaseException) -> str:
        """Return the assertion that failed and its operands' values, a line each; empty for other errors."""
        if not isinstance(error, AssertionError) or error.__traceback__ is None:
            return ""
        *_, (frame, line) = traceback.walk_tb(error.__traceback__)
        known = self._asserts.get(frame.f_code.co_filename, ())
        failed = [node for node in known if node.lineno <= line <= (node.end_lineno or line)]
        if not failed:
            return ""
        rows = [f"assert {ast.unparse(failed[-1].test)}"]
        for node in _operands(failed[-1].test):
            value, name = self._value(node, frame), ast.unparse(node)
            if value is _MISSING or isinstance(value, ModuleType):
                continue
            if (shown := _shown(value)) != [name]:
                # Below one another, as the columns of a tensor stand.
                rows.append(f"{name} = {shown[0]}")
                rows += [" " * len(f"{name} = ") + row for row in shown[1:]]
        return "\n".join(rows)

    def seen(self, path: str, line: int, column: int, value: object) -> object:
        """Remember an operand, and hand it back."""
        self._values[path, line, column] = value
        return value

    def forget(self) -> None:
        """Forget the operands of an assertion that has held."""
        self._values.clear()

    def _value(self, node: ast.expr, frame: FrameType) -> object:
        place = (frame.f_code.co_filename, node.lineno, node.col_offset)
        if place in self._values:
            return self._values[place]
        names = {**frame.f_globals, **frame.f_locals}
        return names.get(node.id, _MISSING) if isinstance(node, ast.Name) else _MISSING


class _Remembering(ast.NodeTransformer):
    """Has the operands of assertions remembered until the assertion has held."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._wanted: set[int] = set()

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        """Leave functions and classes alone, and wrap what is wanted."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            return node
        if isinstance(node, ast.Assert):
            self._wanted = {id(operand) for operand in _operands(node.test)}
            node.test = self.generic_visit(ast.Expression(node.test)).body  # type: ignore[attr-defined]
            return [node, ast.fix_missing_locations(_at(node, ast.Expr(hook("forget"))))]
        if id(node) in self._wanted and isinstance(node, ast.expr):
            place = (self._path, node.lineno, node.col_offset)
            call = hook("seen", *(ast.Constant(part) for part in place), node)
            return ast.fix_missing_locations(_at(node, call))
        return self.generic_visit(node)


def _at(place: ast.AST, node: T) -> T:
    return ast.copy_location(node, place)


def _operands(test: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts of a test whose values say why it failed, from left to right."""
    match test:
        case ast.BoolOp(values=parts):
            yield from (operand for part in parts for operand in _operands(part))
        case ast.UnaryOp(op=ast.Not(), operand=part):
            yield from _operands(part)
        case ast.Compare(left=left, comparators=right):
            yield from (part for part in (left, *right) if not isinstance(part, _OPAQUE))
        case ast.Call(func=func, args=args, keywords=words):
            if isinstance(func, ast.Attribute):
                yield from _operands(func.value)
            yield from (
                part for part in (*args, *(word.value for word in words)) if not isinstance(part, _OPAQUE)
            )
        case _:
            if not isinstance(test, _OPAQUE):
                yield test


def _shown(value: object) -> list[str]:
    """Return the lines of a value's `repr`, as many as can be read at a glance."""
    try:
        lines = repr(value).split("\n")
    except Exception as error:
        return [f"<its repr raised {type(error).__name__}>"]
    cut = [line if len(line) <= _COLUMNS else f"{line[:_COLUMNS]}…" for line in lines[:_LINES]]
    return [*cut, f"… {len(lines) - _LINES} more lines"] if len(lines) > _LINES else cut
