"""Unsolved: code that readers have to complete. What it will show, nobody has run."""

import ast
import functools
import re
from collections.abc import Collection

from hexapla.programs.parse import prepare

_TO_DO = re.compile(r"\b(?:TODO|FIXME)\b")


def is_unsolved(code: str, before: tuple[str, ...], names: Collection[str]) -> bool:
    """Return whether what code prints is left to the reader to make right: it says what is to be done, or does nothing.

    `names` are those that its value comes from, `before` has the code of the cells before it.
    """
    left: set[str] = set()
    for cell in before:
        left = (left - _defined(cell)) | (_to_do(cell) - {""})
    idle = ((left - _defined(code)) | _to_do(code)) & {*names, ""}
    return bool(idle) and not idle <= frozenset[str]().union(*map(_bases, (*before, code)))


@functools.lru_cache(maxsize=64)
def _to_do(code: str) -> frozenset[str]:
    """Return the names of functions that do nothing yet, and of classes with one; an empty one where code says so."""
    idle = {name for name, node in _definitions(code).items() if _is_idle(node)}
    remarks = (line.partition("#")[2] for line in code.splitlines())
    return frozenset(idle | {""} if any(map(_TO_DO.search, remarks)) else idle)


def _definitions(code: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes that code defines, by name: each as it is in the end."""
    tree = prepare(code).tree
    nodes = tree.body if tree else ()
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@functools.lru_cache(maxsize=64)
def _defined(code: str) -> frozenset[str]:
    return frozenset(_definitions(code))


def _is_idle(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Return whether a function, or a method of a class that is no special one, does nothing."""
    if isinstance(node, ast.FunctionDef):
        return all(map(_does_nothing, node.body))
    methods = (part for part in node.body if isinstance(part, ast.FunctionDef))
    return any(not part.name.startswith("__") and _is_idle(part) for part in methods)


@functools.lru_cache(maxsize=64)
def _bases(code: str) -> frozenset[str]:
    """Return the names of classes of which others are made, which do what they leave open."""
    tree = prepare(code).tree
    classes = (node for node in (ast.walk(tree) if tree else ()) if isinstance(node, ast.ClassDef))
    return frozenset(base.id for node in classes for base in node.bases if isinstance(base, ast.Name))


def _does_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
