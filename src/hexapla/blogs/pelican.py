"""Pelican: its settings, which are a program, as far as they are written out; nothing of it is run."""

import ast
import re
from collections.abc import Iterator, Sequence


def pelican_settings(text: str) -> dict[str, object]:
    """Return the names that a text gives a value which is written out.

    Raises:
        ValueError: it is no Python.
    """
    try:
        return dict(_assigned(ast.parse(text).body))
    except (SyntaxError, RecursionError, MemoryError) as error:
        # Python's parser has no words for what is nested too deep for it.
        raise ValueError(str(error) or "it is nested too deep") from error


def _assigned(statements: Sequence[ast.stmt]) -> Iterator[tuple[str, object]]:
    """Yield the names that statements give a value which is written out, each with it."""
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                yield statement.targets[0].id, ast.literal_eval(statement.value)
            except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                continue


def as_of_jekyll(pattern: str) -> str:
    """Write Pelican's pattern of addresses, `{date:%Y}/{slug}/`, as one of Jekyll's."""
    days = {
        "%Y": ":year",
        "%m": ":month",
        "%d": ":day",
        "%b": ":short_month",
        "%y": ":short_year",
        "%j": ":y_day",
    }
    dates = re.sub(
        r"\{date:([^{}]*)\}",
        lambda date: re.sub(r"%\w", lambda sign: days.get(sign[0], ":unknown"), date[1]),
        pattern,
    )
    return "/" + re.sub(r"\{(\w+)\}", r":\1", dates).lstrip("/")
