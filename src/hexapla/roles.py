"""Role: what a string in code is for, told from where it stands."""

import ast
from enum import StrEnum

_SHOWING = frozenset(
    [
        "print",
        "pprint",
        "display",
        "input",
        "warn",
        "debug",
        "info",
        "warning",
        "error",
        "critical",
        "exception",
        "log",
        "write",
        "title",
        "set_title",
        "suptitle",
        "xlabel",
        "ylabel",
        "set_xlabel",
        "set_ylabel",
        "text",
        "annotate",
        "legend",
        "echo",
        "getpass",
        "fail",
        "skip",
    ]
)
_SHOWN_WORDS = frozenset(
    [
        "label",
        "labels",
        "title",
        "xlabel",
        "ylabel",
        "help",
        "description",
        "epilog",
        "prompt",
        "desc",
        "msg",
        "message",
        "text",
        "caption",
        "placeholder",
        "doc",
        "name_label",
    ]
)
_LOOKUPS = frozenset(
    ["get", "pop", "setdefault", "getattr", "setattr", "hasattr", "delattr", "__getitem__", "getenv"]
)
_PASSING = frozenset(
    [
        "str",
        "format",
        "join",
        "len",
        "sorted",
        "list",
        "set",
        "tuple",
        "reversed",
        "enumerate",
        "zip",
        "min",
        "max",
        "upper",
        "lower",
        "_",
    ]
)
"""Functions whose arguments are for the same purpose as what they return."""


class Role(StrEnum):
    """What a string is for."""

    SHOWN = "shown"
    """Printed, logged, raised or drawn: text for a reader."""
    KEY = "key"
    """Looked up or compared: a dictionary key, a subscript, an operand of `==`, a default."""
    ARGUMENT = "argument"
    """Handed to a function that the block does not define."""
    PATTERN = "pattern"
    """A regular expression: read by a machine."""
    TEXT = "text"
    """Anything else: assigned, returned, collected."""


def is_pattern(node: ast.AST) -> bool:
    """Return whether a node is a call whose first argument is a regular expression."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("re", "regex")
    )


def role_of(node: ast.AST, field: str, role: Role) -> Role:
    """Return the role of the strings in a node's field."""
    match node, field:
        case (ast.Raise(), "exc") | (ast.Assert(), "msg"):
            return Role.SHOWN
        case (ast.Dict(), "keys") | (ast.Subscript(), "slice") | (ast.Compare(), _) | (ast.MatchValue(), _):
            return Role.KEY
        case (ast.arguments(), "defaults" | "kw_defaults"):
            return Role.KEY
        case (ast.keyword(arg=str(word)), _) if word in _SHOWN_WORDS:
            return Role.SHOWN
        case (ast.Call(func=func), "args" | "keywords"):
            return _argument_role(func, role)
        case (ast.stmt(), _):
            return Role.TEXT
    return role


def _argument_role(func: ast.expr, role: Role) -> Role:
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name in _SHOWING:
        return Role.SHOWN
    if name in _PASSING or (role is Role.SHOWN and name[:1].isupper()):
        return role
    return Role.KEY if name in _LOOKUPS else Role.ARGUMENT
