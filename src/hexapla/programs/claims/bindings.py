"""Bindings: the names that code binds, and those whose values it changes without binding them."""

import ast

from hexapla.programs.parse import prepare

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ASKS = frozenset(
    """
    argmax argmin astype capitalize copy dim dot endswith find flatten format isdigit items join keys lower max mean min
    numel replace reshape size split startswith std strip sum title tolist transpose upper values var
    """.split()
)
"""Methods of Python's values, of arrays and of tensors that change nothing."""


def bound_by_header(node: ast.stmt) -> set[str]:
    """Return what the first line of a compound statement, its handlers and its cases bind."""
    names: set[str] = set()
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.stmt):
            names |= stored_by(part)
        if isinstance(part, ast.ExceptHandler) and part.name:
            names.add(part.name)
        names |= {
            pattern.name
            for pattern in ast.walk(part)
            if isinstance(pattern, ast.MatchAs | ast.MatchStar) and pattern.name
        }
    return names


def stored_by(node: ast.AST) -> set[str]:
    """Return the names that code binds by assigning."""
    return {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }


def bound_within(node: ast.AST) -> set[str]:
    """Return the names that code binds in any way and in any scope."""
    names: set[str] = set()
    for part in ast.walk(node):
        match part:
            case (
                ast.Name(id=name, ctx=ast.Store() | ast.Del())
                | ast.arg(arg=name)
                | ast.alias(asname=str(name))
            ):
                names.add(name)
            case ast.alias(name=path):
                names.add(path.partition(".")[0])
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                names.add(name)
    return names


def touched_by(node: ast.AST) -> set[str]:
    """Return the names that code may change without binding them: by elements, by attributes, by methods."""
    touched: set[str] = set()
    for part in ast.walk(node):
        owner: ast.AST | None = None
        match part:
            case ast.Call(func=ast.Attribute(value=asked, attr=attr)):
                owner = asked if attr not in _ASKS else None
            case (
                ast.Attribute(value=owner, ctx=ast.Store())
                | ast.Subscript(value=owner, ctx=ast.Store() | ast.Del())
            ):
                pass
        while isinstance(owner, ast.Attribute | ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            touched.add(owner.id)
    return touched


def stepped_by(tree: ast.Module) -> set[str]:
    """Return the names that code binds to what they were before, and more: `a, b = b, a + b`."""
    steps = (part for part in ast.walk(tree) if isinstance(part, ast.Assign | ast.AugAssign))
    return {
        name
        for step in steps
        for name in stored_by(step)
        if isinstance(step, ast.AugAssign)
        or any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(step.value))
    }


def bound_or_handed(node: ast.stmt) -> set[str]:
    """Return the names that a statement binds, or hands to what it calls."""
    if isinstance(node, _DEFINITIONS):
        return {node.name}
    names = stored_by(node)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        names |= {part.id for part in (*call.args, owner) if isinstance(part, ast.Name)}
    return names - {"print", "torch", "np", "random", "nn"}


def changed_by(code: str) -> set[str]:
    """Return the names whose values code may change without binding them, by methods or elements."""
    tree = prepare(code).tree
    return {
        node.value.id
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name)
    }
