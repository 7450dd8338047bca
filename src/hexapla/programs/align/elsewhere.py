"""Elsewhere: of what is missing at one place of a program, what stands at another."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from hexapla.programs.align.parting import Parting


def without_moves(
    parts: Sequence[Parting], trees: tuple[ast.Module, ast.Module], key: Callable[[ast.AST], object]
) -> tuple[Parting, ...]:
    """Return what differs, and for what is missing here and stands there one thing told, not two."""
    if not any(part.lost for part in parts) or not any(part.added for part in parts):
        return tuple(parts)
    modules = {id(alias): name for tree in trees for alias, name in _imported(tree)}
    added: dict[object, list[Parting]] = {}
    for part in parts:
        for mark in _marks(part.added, modules, key):
            added.setdefault(mark, []).append(part)
    told: dict[int, Parting | None] = {}
    for part in parts:
        for mark in _marks(part.lost, modules, key):
            there = [other for other in added.get(mark, ()) if id(other) not in told]
            if there and part.lost is not None and there[0].added is not None:
                told |= {id(part): _elsewhere(part.lost, there[0].added, modules), id(there[0]): None}
                break
    return tuple(part for part in (told.get(id(part), part) for part in parts) if part is not None)


def _marks(
    node: ast.AST | None, modules: Mapping[int, str], key: Callable[[ast.AST], object]
) -> Iterator[object]:
    """Yield by what a node is told that stands at one place only: a statement, or the names it imports."""
    if isinstance(node, ast.stmt):
        yield key(node)
    if names := _names(node, modules):
        yield frozenset(names)


def _elsewhere(lost: ast.AST, added: ast.AST, modules: Mapping[int, str]) -> Parting:
    before, after = _names(lost, modules), _names(added, modules)
    name = next(iter(before), "")
    if before == after:
        return Parting("lines-reordered", "`{}` stands elsewhere.", (lost,))
    return Parting(
        "api-renamed", f"`{name}` is imported from `{after[name]}`, not from `{before[name]}`.", ()
    )


def _names(node: ast.AST | None, modules: Mapping[int, str]) -> dict[str, str]:
    """Return the names that a node imports of modules, each with its module."""
    return {
        alias.asname or alias.name: modules[id(alias)] for alias in _aliases(node) if id(alias) in modules
    }


def _aliases(node: ast.AST | None) -> Sequence[ast.alias]:
    match node:
        case ast.alias():
            return [node]
        case ast.ImportFrom(names=names):
            return names
    return ()


def _imported(tree: ast.Module) -> list[tuple[ast.alias, str]]:
    """Return what a program imports of modules, each with its module."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [(alias, f"{'.' * node.level}{node.module or ''}") for node in imports for alias in node.names]
