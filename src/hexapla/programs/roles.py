"""Role: what a string in code is for, told from where it stands."""

import ast
from enum import StrEnum

_SHOWING = frozenset(
    """
    print pprint display input warn debug info warning error critical exception log write title set_title
    suptitle xlabel ylabel set_xlabel set_ylabel text annotate legend echo getpass fail skip
    """.split()
)
_SHOWN_WORDS = frozenset(
    """
    label labels title xlabel ylabel help description epilog prompt desc msg message text caption placeholder
    doc name_label
    """.split()
)
_COLUMN_WORDS = frozenset(
    """
    by on left_on right_on x y hue col row column columns index subset usecols facet_col facet_row key
    """.split()
)
"""Arguments that name a column, so that their strings are looked up."""
_READ_WORDS = frozenset({"sep", "end", "sql"})
"""Arguments that are read, or written as they stand."""
_LOOKUPS = {
    **dict.fromkeys(("get", "pop", "setdefault", "__getitem__", "getenv"), 0),
    **dict.fromkeys(("getattr", "setattr", "hasattr", "delattr"), 1),
}
"""Functions that look something up, and which argument is its key."""
_MATCHING = ("re", "regex")
"""Modules whose functions take a pattern first."""
_RUNNING = ("subprocess", "struct", "einops")
"""Modules whose functions take commands and formats."""
_READING = frozenset(
    """
    system popen Popen check_output check_call eval exec einsum rearrange strftime strptime execute executemany
    executescript read_sql read_sql_query namedtuple TypeVar ParamSpec NewType glob rglob fnmatch
    """.split()
)
"""Functions that read what they are given: a command, a query, a format, the names of fields."""
_MACHINE = frozenset(
    """
    type types role mode kind device dtype format encoding engine provider backend method action op operator
    event lang language locale level optimizer scheduler activation padding reduction
    """.split()
)
"""The last word of names and keys whose values are chosen from a few that a program knows."""
_PASSING = frozenset(
    "str format join len sorted list set tuple reversed enumerate zip min max upper lower _".split()
)
"""Functions whose arguments are for the same purpose as what they return."""


class Role(StrEnum):
    """What a string is for."""

    SHOWN = "shown"
    """Printed, logged, raised or drawn: text for a reader."""
    KEY = "key"
    """Looked up or compared: a subscript, an operand of `==`."""
    ENTRY = "entry"
    """The key of a dictionary that is written out."""
    DEFAULT = "default"
    """What a parameter is where nothing is handed over."""
    ARGUMENT = "argument"
    """Handed to a function that the block does not define."""
    PATTERN = "pattern"
    """Read by a machine: a regular expression, a query, a command, the format in an f-string's field."""
    TEXT = "text"
    """Anything else: assigned, returned, collected."""


def role_of(node: ast.AST, field: str, role: Role) -> Role:
    """Return the role of the strings in a node's field."""
    match node, field:
        case (ast.Raise(), "exc") | (ast.Assert(), "msg"):
            return Role.SHOWN
        case (ast.Dict(), "keys"):
            return Role.ENTRY
        case (ast.Subscript(), "slice") | (ast.Compare(), _) | (ast.MatchValue(), _):
            return Role.KEY
        case (ast.arguments(), "defaults" | "kw_defaults"):
            return Role.DEFAULT
        case (ast.FormattedValue(), "format_spec") | (_, "annotation" | "returns"):
            return Role.PATTERN
        case (ast.keyword(arg=str(word)), _) if word in _WORDS:
            return _WORDS[word]
        case (ast.Call(), "keywords"):
            return argument_role(node, None, role)
        case (ast.Assign(targets=[ast.Name(id=name)]), "value"):
            return _assigned(name)
        case (ast.stmt(), _):
            return Role.TEXT
    return role


_WORDS = {
    **dict.fromkeys(_SHOWN_WORDS, Role.SHOWN),
    **dict.fromkeys(_COLUMN_WORDS, Role.KEY),
    **dict.fromkeys(_READ_WORDS, Role.PATTERN),
}


def _assigned(name: str) -> Role:
    """Return the role of a string that a name is given: `__all__` holds names, `mode` one of a few."""
    if name.startswith("__") and name.endswith("__"):
        return Role.PATTERN
    return Role.ARGUMENT if is_machine(name) else Role.TEXT


def is_machine(name: str) -> bool:
    """Return whether a name or key tells that its value is for a program, as that of `output_type` is."""
    return name.lower().rpartition("_")[2] in _MACHINE


def value_role(pairs: ast.Dict, place: int, role: Role) -> Role:
    """Return the role of the strings in a dictionary's value."""
    key = pairs.keys[place]
    named = isinstance(key, ast.Constant) and isinstance(key.value, str) and is_machine(key.value)
    return Role.ARGUMENT if named else role


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
    module = getattr(func.value, "id", "") if isinstance(func, ast.Attribute) else ""
    if module in _MATCHING:
        return Role.PATTERN if place == 0 else Role.ARGUMENT
    return Role.PATTERN if name in _READING or module in _RUNNING else Role.ARGUMENT
