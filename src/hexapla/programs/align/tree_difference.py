"""Tree difference: where the syntax trees of two programs part, and by what.

Statements are held against one another first, then expressions, always from the outside in: what is told is the
smallest part that holds a difference. Strings count as equal, since a translation may have its own.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hexapla.programs.align import parting
from hexapla.programs.align.elsewhere import without_moves
from hexapla.programs.align.parting import Item, Parting
from hexapla.programs.sequences import stretches

_UNSAID = frozenset({"ctx", "kind", "type_comment"})
_SIMPLE = (
    ast.Expr,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Import,
    ast.ImportFrom,
    ast.Delete,
    ast.Assert,
)
"""Statements that hold no others, and say by how they begin which they are."""
_NESTED = 60
"""Among how many statements is looked for those that another was put around."""
_DOCUMENTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeDifference:
    """All that differs between two programs."""

    parts: tuple[Parting, ...]
    """In the order of the program."""
    kept: int
    """How many statements of the original the translation has, as they are or changed."""
    whole: int
    """How many the original has; those inside of what is the same or is missing are not counted."""


def difference(original: ast.Module, translation: ast.Module) -> TreeDifference:
    """Return where two programs part."""
    walk = _Walk()
    parts = list(walk.bodies(original.body, translation.body))
    return TreeDifference(
        parts=without_moves(parts, (original, translation), walk.key), kept=walk.kept, whole=walk.whole
    )


class _Walk:
    """Goes down two trees side by side."""

    def __init__(self) -> None:
        self.kept = self.whole = 0
        self._keys: dict[ast.AST | None, int] = {None: 0}

    def key(self, node: ast.AST | None) -> int:
        """Return what is equal for nodes that differ in nothing but strings and docstrings."""
        if node not in self._keys:
            self._keys[node] = hash((type(node), *self._parts(node)))
        return self._keys[node]

    def _parts(self, node: ast.AST | None) -> Iterator[object]:
        match node:
            case ast.Constant(value=str()):
                yield "§"
            case ast.Constant(value=value):
                yield type(value), repr(value)
            case ast.JoinedStr(values=values):
                yield tuple(
                    sorted(self.key(value) for value in values if not isinstance(value, ast.Constant))
                )
            case ast.FormattedValue(value=value, conversion=conversion, format_spec=spec):
                yield self.key(value)
                yield conversion, ast.dump(spec) if spec else ""
            case ast.AST():
                for name in node._fields:
                    field: object = None if name in _UNSAID else getattr(node, name, None)
                    if isinstance(field, list):
                        items = _without_docstring(field) if isinstance(node, _DOCUMENTED) else field
                        yield tuple(map(self.item, items))
                    else:
                        yield self.item(field)

    def item(self, value: object) -> object:
        """Return the key of what stands in a field."""
        return self.key(value) if isinstance(value, ast.AST) else value

    def bodies(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting]:
        """Compare two sequences of statements."""
        before, after = _without_docstring(before), _without_docstring(after)
        for equal, i, k, j, m in stretches(list(map(self.key, before)), list(map(self.key, after))):
            self.whole += k - i
            if equal:
                self.kept += k - i
            else:
                yield from self.changed(before[i:k], after[j:m])

    def changed(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting]:
        """Compare statements of which none is the same: those that begin alike are the same one, changed."""
        if (apart := self.nested(before, after)) is not None:
            yield from apart
            return
        for equal, i, k, j, m in stretches(list(map(self.head, before)), list(map(self.head, after))):
            pairs = list(zip(before[i:k], after[j:m], strict=False))
            if equal:
                self.kept += k - i
                for first, second in pairs:
                    yield from self.fields(first, second)
            elif k - i == m - j:
                for first, second in pairs:
                    parts = list(self.replaced(first, second))
                    self.kept += any(part.code != "lines-changed" for part in parts)
                    yield from parts
            else:
                for node in before[i:k]:
                    yield Parting("lines-dropped", "`{}` is missing.", (node,), lost=node)
                for node in after[j:m]:
                    yield Parting("lines-added", "`{}` is not in the original.", (node,), added=node)

    def nested(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting] | None:
        """Compare statements around some of which another was put, or taken off; None where none was."""
        if len(before) + len(after) > _NESTED:
            return None
        for outside, inside, lost in ((after, before, False), (before, after, True)):
            heads, marks = set(map(self.head, inside)), list(map(self.mark, inside))
            for at, outer in enumerate(outside):
                body = set(map(self.mark, _body(outer)))
                rows = [row for row, mark in enumerate(marks) if mark in body]
                if rows and self.head(outer) not in heads:
                    return self.around(outside, at, inside, rows, lost=lost)
        return None

    def mark(self, node: ast.stmt) -> object:
        """Return what a statement is told by inside another one: most compound ones by all that they are."""
        return self.head(node) if isinstance(node, (*_SIMPLE, ast.For)) else self.key(node)

    def around(
        self, outside: Sequence[ast.stmt], at: int, inside: Sequence[ast.stmt], rows: list[int], *, lost: bool
    ) -> Iterator[Parting]:
        """Compare what stands before, in and after a compound statement that only one side has."""
        first, end = rows[0], rows[-1] + 1
        outer = outside[at]
        yield parting.around(outer, inside[first], lost=lost)
        for compare, one, other in (
            (self.changed, outside[:at], inside[:first]),
            (self.bodies, _body(outer), inside[first:end]),
            (self.changed, outside[at + 1 :], inside[end:]),
        ):
            yield from compare(one, other) if lost else compare(other, one)

    def replaced(self, before: ast.stmt, after: ast.stmt) -> Iterator[Parting]:
        """Compare two statements of which only the place is the same: of simple ones all is told, or one part."""
        if isinstance(before, _SIMPLE) and type(before) is type(after) and not self.is_near(before, after):
            yield parting.became(before, after)
        else:
            yield from self.nodes(before, after)

    def head(self, node: ast.stmt) -> object:
        """Return what a statement is told by: its kind, and what it sets or calls."""
        match node:
            case (
                ast.Assign(targets=[target, *_]) | ast.AugAssign(target=target) | ast.AnnAssign(target=target)
            ):
                return "=", self.key(target)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                return type(node), name
            case ast.Expr(value=ast.Call(func=func)):
                return "call", _path(func)
            case ast.ImportFrom(module=name) | ast.Import(names=[ast.alias(name=name), *_]):
                return type(node), name
            case ast.For(target=target):
                return type(node), self.key(target)
        return type(node)

    def nodes(self, before: ast.AST, after: ast.AST) -> Iterator[Parting]:
        """Compare two nodes that stand in the same place."""
        if self.key(before) == self.key(after):
            return
        if (wrapped := self.wrapped(before, after)) is not None:
            yield wrapped
        elif type(before) is type(after) and (isinstance(before, ast.stmt) or self.is_near(before, after)):
            yield from self.fields(before, after)
        else:
            yield parting.became(before, after)

    def wrapped(self, before: ast.AST, after: ast.AST) -> Parting | None:
        """Find a call that was put around an expression, or taken off."""
        if isinstance(before, ast.Expr) and isinstance(after, ast.Expr):
            before, after = before.value, after.value
        for outer, inner, verb in ((after, before, "is not in the original"), (before, after, "is missing")):
            if not isinstance(outer, ast.Call):
                continue
            func, key = outer.func, self.key(inner)
            if isinstance(func, ast.Attribute) and self.key(func.value) == key:
                return Parting("call-wrapped", f"The call of `.{func.attr}` on `{{}}` {verb}.", (inner,))
            inside = [*outer.args, *(word.value for word in outer.keywords)]
            if key in map(self.key, inside):
                return Parting("call-wrapped", f"The call of `{{}}` around `{{}}` {verb}.", (func, inner))
        return None

    def is_near(self, before: ast.AST, after: ast.AST) -> bool:
        """Return whether two expressions of one type differ in so little that the smaller difference tells more."""
        if (
            isinstance(before, ast.Call)
            and isinstance(after, ast.Call)
            and self.key(before.func) == self.key(after.func)
        ):
            return True
        return (
            sum(
                first != second
                for first, second in zip(self._parts(before), self._parts(after), strict=False)
            )
            <= 1
        )

    def fields(self, before: ast.AST, after: ast.AST) -> Iterator[Parting]:
        """Compare two nodes of the same type, field by field."""
        for name in before._fields:
            first: Any = getattr(before, name, None)
            second: Any = getattr(after, name, None)
            match first, second:
                case _ if name in _UNSAID:
                    pass
                case [[ast.stmt(), *_], list()] | [list(), [ast.stmt(), *_]]:
                    yield from self.bodies(first, second)
                case list(), list() if name == "keywords":
                    yield from self.keywords(before, first, second)
                case list(), list() if not any(isinstance(item, str) for item in (*first, *second)):
                    yield from self.lists((before, after), name, first, second)
                case ast.JoinedStr(), ast.JoinedStr() if isinstance(before, ast.FormattedValue):
                    if ast.dump(first) != ast.dump(second):
                        yield parting.became(before, after)
                case ast.AST(), ast.AST():
                    yield from self.nodes(first, second)
                case _ if first != second:
                    yield parting.renamed(before, after, first, second)

    def lists(
        self,
        nodes: tuple[ast.AST, ast.AST],
        name: str,
        before: Sequence[Item],
        after: Sequence[Item],
    ) -> Iterator[Parting]:
        """Compare what a field of two nodes lists; `**` in a dictionary has no key."""
        keys = list(map(self.key, before)), list(map(self.key, after))
        if keys[0] != keys[1] and sorted(keys[0]) == sorted(keys[1]):
            yield parting.reordered(nodes[0], name)
            return
        for equal, i, k, j, m in stretches(*keys):
            if equal:
                continue
            if k - i == m - j:
                for first, second in zip(before[i:k], after[j:m], strict=True):
                    if first is not None and second is not None:
                        yield from self.nodes(first, second)
                    else:
                        yield parting.became(*nodes)
            else:
                yield from parting.listed(nodes[0], name, before[i:k], after[j:m])

    def keywords(
        self, node: ast.AST, before: Sequence[ast.keyword], after: Sequence[ast.keyword]
    ) -> Iterator[Parting]:
        """Compare the named arguments of a call, whatever their order."""
        names = [{word.arg: word for word in words} for words in (before, after)]
        for name, word in names[0].items():
            if name in names[1]:
                yield from self.nodes(word.value, names[1][name].value)
        lost = [word for name, word in names[0].items() if name not in names[1]]
        added = [word for name, word in names[1].items() if name not in names[0]]
        if len(lost) == len(added) == 1 and self.key(lost[0].value) == self.key(added[0].value):
            yield Parting("api-renamed", f"`{lost[0].arg}` became `{added[0].arg}`.", ())
        elif lost or added:
            yield from parting.listed(node, "keywords", lost, added)
        elif list(names[0]) != list(names[1]):
            yield parting.reordered(node, "keywords")


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    """Return a body without the text that it begins with."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *_]:
            return body[1:]
    return body


def _body(node: ast.stmt) -> Sequence[ast.stmt]:
    """Return the statements in a compound one that is no definition."""
    return () if isinstance(node, _DOCUMENTED) else getattr(node, "body", ())


def _path(func: ast.expr) -> tuple[str, ...]:
    """Return the names of a call, without what is handed to those it is chained to."""
    match func:
        case ast.Attribute(value=value, attr=name):
            return (*_path(value), name)
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _path(inner)
        case ast.Name(id=name):
            return (name,)
    return (type(func).__name__,)
