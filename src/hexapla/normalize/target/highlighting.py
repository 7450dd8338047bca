"""Highlighting: what Pygments and the extension that calls it find out for each block again, found out once.

Versions of an article show the same code, and a page that stands in for translations is rendered in each language. The
result is the same: what is replaced is known by the extension's names, and where it has others, its own stays.
"""

import functools
from typing import Any

from pymdownx import highlight  # type: ignore[import-untyped]

_BLOCKS = 4096
"""So many blocks' tokens are held."""
_THEIRS = vars(highlight).copy()
"""The extension's names, before any of them was replaced."""
_SHEETS: dict[tuple[Any, str], tuple[Any, Any]] = {}
"""What a formatter knows of a style with a prefix of classes."""


def highlight_once() -> None:
    """Have `pymdownx.highlight` look up each language, style and block once in a process."""
    formatters = [_THEIRS.get("BlockHtmlFormatter"), _THEIRS.get("InlineHtmlFormatter")]
    if all(formatters) and {"get_lexer_by_name", "highlight"} <= _THEIRS.keys():
        vars(highlight).update(get_lexer_by_name=_lexer, highlight=_highlighted)
        for formatter in formatters:
            setattr(formatter, "_create_stylesheet", _know_style)  # noqa: B010 - its type is nobody's


@functools.lru_cache(maxsize=256)
def _kind(name: str) -> Any:
    """Return the lexer's class: Pygments goes through all languages for each block."""
    return type(_THEIRS["get_lexer_by_name"](name))


def _lexer(name: str, **options: Any) -> Any:
    return _kind(name)(**options)


def _highlighted(code: str, lexer: Any, formatter: Any) -> str:
    """Return highlighted code as `pygments.highlight` does, whose lexers only need a method with that name."""
    try:
        kind: Any = type(lexer)
        tokens = _tokens(kind, tuple(sorted(lexer.options.items())), code)
    except TypeError:  # An option that cannot be compared is nobody's key.
        tokens = lexer.get_tokens(code)
    return str(_THEIRS["highlight"](code, _Lexed(tokens), formatter))


class _Lexed:
    """Stands in for a lexer that has read a block."""

    def __init__(self, tokens: Any) -> None:
        self._tokens = tokens

    def get_tokens(self, _: str) -> Any:
        """Return the tokens."""
        return self._tokens


@functools.lru_cache(maxsize=_BLOCKS)
def _tokens(kind: Any, options: tuple[tuple[str, Any], ...], code: str) -> tuple[tuple[Any, str], ...]:
    return tuple(kind(**dict(options)).get_tokens(code))


def _know_style(formatter: Any) -> None:
    """Give a formatter the classes of its style, which its instances only read."""
    key = (formatter.style, formatter.classprefix)
    if key not in _SHEETS:
        _THEIRS["HtmlFormatter"]._create_stylesheet(formatter)
        _SHEETS[key] = (formatter.ttype2class, formatter.class2style)
    formatter.ttype2class, formatter.class2style = _SHEETS[key]
