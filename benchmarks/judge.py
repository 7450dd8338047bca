"""A second opinion on two blocks, made of the standard library alone and of nothing of hexapla's.

`hexapla.programs.align.relation` reads a serialisation of its own; this judge compares `ast.dump`, so that a fault in one
does not hide in the other. It knows nothing of what a translator may do: it only says what differs.
"""

import ast
import copy
import re
import textwrap
import warnings
from enum import StrEnum


class Class(StrEnum):
    """What differs between two blocks, the least first."""

    SAME = "same"
    """Nothing but comments, docstrings and layout."""
    STRINGS = "strings"
    """String literals too."""
    NAMES = "names"
    """Names, attributes, keywords or imports, and perhaps strings."""
    VALUES = "values"
    """Numbers, bytes or operators, and perhaps strings."""
    DIFFERENT = "different"
    """The shape of the tree."""
    UNREADABLE = "unreadable"
    """One of the two does not parse."""
    BOTH_UNREADABLE = "both unreadable"
    """Neither parses."""


def judge(original: str, translation: str, *, docstrings: bool = False) -> Class:
    """Return what differs between two blocks; `docstrings` counts those too."""
    first, second = (parsed(code, docstrings=docstrings) for code in (original, translation))
    if first is None or second is None:
        return Class.BOTH_UNREADABLE if first is second else Class.UNREADABLE
    for found, blank in (
        (Class.SAME, None),
        (Class.STRINGS, _Blank(strings=True)),
        (Class.NAMES, _Blank(strings=True, names=True)),
        (Class.VALUES, _Blank(strings=True, values=True)),
    ):
        if _dump(first, blank) == _dump(second, blank):
            return found
    return Class.DIFFERENT


def key(code: str) -> str:
    """Return what is equal for blocks that differ in strings at most; empty where there is no program."""
    tree = parsed(code)
    return "" if tree is None or not tree.body else _dump(tree, _Blank(strings=True))


def parsed(code: str, *, docstrings: bool = False) -> ast.Module | None:
    """Return the tree of a block without docstrings; prompts and magics are read as a notebook does."""
    code = code.strip("\n")
    if re.match(r"(?:\s*#.*\n)*\s*>>>", code):
        code = _typed(code)
    tree = _tree(code) or _tree(textwrap.dedent(code))
    if tree is None:
        called = re.sub(r"^([ \t]*)([!%?].*?|[\w.]+\?{1,2})(?:\s#\s.*)?$", _called, code, flags=re.MULTILINE)
        tree = _tree(called) or _tree(textwrap.dedent(called))
    if tree is None or docstrings:
        return tree
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not (isinstance(node, ast.Module) and len(body) == 1)
            and _is_text(body[0])
        ):
            node.body = body[1:] or ([] if isinstance(node, ast.Module) else [ast.Pass()])
    return tree


def _is_text(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _tree(code: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code)
        except (SyntaxError, ValueError, RecursionError):
            return None


def _typed(code: str) -> str:
    """Return what stands behind prompts."""
    found = re.findall(r"^[ \t]*(?:>>>|\.\.\.)(?: (.*)|)$", code, re.MULTILINE)
    return "\n".join(found)


def _called(match: re.Match[str]) -> str:
    return f"{match[1]}__magic__({match[2].strip().encode()!r})"


class _Blank(ast.NodeTransformer):
    """Blanks out kinds of leaves of a copy."""

    def __init__(self, *, strings: bool = False, names: bool = False, values: bool = False) -> None:
        self.strings, self.names, self.values = strings, names, values

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str):
            return ast.Constant("") if self.strings else node
        return ast.Constant(0) if self.values else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Keep the fields, in an order of their own: a translation may turn them round."""
        self.generic_visit(node)
        if not self.strings:
            return node
        fields = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        return ast.JoinedStr(sorted(fields, key=ast.dump)) if fields else ast.Constant("")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        """Leave the format alone: it is no text."""
        node.value = self.visit(node.value)
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, str) and self.names:
                setattr(node, name, "")
            elif isinstance(value, list) and self.names:
                setattr(node, name, ["" if isinstance(item, str) else item for item in value])
            elif self.values and isinstance(value, ast.operator | ast.cmpop | ast.unaryop | ast.boolop):
                setattr(node, name, ast.Add())
            elif self.values and name == "ops":
                setattr(node, name, [ast.Add() for _ in node.ops])  # type: ignore[attr-defined]
        return node


def _dump(tree: ast.Module, blank: _Blank | None) -> str:
    if blank is None:
        return ast.dump(tree)
    return ast.dump(blank.visit(copy.deepcopy(tree)))
