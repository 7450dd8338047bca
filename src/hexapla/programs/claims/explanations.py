"""Explanations: values beside code that tell what it is given, not what it gives."""

import ast
from collections.abc import Mapping

from hexapla.model.output import Claim
from hexapla.programs.parse import parse_expression, prepare

_CONVERSIONS = frozenset("bool bytes complex float int len list repr set str tuple type".split())


def explains(claim: Claim, code: str, before: tuple[str, ...], statement: str) -> bool:
    """Return whether a value is told of what code is given, not of what it gives.

    That is what a parameter is by default before a remark, `9.81 - on Earth`, what a function is called with, beside
    the code of its `statement`: `bool(None)  # None`, or the place that it asks for: `x[i + 1]  # 3`.
    """
    if claim.text in statement and claim.text in _asked(statement):
        return True
    if "[" in statement and claim.text.isdecimal() and int(claim.text) in _places(statement, code):
        return True
    value = parse_expression(claim.text)
    if not claim.remark or not isinstance(value, ast.Constant):
        return False
    defaults = (
        default
        for tree in (prepare(cell).tree for cell in (code, *before))
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.arguments)
        for default in (*node.defaults, *node.kw_defaults)
    )
    return any(isinstance(given, ast.Constant) and given.value == value.value for given in defaults)


def _asked(statement: str) -> tuple[str, ...]:
    """Return the only argument of a function of Python's that a statement prints the value of."""
    match parse_expression(statement):
        case (
            ast.Call(func=ast.Name(id="print"), args=[ast.Call(func=ast.Name(id=name), args=[asked])])
            | ast.Call(func=ast.Name(id=name), args=[ast.Constant() as asked])
        ) if name in _CONVERSIONS:
            return (ast.unparse(asked),)
    return ()


def _places(statement: str, code: str) -> list[int]:
    """Return the places that a statement reads of what has some, as far as numbers that code binds tell them."""
    tree, whole = prepare(statement).tree, prepare(code).tree
    known = {
        node.targets[0].id: node.value.value
        for node in (whole.body if whole else ())
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, int)
    }
    places = (node.slice for node in (ast.walk(tree) if tree else ()) if isinstance(node, ast.Subscript))
    return [value for value in (_number(place, known) for place in places) if value is not None]


def _number(node: ast.expr, known: Mapping[str, int]) -> int | None:
    """Return the number that an expression of numbers and known names is; None for all else."""
    match node:
        case ast.Name(id=name):
            return known.get(name)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=ast.Constant(value=int(more))):
            number = _number(left, known)
            return None if number is None else number + (more if isinstance(sign, ast.Add) else -more)
    return None
