"""Renaming: a translation that gives its own names to what the page itself binds."""

import ast
import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hexapla.programs.fingerprint import Fingerprint, digest

_FIXED = frozenset({"self", "cls", "__name__", "_"}) | frozenset(dir(builtins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that each side binds, and what has been renamed so far."""

    original: frozenset[str]
    translation: frozenset[str]
    known: Mapping[str, str]
    """From the original's names to the translation's, collected over the page."""


def bound(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names that code binds itself: never an import, an attribute, a keyword or a builtin."""
    names: set[str] = set()
    imported: set[str] = set()
    passed: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                names.add(name)
            case ast.keyword(arg=str(name)):
                passed.add(name)
            case ast.alias(name=name, asname=other):
                imported.add((other or name).split(".")[0])
    owned = {
        name
        for tree in trees
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        for name in _names_of(node)
    }
    return frozenset(names - imported - passed - owned - _FIXED)


def _names_of(statement: ast.stmt) -> set[str]:
    """Return the names that a statement of a class's body gives the class."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    targets = [part for part in ast.walk(statement) if isinstance(part, ast.Name)]
    return {name.id for name in targets if isinstance(name.ctx, ast.Store)}


def renaming(first: Fingerprint, second: Fingerprint, names: Names) -> Fingerprint | None:
    """Return the second fingerprint with the first one's names, if a renaming explains what differs."""
    if first.without("name", "str", "fstr") != second.without("name", "str", "fstr"):
        return None
    mapping = mapping_of(first, second)
    if mapping is None:
        return None
    whole = {**names.known, **mapping}
    if any(names.known.get(before, after) != after for before, after in mapping.items()):
        return None
    if len(set(whole.values())) != len(whole):
        return None
    for before, after in mapping.items():
        if before != after and (before not in names.original or after not in names.translation):
            return None
    return replace(second, marks=tuple(
        mark if mark.kind != "name" else other for mark, other in zip(second.marks, first.marks, strict=True)
    ), exact=digest(()), loose=first.loose)  # fmt: skip


def mapping_of(first: Fingerprint, second: Fingerprint) -> dict[str, str] | None:
    """Return which name stands for which, or None where it is not one for one."""
    mapping: dict[str, str] = {}
    for before, after in zip(first.of_kind("name"), second.of_kind("name"), strict=True):
        if mapping.setdefault(before.text, after.text) != after.text:
            return None
    return mapping if len(set(mapping.values())) == len(mapping) else None
