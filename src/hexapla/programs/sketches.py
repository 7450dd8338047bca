"""Sketches: code in which `...` stands for what its readers have, so that nothing that it shows is news."""

import ast
from collections.abc import Iterator

from hexapla.programs.parse import prepare

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def is_sketch(code: str) -> bool:
    """Return whether a block's own statements leave something out: `f(...)`, `x = ...`, or `...` between others.

    What definitions say is none of these: `Field(...)` in a class and `Query(...)` in a signature mean `...` itself, as
    `x[..., 0]` and `tuple[int, ...]` do, and a body that is left out is called by nobody, or returns nothing.
    """
    tree = prepare(code).tree if "..." in code else None
    return tree is not None and any(map(_leaves_out, _nodes(tree)))


def is_fragment(code: str) -> bool:
    """Return whether a block's code is cut out of something: its first line is indented."""
    first = next((line for line in code.split("\n") if line.strip()), "")
    return first[:1].isspace()


def _leaves_out(node: ast.AST) -> bool:
    match node:
        case ast.Call(args=args, keywords=keywords):
            return any(map(_is_dots, (*args, *(keyword.value for keyword in keywords))))
        case ast.Assign(value=value) | ast.Expr(value=value):
            return _is_dots(value)
    return False


def _is_dots(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is run as the module is: no node inside of a definition."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _DEFINITIONS):
            yield child
            yield from _nodes(child)
