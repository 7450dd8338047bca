"""Unordered: where code depends on which element of a set comes first.

Strings have other hashes in each run, so that their sets have another order (PYTHONHASHSEED); of other elements the
language promises none either.
"""

import ast
from collections.abc import Collection, Iterable, Iterator

_SETS = frozenset({"set", "frozenset"})
_OF_SETS = frozenset("union intersection difference symmetric_difference copy".split())
"""Methods of sets that return one."""
_IN_ORDER = frozenset("list tuple next iter enumerate zip map filter reversed join fromkeys pop".split())
"""What takes the elements of a set one after another."""
_OF_ALL = frozenset("sorted sum min max any all set frozenset Counter".split())
"""What asks for all elements, in whatever order."""
_LOOPS = (ast.ListComp, ast.GeneratorExp, ast.DictComp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def key_of(node: ast.AST) -> str:
    """Return what names the value of a name or an attribute, whoever's; empty for other code."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=attr):
            return f".{attr}"
    return ""


def is_set(node: ast.AST, sets: Collection[str]) -> bool:
    """Return whether an expression is a set; `sets` has the keys of names, attributes and functions that give one."""
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id=name)) if name in _SETS:
            return True
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _OF_SETS:
            return is_set(value, sets)
        case ast.Call(func=func):
            return key_of(func) in sets
        case ast.BinOp(left=left, right=right):
            return is_set(left, sets) or is_set(right, sets)
        case ast.IfExp(body=body, orelse=orelse):
            return is_set(body, sets) or is_set(orelse, sets)
        case ast.Name() | ast.Attribute():
            return key_of(node) in sets
    return False


def sets_in(node: ast.AST, sets: Collection[str]) -> set[str]:
    """Return the keys of what code binds to a set, and of the functions in it that return one."""
    keys: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Assign(targets=targets, value=value) if is_set(value, {*sets, *keys}):
                keys.update(map(key_of, targets))
            case ast.AnnAssign(target=target, value=ast.expr() as value) if is_set(value, {*sets, *keys}):
                keys.add(key_of(target))
            case ast.NamedExpr(target=target, value=value) if is_set(value, {*sets, *keys}):
                keys.add(key_of(target))
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef) and any(
            is_set(returned.value, {*sets, *keys})
            for returned in ast.walk(part)
            if isinstance(returned, ast.Return) and returned.value
        ):
            keys.update((part.name, f".{part.name}"))
    return keys - {""}


def takes_in_order(node: ast.AST, sets: Collection[str]) -> bool:
    """Return whether code takes the elements of a set one after another, or one of them."""
    if isinstance(node, _DEFINITIONS):
        sets = {*sets, *sets_in(node, sets)}
    return any(is_set(taken, sets) for taken in _taken(node))


def _taken(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the expressions whose elements code takes in their order."""
    inner: Iterable[ast.AST] = ast.iter_child_nodes(node)
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="pop"), args=[]):
            yield value
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _OF_ALL:
            # `sum(x for x in s)` loops over it, too.
            inner = (
                part
                for arg in args
                for part in (ast.iter_child_nodes(arg) if isinstance(arg, _LOOPS) else [arg])
            )
        case ast.Call(func=ast.Name() | ast.Attribute() as func, args=args):
            if key_of(func).removeprefix(".") in _IN_ORDER:
                yield from args
        case ast.For(iter=taken) | ast.AsyncFor(iter=taken) | ast.Starred(value=taken):
            yield taken
        case (
            ast.ListComp(generators=loops)
            | ast.GeneratorExp(generators=loops)
            | ast.DictComp(generators=loops)
        ):
            yield from (loop.iter for loop in loops)
        case ast.Assign(targets=[ast.Tuple() | ast.List()], value=value):
            yield value
    for part in inner:
        yield from _taken(part)
