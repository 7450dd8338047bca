"""Doubts: why an output that departs may still be no slip of its author's, so that a note tells of it and no error.

An error is what a careful reader would agree with: the page alone says what is printed, its author ran the same
program, meant to show what it prints, and departs from it in one place. What speaks against any of that is a doubt.
"""

import ast
import builtins
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.output import Claim
from hexapla.programs.claims.bindings import stepped_by, stored_by
from hexapla.programs.claims.origins import origin_of
from hexapla.programs.parse import prepare

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMMENT = re.compile(r"(?m)^[ \t]*+(?:>>> |\.\.\. )?+#++[ \t]?+(?P<text>[^\n]*+)")
_LEFT_OUT = re.compile(r"\s*+(?:\.\.\.|…)")
_MEANT = re.compile(
    r"""\b(?:deliberate(?:ly)?+\b|intentional(?:ly)?+\b|on[ ]purpose\b|absichtlich|mit[ ]Absicht\b|opzettelijk
    |(?:a|de)[ ]propósito\b|intenciona\w++|proposital\w*+|deliberadamente\b|exprès\b|volontairement\b
    |délibérément\b|apposta\b|di[ ]proposito\b|intenzionalmente\b|намеренно|умышленно|специально
    |навмисно|celowo\b|umyślnie\b|záměrně\b|kasten\b|bilerek\b|cố[ ](?:ý|tình)\b|sengaja\b)
    |わざと|意図的|故意|有意|일부러|의도적|고의로|जानबूझ|जान-बूझ|عمدًا|عمدا|متعمد|בכוונה|❌""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words by which authors say that what they show is not as it should be, in the languages of the labels."""

_ONCE = re.compile(r"\bpy(?:thon)?+[ \xa0]?+2(?![\w%])|旧式类|舊式類|\bold-style[ ]class", re.IGNORECASE)
"""What tells of a Python that nobody runs today."""
_TODAY = re.compile(r"\bpy(?:thon)?+[ \xa0]?+3(?![\w%])", re.IGNORECASE)
_OWN = frozenset(dir(builtins))
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}+")
_READ = 10_000
"""How many characters of code are looked at."""
_ENCODINGS = ("cp1252", "cp1250", "latin-1")
"""What UTF-8 is most often read as by mistake."""


class Doubt(StrEnum):
    """What speaks against a slip, as the end of a sentence."""

    ARGUMENT = "outputs beside it tell what the code is given"
    BELOW = "what is printed stands below it"
    PAGE = "no output of this page is what its code prints, so its author ran another program"
    BLOCK = "other outputs of its block depart more, so its author ran another program"
    VERSION = "this page was made with another version"
    UNRUN = "what it shows comes from code that did not run here"
    FAILS = "this block is said to fail"
    NEIGHBOUR = "the code beside its own prints it"
    ABRIDGED = "the code that it comes from is abridged"
    ALTERNATIVE = "its block has code that is commented out, with which it may be right"
    MEANT = "words beside it say that it is meant to be so"
    SAID = "the page says elsewhere that the same statement prints what it prints here"
    REMARK = "it may be a remark on the code beside it"
    FUNCTION = "it stands in a function, which may be called otherwise"
    EXIT = "a part of it may be printed when the program ends"
    DAMAGED = "its code was once read in another encoding than it was written in"
    VARIES = "another run prints something else again"
    REDEFINED = "what it comes from is defined more than once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a page says of one of its outputs."""

    claim: Claim
    code: str
    """The code of its block."""
    before: tuple[str, ...] = ()
    """The code of the cells before it."""
    words: str = ""
    """The words around its block."""


def doubt_of(evidence: Evidence) -> Doubt | None:
    """Return what speaks against a slip in the text of an output's own block, and in the words around it."""
    claim, code = evidence.claim, evidence.code
    if _MEANT.search(f"{evidence.words}\n{claim.remark}\n{_beside(code, claim.code_line)}"):
        return Doubt.MEANT
    if _is_in_function(code, claim.code_line):
        return Doubt.FUNCTION
    names = origin_of(code, evidence.before, claim.code_line).names
    if names and any(_ONCE.search(text) and not _TODAY.search(text) for text in (evidence.words, code)):
        return Doubt.VERSION
    cells = (code, *sources(evidence.before, names))
    if any(map(_is_abridged, cells)):
        return Doubt.ABRIDGED
    if any("__del__" in cell for cell in cells):
        return Doubt.EXIT
    if any(map(_is_damaged, cells)):
        return Doubt.DAMAGED
    if _is_redefined(evidence, names):
        return Doubt.REDEFINED
    return Doubt.ALTERNATIVE if _is_alternative(code, names) else None


def _beside(code: str, row: int | None) -> str:
    """Return the lines of code around a row, up to an empty one; all of them without a row."""
    if row is None:
        return code
    rows = code.split("\n")
    above = itertools.takewhile(str.strip, reversed(rows[:row]))
    below = itertools.takewhile(str.strip, rows[row:])
    return "\n".join((*above, *below))


def _is_in_function(code: str, row: int | None) -> bool:
    """Return whether a row of code is in the body of a function or a class."""
    tree = prepare(code).tree
    return row is not None and any(
        isinstance(node, _DEFINITIONS) and node.body[0].lineno <= row + 1 <= (node.end_lineno or 0)
        for node in (tree.body if tree else ())
    )


def _is_damaged(code: str) -> bool:
    """Return whether code has characters that are others' bytes: `cafÃ©`."""
    return any(_is_utf8(run, encoding) for run in _FOREIGN.findall(code[:_READ]) for encoding in _ENCODINGS)


def _is_utf8(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding).decode()
    except UnicodeError:
        return False
    return True


def _is_redefined(evidence: Evidence, names: frozenset[str]) -> bool:
    """Return whether what an output comes from is defined more than once: by Python and the page, or step by step."""
    names -= {node.name for node in _definitions(evidence.code)}
    known: dict[str, str] = {}
    for cell in evidence.before if names else ():
        for node in _definitions(cell):
            text = ast.unparse(node)
            if node.name in names and (node.name in _OWN or known.setdefault(node.name, text) != text):
                return True
    return False


def _definitions(code: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    tree = prepare(code).tree
    return [node for node in (tree.body if tree else ()) if isinstance(node, _DEFINITIONS)]


def sources(before: tuple[str, ...], names: frozenset[str]) -> Iterator[str]:
    """Yield the code of those cells which bind or define names that an output comes from."""
    for cell in before:
        tree = prepare(cell).tree
        if tree is None:
            continue
        if not names.isdisjoint(stored_by(tree) | {node.name for node in _definitions(cell)}):
            yield cell


def _is_abridged(code: str) -> bool:
    """Return whether an ellipsis stands for code: in a line of comment, in what is bound, or in what is handed over."""
    if any(_LEFT_OUT.match(comment) for comment in _comments(code)):
        return True
    tree = prepare(code).tree
    return any(
        isinstance(part, ast.Constant) and part.value is ...
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Call | ast.List | ast.Set | ast.Dict | ast.Assign)
        for part in ast.iter_child_nodes(node)
    )


def _comments(code: str) -> Iterator[str]:
    """Yield the comments that stand on lines of their own."""
    return (match["text"] for match in _COMMENT.finditer(code))


def _is_alternative(code: str, names: Collection[str]) -> bool:
    """Return whether a line of comment is code that would change what an output of its block comes from.

    `return x`, `nonlocal x`, `x.sort()`, `x = x + 1`; no value, as outputs are, and no other binding, as explanations.
    """
    for comment in _comments(code):
        parsed = prepare(comment.strip()).tree
        if parsed is not None and any(_changes(node, names) for node in parsed.body):
            return True
    return False


def _changes(node: ast.stmt, bound: Collection[str]) -> bool:
    if isinstance(node, ast.Assign) and stepped_by(ast.Module([node], [])) & {*bound}:
        return True
    match node:
        case ast.Nonlocal() | ast.Global() | ast.Delete() | ast.AugAssign():
            return True
        case ast.Return(value=value):
            return value is not None
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name in bound
        case ast.Assign(
            targets=[ast.Attribute(value=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name))]
        ):
            return name in bound
    return False
