"""Scope: which names a cell takes from the cells before it, and which it leaves to those after it."""

import ast
import builtins
import functools
import itertools
from collections.abc import Iterable

from hexapla.model.program import Names
from hexapla.programs.parse import prepare

_KNOWN = frozenset({*dir(builtins), "__name__", "__file__", "__doc__"})


@functools.lru_cache(maxsize=4096)
def cell_names(code: str) -> Names:
    """Return the names of a cell; none where it does not parse."""
    tree = prepare(code).tree
    if tree is None:
        return Names()
    reader = _Reader()
    reader.visit(tree)
    needed = reader.needed | (reader.later - reader.bound)
    return Names(
        needed=tuple(sorted(needed - _KNOWN)),
        at_once=tuple(sorted(reader.needed - _KNOWN)),
        bound=tuple(sorted(reader.bound)),
        declared=tuple(sorted(_declared(tree))),
        modules=tuple(sorted(_imported(tree))),
    )


def shown_names(code: str) -> Names:
    """Return the names that a block which is not run would bind, as far as its statements parse."""
    if prepare(code).tree is not None:
        return cell_names(code)
    # Where a line begins at the margin a statement may begin: each that parses tells what it binds.
    rows = code.split("\n")
    starts = [row for row, line in enumerate(rows) if line[:1].strip() and line[0] not in ")]}"]
    parts = ("\n".join(rows[start:end]) for start, end in itertools.pairwise([*starts, len(rows)]))
    return Names(bound=tuple(sorted({name for part in parts for name in cell_names(part).bound})))


def _declared(tree: ast.Module) -> set[str]:
    """Return the names of the classes and the decorated functions that code defines."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.decorator_list)
    }


def _imported(tree: ast.Module) -> set[str]:
    """Return the first names of the modules that code imports."""
    nodes = tuple(ast.walk(tree))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in modules}


class _Reader(ast.NodeVisitor):
    """Reads a module in the order in which it runs."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.needed: set[str] = set()
        self.later: set[str] = set()
        """What functions read when they are called."""

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
        elif node.id not in self.bound:
            self.needed.add(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._in_order(node.value, *node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._in_order(node.annotation, node.value, node.target if node.value else None)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name) and node.target.id not in self.bound:
            self.needed.add(node.target.id)
        self._in_order(node.value, node.target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._in_order(node.value, node.target)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._in_order(node.iter, node.target, *node.body, *node.orelse)

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_alias(self, node: ast.alias) -> None:
        self.bound.add((node.asname or node.name).split(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._in_order(node.type)
        self.bound |= {node.name} if node.name else set()
        self._in_order(*node.body)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.bound |= {node.name} if node.name else set()
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        signature = node.args
        self._in_order(*node.decorator_list, *signature.defaults, *signature.kw_defaults)
        self.bound.add(node.name)
        self._function(node)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._in_order(*node.args.defaults, *node.args.kw_defaults)
        self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._in_order(*node.decorator_list, *node.bases, *node.keywords)
        outside = set(self.bound)
        self._in_order(*node.body)
        self.bound = outside | {node.name}

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        outside = set(self.bound)
        for part in node.generators:
            self._in_order(part.iter, part.target, *part.ifs)
        self._in_order(*([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]))
        self.bound = outside

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815

    def _in_order(self, *nodes: ast.AST | None) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        inside = list(_inside(node.body if isinstance(node.body, list) else [node.body]))
        local = {arg.arg for arg in ast.walk(node) if isinstance(arg, ast.arg)}
        local |= {
            part.id for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
        self.later |= {part.id for part in inside if isinstance(part, ast.Name)} - local


def _inside(nodes: Iterable[ast.AST]) -> Iterable[ast.AST]:
    return (part for node in nodes for part in ast.walk(node))
