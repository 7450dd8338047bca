"""Fingerprint: what makes two blocks the same program.

A program is read as a sequence of marks: the nodes of its syntax tree without positions, comments and
docstrings. Two programs are equal when their marks are; what *kind* of marks differ says how they differ.
The serialisation is our own, with a version, because `ast.dump` changes between releases of Python.
"""

import ast
import functools
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hexapla.programs.parse import prepare
from hexapla.programs.python_versions import pieces, text_literal
from hexapla.programs.roles import Role, argument_role, role_of, value_role

VERSION = "1"

_SKIPPED = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_DOCUMENTED = ("__doc__", "help(", "getdoc", "getsource", "testmod", "docopt")


class Mark(NamedTuple):
    """One step of the serialisation."""

    kind: str
    """`node`, `op`, `str`, `fstr`, `bytes`, `number`, `name`, `attribute`, `keyword`, `import`."""
    text: str
    line: int = 0
    role: Role = Role.TEXT
    value: str = ""
    """For `str` the string itself; for `fstr` its words, with `{}` for each field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A block's marks, and the two keys that alignment needs."""

    marks: tuple[Mark, ...]
    exact: str
    """`K`: equal for identical programs."""
    loose: str
    """`S`: equal where only strings differ."""

    def agrees(self, other: "Fingerprint", *, but_for: Collection[str]) -> bool:
        """Return whether nothing differs but the texts of marks of the given kinds, one kind not for another."""
        return len(self.marks) == len(other.marks) and all(
            first.kind == second.kind and (first.text == second.text or first.kind in but_for)
            for first, second in zip(self.marks, other.marks, strict=True)
        )

    def of_kind(self, *kinds: str) -> tuple[Mark, ...]:
        """Return the marks of the given kinds, in order."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)


def fingerprint_of(code: str, docstrings: bool = False) -> Fingerprint | None:
    """Return the fingerprint of a block's code, or None where it does not parse.

    `docstrings` keeps them, where the program reads them.
    """
    tree = prepare(code).tree
    return None if tree is None else _fingerprint(tree, docstrings)


@functools.lru_cache(maxsize=8192)
def _fingerprint(tree: ast.Module, docstrings: bool) -> Fingerprint:
    walk = _Walk(docstrings)
    walk.statements(tree.body, top=True)
    exact = digest([mark.text for mark in walk.marks])
    loose = ["§" if mark.kind in ("str", "fstr") else mark.text for mark in walk.marks]
    return Fingerprint(marks=tuple(walk.marks), exact=exact, loose=digest(loose) if "§" in loose else exact)


def reads_docstrings(code: str) -> bool:
    """Return whether code may look at docstrings, so that they are part of what it does."""
    return any(word in code for word in _DOCUMENTED)


def digest(texts: Iterable[str]) -> str:
    """Return a short digest of a sequence of texts: equal sequences only, never equal concatenations."""
    joined = "".join([f"{len(text)}:{text}" for text in texts])
    return hashlib.blake2b(f"{VERSION};{joined}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class _Walk:
    """Turns a tree into marks, appended to one list: that is twice as fast as passing them up."""

    def __init__(self, docstrings: bool) -> None:
        self.docstrings = docstrings
        self.marks: list[Mark] = []

    def statements(self, body: list[ast.stmt], *, top: bool = False) -> None:
        """Walk a body; a docstring counts as a comment, and a body of nothing else as `pass`."""
        if not self.docstrings and body and _is_text(body[0]) and not (top and len(body) == 1):
            body = body[1:] or ([] if top else [ast.Pass()])
        for statement in body:
            self.node(statement, Role.TEXT)

    def node(self, node: ast.AST, role: Role) -> None:
        """Walk any node."""
        if isinstance(node, ast.Constant):
            self.marks.append(_constant(node, role))
        elif isinstance(node, ast.JoinedStr):
            self.formatted(node, role)
        elif isinstance(node, ast.operator | ast.cmpop | ast.unaryop | ast.boolop):
            self.marks.append(Mark("op", type(node).__name__))
        else:
            self.fields(node, role)

    def fields(self, node: ast.AST, role: Role) -> None:
        """Walk a node's fields. Empty ones are left out: newer Pythons add some."""
        line = getattr(node, "lineno", 0)
        add = self.marks.append
        add(Mark("node", type(node).__name__, line))
        for name in node._fields:
            value = getattr(node, name, None)
            if name in _SKIPPED or value is None or value == []:
                continue
            add(Mark("node", "." + name, line))
            if isinstance(value, ast.AST):
                self.node(value, role_of(node, name, role))
            elif isinstance(value, list):
                if name == "body" and isinstance(node, _DOCUMENTED_NODES):
                    self.statements(value)
                else:
                    self.items(node, name, value, role_of(node, name, role))
            else:
                add(Mark(_kind(node, name), repr(value) if isinstance(value, int) else str(value), line))
        add(Mark("node", "/", line))

    def items(self, node: ast.AST, name: str, values: list[object], role: Role) -> None:
        """Walk the items of a list. `None` stands for `**` in a dictionary."""
        call = node if isinstance(node, ast.Call) and name == "args" else None
        pairs = node if isinstance(node, ast.Dict) and name == "values" else None
        for place, value in enumerate(values):
            if isinstance(value, ast.AST):
                inner = argument_role(call, place, role) if call else role
                self.node(value, value_role(pairs, place, inner) if pairs else inner)
            else:
                self.marks.append(Mark(_kind(node, name), str(value), getattr(node, "lineno", 0)))

    def formatted(self, node: ast.JoinedStr, role: Role) -> None:
        """Walk an f-string: its whole text as one mark, then its fields in an order of their own.

        So a translation may put the fields in another order, and the strings inside them are seen.
        """
        read = pieces(node)
        if not any(isinstance(piece, ast.FormattedValue) for piece in read):
            whole = "".join(map(str, read))
            self.marks.append(Mark("str", text_literal(whole), node.lineno, role, whole))
            return
        parts: list[str] = []
        words = ""
        walked: list[list[Mark]] = []
        for piece in read:
            if isinstance(piece, ast.FormattedValue):
                inside = _Walk(self.docstrings)
                inside.fields(piece, role)
                walked.append(inside.marks)
                parts.append("{" + digest(mark.text for mark in inside.marks) + "}")
                words += "{}"
            else:
                parts.append(text_literal(piece))
                words += piece
        self.marks.append(Mark("fstr", "f" + "".join(parts), node.lineno, role, words))
        walked.sort(key=lambda marks: [mark.text for mark in marks if mark.kind not in ("str", "fstr")])
        for marks in walked:
            self.marks += marks


_DOCUMENTED_NODES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _constant(node: ast.Constant, role: Role) -> Mark:
    value = node.value
    if isinstance(value, str):
        return Mark("str", text_literal(value), node.lineno, role, value)
    if isinstance(value, bytes):
        return Mark("bytes", repr(value), node.lineno, role)
    return Mark("number", f"{type(value).__name__}:{value!r}", node.lineno, role)


def _kind(node: ast.AST, field: str) -> str:
    """Return the kind of a name that stands in a field as plain text."""
    if isinstance(node, ast.alias | ast.ImportFrom):
        return "import"
    if isinstance(node, ast.Attribute):
        return "attribute"
    if isinstance(node, ast.keyword) or field == "kwd_attrs":
        return "keyword"
    return "name"
