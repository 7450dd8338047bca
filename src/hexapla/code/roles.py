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
_LOOKUPS = {
    **dict.fromkeys(("get", "pop", "setdefault", "__getitem__", "getenv"), 0),
    **dict.fromkeys(("getattr", "setattr", "hasattr", "delattr"), 1),
}
"""Functions that look something up, and which argument is its key."""
_MATCHING = ("re", "regex")
"""Modules whose functions take a pattern first."""
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
    """Looked up or compared: a dictionary key, a subscript, an operand of `==`."""
    DEFAULT = "default"
    """What a parameter is where nothing is handed over."""
    ARGUMENT = "argument"
    """Handed to a function that the block does not define."""
    PATTERN = "pattern"
    """Read by a machine: a regular expression, the format in an f-string's field."""
    TEXT = "text"
    """Anything else: assigned, returned, collected."""


def role_of(node: ast.AST, field: str, role: Role) -> Role:
    """Return the role of the strings in a node's field."""
    match node, field:
        case (ast.Raise(), "exc") | (ast.Assert(), "msg"):
            return Role.SHOWN
        case (ast.Dict(), "keys") | (ast.Subscript(), "slice") | (ast.Compare(), _) | (ast.MatchValue(), _):
            return Role.KEY
        case (ast.arguments(), "defaults" | "kw_defaults"):
            return Role.DEFAULT
        case (ast.FormattedValue(), "format_spec"):
            return Role.PATTERN
        case (ast.keyword(arg=str(word)), _) if word in _SHOWN_WORDS:
            return Role.SHOWN
        case (ast.Call(), "keywords"):
            return argument_role(node, None, role)
        case (ast.stmt(), _):
            return Role.TEXT
    return role


def argument_role(call: ast.Call, place: int | None, role: Role) -> Role:
    """Return the role of the strings in a call's argument; `place` is None for one with a name."""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name in _SHOWING:
        return Role.SHOWN
    if name in _PASSING or (role is Role.SHOWN and name[:1].isupper()):
        return role
    if name in _LOOKUPS:
        return Role.KEY if place == _LOOKUPS[name] else Role.TEXT
    if isinstance(func, ast.Attribute) and getattr(func.value, "id", "") in _MATCHING:
        return Role.PATTERN if place == 0 else Role.TEXT
    return Role.ARGUMENT
