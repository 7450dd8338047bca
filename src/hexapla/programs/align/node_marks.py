"""Node marks: by what two nodes of syntax trees are the same one, as they are or changed. Strings count as equal."""

import ast
from collections.abc import Iterator, Sequence

UNSAID = frozenset({"ctx", "kind", "type_comment"})
"""Fields of nodes that no reader of the code sees."""
SIMPLE = (
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
_DOCUMENTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class NodeMarks:
    """Tells nodes, each asked once."""

    def __init__(self) -> None:
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
                    field: object = None if name in UNSAID else getattr(node, name, None)
                    if isinstance(field, list):
                        items = without_docstring(field) if isinstance(node, _DOCUMENTED) else field
                        yield tuple(map(self.item, items))
                    else:
                        yield self.item(field)

    def item(self, value: object) -> object:
        """Return the key of what stands in a field."""
        return self.key(value) if isinstance(value, ast.AST) else value

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

    def mark(self, node: ast.stmt) -> object:
        """Return what a statement is told by inside another one: most compound ones by all that they are."""
        return self.head(node) if isinstance(node, (*SIMPLE, ast.For)) else self.key(node)

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


def without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    """Return a body without the text that it begins with."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *_]:
            return body[1:]
    return body


def held(node: ast.stmt) -> Sequence[ast.stmt]:
    """Return the statements that are held by a compound one that is no definition."""
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
