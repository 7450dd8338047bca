"""Hooks: what of ours a cell's code calls, by no name that its program could see or write.

A constant stands for it until the code is compiled; then it is put into the constant's place.
"""

import ast
from collections.abc import Callable
from types import CodeType

_MARK = frozenset({"@hexapla"})


class Hooks:
    """What may be called, by name. As a constant of code it has a hash, and is equal to itself alone."""

    def __init__(self, **hooks: Callable[..., object]) -> None:
        self.__dict__.update(hooks)


def hook(name: str, *arguments: ast.expr) -> ast.Call:
    """Return a call of one of the hooks, by its name among them."""
    place = ast.Constant(_MARK)  # type: ignore[arg-type]
    hooks = ast.Attribute(value=place, attr=name, ctx=ast.Load())
    return ast.Call(func=hooks, args=[*arguments], keywords=[])


def hooked(code: CodeType, hooks: Hooks) -> CodeType:
    """Return code whose calls are those of `hooks`."""
    return code.replace(co_consts=tuple(hooks if const == _MARK else const for const in code.co_consts))
