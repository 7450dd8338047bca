"""Printing: what a statement prints, as far as its tree tells."""

import ast
from collections.abc import Iterator, Sequence

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LONGEST = 2_000
"""In longer texts no words are looked for."""


def without_words(text: str, words: Sequence[str]) -> Iterator[str]:
    """Yield a text without words that stand in it in order; nothing where they do not."""
    values: list[str] = []
    for word in words if len(text) <= _LONGEST else ():
        before, separator, text = text.partition(word)
        if not separator:
            return
        values.append(before)
    shown = [value.strip() for value in (*values, text) if value.strip()] if values else []
    if shown:
        yield " ".join(shown)
        yield shown[-1]


def literals(node: ast.stmt) -> list[str]:
    """Return the words that a `print` is given as they are, in order."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            parts = [
                part for arg in args for part in (arg.values if isinstance(arg, ast.JoinedStr) else [arg])
            ]
            words = [part.value for part in parts if isinstance(part, ast.Constant)]
            texts = [word.strip() for word in words if isinstance(word, str) and word.strip()]
            return texts if len(parts) > len(texts) else []
    return []


def prints_once(node: ast.stmt) -> bool:
    """Return whether a statement is a plain `print`, of which a claim is the whole."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case ast.Expr(value=value):
            return not isinstance(value, ast.Call)
    return False


def prints_a_call(node: ast.stmt) -> bool:
    """Return whether a statement prints what a call of a plain name returns, and nothing else."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[ast.Call(func=ast.Name())])):
            return True
    return False


def prints_a_line(node: ast.stmt) -> bool:
    """Return whether a statement is a plain `print` that ends its line."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), keywords=words)):
            return not any(word.arg in ("end", "file") for word in words)
    return False


def is_silent(node: ast.stmt) -> bool:
    """Return whether a statement most likely prints nothing of its own."""
    if isinstance(node, (ast.Import, ast.ImportFrom, *_DEFINITIONS)):
        return True
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call | ast.Constant):
        return False
    return not any(isinstance(part, ast.Name) and part.id in ("print", "pprint") for part in ast.walk(node))


def shows_nothing(node: ast.stmt) -> bool:
    """Return whether a statement shows nothing for sure, so that the runner does not ask what it has shown."""
    match node:
        case ast.ImportFrom(module="__future__") | ast.Pass() | ast.FunctionDef(decorator_list=[]):
            return True
        case ast.Assign(value=ast.Constant() | ast.Name()):
            return True
    return False


def leaves_line_open(node: ast.stmt) -> bool:
    """Return whether a statement prints what is not the end of a line: `print(…, end="")`."""
    return any(
        word.arg == "end"
        and not (isinstance(word.value, ast.Constant) and str(word.value.value).endswith("\n"))
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
        for word in part.keywords
    )
