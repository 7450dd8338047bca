"""Every regular expression of the package, read from its source: where it stands, and by which methods it is used."""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hexapla

SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
METHODS = SEARCHING | {"match", "fullmatch"}
FLAGS_AT = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2}
"""Which argument of a function of `re` holds flags; `sub`, `subn` and `split` are given them by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One expression of a module."""

    place: str
    """`module:name`, or `module:function` where it has no name."""
    source: str
    """What is written in the code."""
    pattern: re.Pattern[str] | None
    """None where it is made from values that only a call knows."""
    methods: frozenset[str]
    """All of them, where it is handed on under another name."""


@dataclass(slots=True)
class _Module:
    """What one module says of its names."""

    tree: ast.Module
    names: dict[str, Any]
    imported: dict[str, str] = field(default_factory=dict)
    """Names that it takes from other modules of the package, each with its home."""
    attributes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By name, the attributes that are asked of it; by `module.name` those of another module's."""
    handed_on: set[str] = field(default_factory=set)
    """Names that are used as values."""


def expressions() -> tuple[Expression, ...]:
    """Return every expression of the package, in the order of its modules."""
    modules = {name: _read(name) for name in _names()}
    return tuple(expression for name in modules for expression in _of_module(name, modules))


def _names() -> Iterator[str]:
    for module in pkgutil.walk_packages(hexapla.__path__, "hexapla."):
        if not module.name.endswith("__main__"):
            yield module.name


def _read(name: str) -> _Module:
    imported = importlib.import_module(name)
    module = _Module(
        tree=ast.parse(Path(imported.__file__ or "").read_text(encoding="utf-8")), names=vars(imported)
    )
    bases = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hexapla"):
            module.imported |= {alias.asname or alias.name: node.module or "" for alias in node.names}
        elif isinstance(node, ast.Attribute):
            bases.add(id(node.value))
            if isinstance(node.value, ast.Name):
                module.attributes[node.value.id].add(node.attr)
            elif isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name):
                module.attributes[f"{node.value.value.id}.{node.value.attr}"].add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in bases:
            module.handed_on.add(node.id)
    return module


def _of_module(name: str, modules: dict[str, _Module]) -> Iterator[Expression]:
    module = modules[name]
    for call, method, owner, alone in _calls(module.tree, "", alone=False):
        methods = {method} if method != "compile" else _used(owner, name, modules) if alone else METHODS
        flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
        at = FLAGS_AT.get(method, len(call.args))
        flags += call.args[at : at + 1]
        try:
            source = _value(call.args[0], module.names)
            if isinstance(source, re.Pattern):
                continue
            pattern = re.compile(source, _value(flags[0], module.names) if flags else 0)
        except NameError:
            pattern = None
        yield Expression(
            place=f"{name.removeprefix('hexapla.')}:{owner}",
            source=ast.unparse(call.args[0]),
            pattern=pattern,
            methods=frozenset(methods),
        )


def _calls(node: ast.AST, owner: str, *, alone: bool) -> Iterator[tuple[ast.Call, str, str, bool]]:
    """Yield the calls of `re`'s functions: what is called, in which function or for which name.

    And whether the name is bound to what the call returns, not to something that holds it.
    """
    for child in ast.iter_child_nodes(node):
        if method := _method(child):
            assert isinstance(child, ast.Call)
            yield child, method, owner, alone
        below, bound = owner, False
        if isinstance(child, ast.FunctionDef):
            below = child.name
        elif isinstance(child, ast.Assign) and isinstance(child.targets[0], ast.Name):
            below, bound = child.targets[0].id, bool(_method(child.value))
        yield from _calls(child, below, alone=bound)


def _method(node: ast.AST) -> str:
    """Return which function of `re` is called; empty for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        called = node.func
        if (
            isinstance(called.value, ast.Name)
            and called.value.id == "re"
            and called.attr in METHODS | {"compile"}
        ):
            return called.attr
    return ""


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "", "eval"), names)


def _used(owner: str, home: str, modules: dict[str, _Module]) -> frozenset[str]:
    """Return the methods by which an expression of the module `home` is used."""
    used: set[str] = set()
    for name, module in modules.items():
        if name == home or module.imported.get(owner) == home:
            used |= module.attributes[owner]
            used |= METHODS if owner in module.handed_on else set()
        used |= module.attributes[f"{home.rpartition('.')[2]}.{owner}"]
    return frozenset(used & METHODS) or METHODS
