"""Spawning: what a process that multiprocessing spawns runs of a program: a script that defines, and does nothing.

A spawned process has no copy of its parent's memory. It runs the main module's file once more, under another name, to
find classes and functions there; were the cells themselves in it, each would begin processes of its own.
"""

import ast
import itertools
import math
import pickle
import sys

from hexapla.execution.exceptions import message_of


def definition_rows(code: str, *, assigned: bool, failed: float = math.inf) -> set[int]:
    """Return the lines of a cell, from 1, that import, or define a function or class; or assign, where `assigned`.

    `failed` is the line that raised, where one did: a spawned process would fail at it too.
    """
    kinds: tuple[type[ast.stmt], ...] = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef)
    kinds += (ast.ClassDef, *((ast.Assign, ast.AnnAssign, ast.AugAssign) if assigned else ()))
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError):
        return set()
    kept: set[int] = set()
    dropped: set[int] = set()
    for node in body:
        first = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", ()))])
        ran = (node.end_lineno or first) < failed
        (kept if ran and isinstance(node, kinds) else dropped).update(
            range(first, (node.end_lineno or first) + 1)
        )
    return kept - dropped


def processes_begun() -> str:
    """Return what tells how many processes multiprocessing has begun; before it is imported, none."""
    module = sys.modules.get("multiprocessing.process")
    return repr(getattr(module, "_process_counter", itertools.count(1)))


def hint_of(error: BaseException) -> str:
    """Return why a spawned process can't do its work, where an exception comes of that; else empty."""
    said = message_of(error)
    if isinstance(error, pickle.PicklingError | AttributeError | TypeError) and "pickle" in said.lower():
        return "A spawned process is handed objects by pickle: give it functions and classes of the cell's own level."
    if isinstance(error, RuntimeError) and "exited unexpectedly" in said:
        return "A spawned process knows what the cells define, import and assign, not what loops made."
    return ""
