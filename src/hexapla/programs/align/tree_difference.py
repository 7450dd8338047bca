"""Tree difference: where the syntax trees of two programs part, and by what.

Statements are held against one another first, then expressions, always from the outside in: what is told is the
smallest part that holds a difference. Strings count as equal, since a translation may have its own.
"""

import ast
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.programs.align.damage import Cause
from hexapla.programs.alike import stretches
from hexapla.programs.fingerprint import loose_key

_LONGEST = 60
"""How many characters of code a sentence quotes."""
_LISTED = {
    "args": ("argument-changed", "the argument"),
    "keywords": ("argument-changed", "the argument"),
    "posonlyargs": ("argument-changed", "the parameter"),
    "kwonlyargs": ("argument-changed", "the parameter"),
    "defaults": ("argument-changed", "the default"),
    "decorator_list": ("lines-changed", "the decorator"),
    "bases": ("value-changed", "the base"),
    "names": ("value-changed", "the import"),
    "targets": ("value-changed", "the target"),
    "items": ("value-changed", "the context"),
    "generators": ("value-changed", "the loop"),
    "ifs": ("value-changed", "the condition"),
    "handlers": ("lines-changed", "the handler"),
    "cases": ("lines-changed", "the case"),
}
"""The problem's code and the noun for what a field lists."""
_RENAMED: dict[type[ast.AST], str] = {
    ast.Name: "identifier-renamed", ast.arg: "identifier-renamed", ast.FunctionDef: "identifier-renamed",
    ast.ClassDef: "identifier-renamed", ast.AsyncFunctionDef: "identifier-renamed",
    ast.Attribute: "api-renamed", ast.alias: "api-renamed", ast.keyword: "api-renamed", ast.ImportFrom: "api-renamed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeDifference:
    """All that differs between two programs."""

    parts: tuple[Cause, ...]
    """In the order of the program."""
    kept: int
    """How many statements of the original the translation has, as they are or changed."""
    whole: int
    """How many the original has; those inside of what is the same or is missing are not counted."""


def difference(original: ast.Module, translation: ast.Module) -> TreeDifference:
    """Return where two programs part."""
    walk = _Walk()
    parts = tuple(walk.bodies(original.body, translation.body))
    return TreeDifference(parts=parts, kept=walk.kept, whole=walk.whole)


class _Walk:
    """Goes down two trees side by side."""

    def __init__(self) -> None:
        self.kept = self.whole = 0

    def bodies(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Cause]:
        """Compare two sequences of statements."""
        for equal, i, k, j, m in stretches(*(list(map(loose_key, body)) for body in (before, after))):
            self.whole += k - i
            if equal:
                self.kept += k - i
            else:
                yield from self.changed(before[i:k], after[j:m])

    def changed(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Cause]:
        """Compare statements of which none is the same: those that begin alike are the same one, changed."""
        for equal, i, k, j, m in stretches(*(list(map(_head, body)) for body in (before, after))):
            pairs = list(zip(before[i:k], after[j:m], strict=k - i == m - j))
            if equal:
                self.kept += k - i
                for first, second in pairs:
                    yield from self.fields(first, second)
            elif k - i == m - j:
                for first, second in pairs:
                    parts = list(self.nodes(first, second))
                    self.kept += any(part.code != "lines-changed" for part in parts)
                    yield from parts
            else:
                for node in before[i:k]:
                    yield Cause("lines-dropped", f"`{_line(node)}` is missing.")
                for node in after[j:m]:
                    yield Cause("lines-added", f"`{_line(node)}` is not in the original.")

    def nodes(self, before: ast.AST, after: ast.AST) -> Iterator[Cause]:
        """Compare two nodes that stand in the same place."""
        if loose_key(before) == loose_key(after):
            return
        if (wrapped := _wrapped(before, after)) is not None:
            yield wrapped
        elif type(before) is type(after) and (isinstance(before, ast.stmt) or _is_near(before, after)):
            yield from self.fields(before, after)
        else:
            yield _became(before, after)

    def fields(self, before: ast.AST, after: ast.AST) -> Iterator[Cause]:
        """Compare two nodes of the same type, field by field."""
        for name in before._fields:
            first, second = getattr(before, name, None), getattr(after, name, None)
            match first, second:
                case ast.expr_context(), _:
                    pass
                case list(), list() if _is_body(first, second):
                    yield from self.bodies(first, second)
                case list(), list() if name == "keywords":
                    yield from self.keywords(before, first, second)
                case list(), list() if not any(isinstance(item, str) for item in (*first, *second)):
                    yield from self.lists((before, after), name, first, second)
                case ast.AST(), ast.AST():
                    yield from self.nodes(first, second)
                case _ if first != second:
                    yield _renamed(before, after, first, second)

    def lists(
        self,
        nodes: tuple[ast.AST, ast.AST],
        name: str,
        before: Sequence[ast.AST | None],
        after: Sequence[ast.AST | None],
    ) -> Iterator[Cause]:
        """Compare what a field of two nodes lists; `**` in a dictionary has no key."""
        for equal, i, k, j, m in stretches(*(list(map(_key, items)) for items in (before, after))):
            if equal:
                continue
            if k - i == m - j:
                for first, second in zip(before[i:k], after[j:m], strict=True):
                    if first is not None and second is not None:
                        yield from self.nodes(first, second)
                    else:
                        yield _became(*nodes)
            else:
                yield from _listed(nodes[0], name, before[i:k], after[j:m])

    def keywords(
        self, node: ast.AST, before: Sequence[ast.keyword], after: Sequence[ast.keyword]
    ) -> Iterator[Cause]:
        """Compare the named arguments of a call, whatever their order."""
        names = [{word.arg: word for word in words} for words in (before, after)]
        for name, word in names[0].items():
            if name in names[1]:
                yield from self.nodes(word.value, names[1][name].value)
        lost, added = (
            [word for name, word in one.items() if name not in other]
            for one, other in (names, reversed(names))
        )
        if len(lost) == len(added) == 1 and loose_key(lost[0].value) == loose_key(added[0].value):
            yield Cause("api-renamed", f"`{lost[0].arg}` became `{added[0].arg}`.")
        else:
            yield from _listed(node, "keywords", lost, added)


def _listed(
    node: ast.AST, name: str, lost: Sequence[ast.AST | None], added: Sequence[ast.AST | None]
) -> Iterator[Cause]:
    """Tell what one list has and the other lacks."""
    code, noun = _LISTED.get(name, ("value-changed", "the element"))
    noun = "the parameter" if isinstance(node, ast.arguments) and name == "args" else noun
    where = f" in the call of `{_shown(node.func)}`" if isinstance(node, ast.Call) else ""
    for item in filter(None, lost):
        yield Cause(code, f"{noun.capitalize()} `{_shown(item)}` is missing{where}.")
    for item in filter(None, added):
        yield Cause(code, f"{noun.capitalize()} `{_shown(item)}`{where} is not in the original.")


def _is_body(first: list[object], second: list[object]) -> bool:
    return any(isinstance(item, ast.stmt) for item in itertools.chain(first[:1], second[:1]))


def _is_near(before: ast.AST, after: ast.AST) -> bool:
    """Return whether two expressions of one type differ in so little that the smaller difference tells more."""
    pairs = [
        (getattr(before, name, None), getattr(after, name, None))
        for name in before._fields
        if name not in ("ctx", "kind")
    ]
    return sum(_field_key(first) != _field_key(second) for first, second in pairs) <= 1 or (
        isinstance(before, ast.Call) and isinstance(after, ast.Call) and _key(before.func) == _key(after.func)
    )


def _field_key(value: object) -> object:
    if isinstance(value, list):
        return [_key(item) for item in value]
    return loose_key(value) if isinstance(value, ast.AST) else value


def _key(node: ast.AST | None) -> str:
    return "" if node is None else loose_key(node)


def _wrapped(before: ast.AST, after: ast.AST) -> Cause | None:
    """Find a call that was put around an expression, or taken off."""
    if isinstance(before, ast.Expr) and isinstance(after, ast.Expr):
        before, after = before.value, after.value
    for outer, inner, is_added in ((after, before, True), (before, after, False)):
        if called := _called(outer, inner):
            verb = "is not in the original" if is_added else "is missing"
            return Cause("call-wrapped", f"The call of {called} `{_shown(inner)}` {verb}.")
    return None


def _called(outer: ast.AST, inner: ast.AST) -> str:
    """Return what is called around an expression, or as a method of it; empty where nothing is."""
    if not isinstance(outer, ast.Call):
        return ""
    key = loose_key(inner)
    if isinstance(outer.func, ast.Attribute) and loose_key(outer.func.value) == key:
        return f"`.{outer.func.attr}` on"
    inside = [*outer.args, *(word.value for word in outer.keywords)]
    return f"`{_shown(outer.func)}` around" if any(loose_key(node) == key for node in inside) else ""


def _renamed(before: ast.AST, after: ast.AST, first: object, second: object) -> Cause:
    """Tell of a field that is no node: a name, a number, or something that only one side has."""
    if isinstance(first, str) and isinstance(second, str) and type(before) in _RENAMED:
        return Cause(_RENAMED[type(before)], f"`{first}` became `{second}`.")
    if isinstance(before, ast.Constant):
        code = "bytes-changed" if isinstance(first, bytes) and isinstance(second, bytes) else "number-changed"
        plain = all(isinstance(value, bytes | int | float | complex) for value in (first, second))
        return Cause(code if plain else "value-changed", f"`{_shown(before)}` became `{_shown(after)}`.")
    return _became(before, after)


def _became(before: ast.AST, after: ast.AST) -> Cause:
    code = (
        "operator-changed" if isinstance(before, ast.operator | ast.cmpop | ast.unaryop | ast.boolop) else ""
    )
    code = code or ("lines-changed" if isinstance(before, ast.stmt) else "value-changed")
    return Cause(code, f"`{_shown(before)}` became `{_shown(after)}`.")


def _head(node: ast.stmt) -> str:
    """Return what a statement is told by: its kind, and the names that it sets or calls."""
    match node:
        case ast.Assign(targets=[target, *_]) | ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            return f"= {loose_key(target)}"
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return f"def {name}"
        case ast.Expr(value=ast.Call(func=func)):
            return f"call {loose_key(func)}"
        case ast.ImportFrom(module=module):
            return f"from {module}"
        case ast.Import(names=[name, *_]):
            return f"import {name.name}"
        case ast.For(target=target):
            return f"for {loose_key(target)}"
    return type(node).__name__


def _line(node: ast.stmt) -> str:
    """Return the first line of a statement that is no decorator."""
    return _cut(ast.unparse(node).split("\n")[len(getattr(node, "decorator_list", ()))])


def _shown(node: ast.AST) -> str:
    """Return an expression as Python writes it, or what a sentence holds of it."""
    if isinstance(node, ast.operator | ast.cmpop | ast.unaryop | ast.boolop):
        return type(node).__name__
    return _line(node) if isinstance(node, ast.stmt) else _cut(" ".join(ast.unparse(node).split()))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
