"""Warnings: what Python prints among the outputs of a program, which nobody types as one."""

import re

_WARNING = re.compile(
    r"(?m)^(?:cell [^\n,]*+, line \d++|(?:[A-Za-z]:(?=\\))?+[^\n:]*+:\d++): "
    r"(?:\w*+(?<=Warning)|[A-Z][a-zA-Z]{0,40}Deprecated[a-zA-Z]{0,20}\d{0,4}): [^\n]*+(?:\n|\Z)"
    r"(?:(?:(?! {2}\S)[^\n]*+\n){0,9}? {2}\S[^\n]*+(?:\n|\Z))?"
    r"|^RuntimeWarning: Enable tracemalloc [^\n]*+(?:\n|\Z)"
)
"""A warning as Python prints it: where, what, which may go on in further lines, and the line of code."""


def calm(text: str) -> str:
    """Return a text without the warnings in it."""
    return _WARNING.sub("", text) if "Warning: " in text or "Deprecated" in text else text
