"""Parting: one place at which two programs part, and the sentence that tells it."""

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hexapla.programs.align.damage import Cause

_LONGEST = 60
"""How many characters of code a sentence quotes."""
_LISTED: dict[str, tuple[str, str]] = {
    "args": ("argument-changed", "The argument"), "keywords": ("argument-changed", "The argument"),
    "posonlyargs": ("argument-changed", "The parameter"), "kwonlyargs": ("argument-changed", "The parameter"),
    "defaults": ("argument-changed", "The default"), "decorator_list": ("lines-changed", "The decorator"),
    "bases": ("value-changed", "The base"), "names": ("value-changed", "The import"),
    "handlers": ("lines-changed", "The handler"), "cases": ("lines-changed", "The case"),
}  # fmt: skip
"""The problem's code and the noun for what a field lists."""
_RENAMED: dict[type[ast.AST], str] = {
    ast.Name: "identifier-renamed", ast.arg: "identifier-renamed", ast.FunctionDef: "identifier-renamed",
    ast.ClassDef: "identifier-renamed", ast.AsyncFunctionDef: "identifier-renamed",
    ast.Attribute: "api-renamed", ast.alias: "api-renamed", ast.keyword: "api-renamed", ast.ImportFrom: "api-renamed",
}  # fmt: skip
Item = ast.AST | None
"""What a list of a node holds; None where a dictionary takes another one in."""
_SIGNS = (ast.operator, ast.cmpop, ast.unaryop, ast.boolop)


class Parting(NamedTuple):
    """One place at which two programs part."""

    code: str
    """The problem's code."""
    words: str
    """A sentence with a place for each node."""
    nodes: tuple[ast.AST, ...]
    """What the places are for."""
    lost: ast.AST | None = None
    """What is missing, where nothing stands in its place."""
    added: ast.AST | None = None
    """What the original has nothing in place of."""

    @property
    def cause(self) -> Cause:
        """The sentence with the nodes as Python writes them."""
        return Cause(self.code, self.words.format(*map(_shown, self.nodes)))


def listed(node: ast.AST, name: str, lost: Sequence[Item], added: Sequence[Item]) -> Iterator[Parting]:
    """Tell what one list has and the other lacks."""
    code, noun = _LISTED.get(name, ("value-changed", "The element"))
    noun = "The parameter" if isinstance(node, ast.arguments) and name == "args" else noun
    func = (node.func,) if isinstance(node, ast.Call) else ()
    where = " in the call of `{}`" if func else ""
    for item in filter(None, lost):
        yield Parting(code, f"{noun} `{{}}` is missing{where}.", (item, *func), lost=item)
    for item in filter(None, added):
        yield Parting(code, f"{noun} `{{}}`{where} is not in the original.", (item, *func), added=item)


def reordered(node: ast.AST, name: str) -> Parting:
    """Tell that a list has the same in another order."""
    code, noun = _LISTED.get(name, ("value-changed", "The element"))
    of = node.func if isinstance(node, ast.Call) else node
    return Parting(code, f"{noun}s of `{{}}` stand in another order.", (of,))


def around(outer: ast.stmt, inner: ast.stmt, *, lost: bool) -> Parting:
    """Tell of a compound statement that was put around others, or taken off."""
    if lost:
        return Parting("lines-dropped", "`{}` around `{}` is missing.", (outer, inner))
    return Parting("lines-added", "`{}` around `{}` is not in the original.", (outer, inner))


def renamed(before: ast.AST, after: ast.AST, first: object, second: object) -> Parting:
    """Tell of a field that is no node: a name, a number, or something that only one side has."""
    if isinstance(first, str) and isinstance(second, str) and type(before) in _RENAMED:
        return Parting(_RENAMED[type(before)], f"`{first}` became `{second}`.", ())
    if isinstance(first, bytes) and isinstance(second, bytes):
        return Parting("bytes-changed", "`{}` became `{}`.", (before, after))
    return became(before, after)


def became(before: ast.AST, after: ast.AST) -> Parting:
    """Tell that one node stands where the other one stood."""
    code = "lines-changed" if isinstance(before, ast.stmt) else "value-changed"
    code = "operator-changed" if isinstance(before, _SIGNS) else code
    code = "number-changed" if _is_number(before) and _is_number(after) else code
    return Parting(code, "`{}` became `{}`.", (before, after))


def _is_number(node: ast.AST) -> bool:
    value = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float | complex)


def _shown(node: ast.AST) -> str:
    """Return a node as Python writes it, of a statement the first line that is no decorator: cut where it is long."""
    if isinstance(node, _SIGNS):
        return type(node).__name__
    text = ast.unparse(node)
    if isinstance(node, ast.stmt):
        text = text.split("\n")[len(getattr(node, "decorator_list", ()))]
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
