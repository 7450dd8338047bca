"""Tokens: code as Python's tokenizer reads it, which also tells something of code that does not parse."""

import functools
import re
import tokenize
from dataclasses import dataclass

from hexapla.programs.fingerprint import digest
from hexapla.programs.parse import prepare
from hexapla.programs.python_versions import tokens

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of a code, comments and line ends included."""

    read: tuple[tokenize.TokenInfo, ...]
    complete: bool
    """Whether Python could tell them apart to the end; else they are those before the fault."""


_LONGEST = 10_000
"""A line of more characters is no code that somebody wrote: where it does not parse, its tokens are not read, for
Python looks at what it cannot read again and again."""


@functools.lru_cache(maxsize=1024)
def tokens_of(code: str) -> Tokens:
    """Return code's tokens, as far as they can be read."""
    if max(map(len, code.split("\n"))) > _LONGEST and prepare(code).tree is None:
        return Tokens(read=(), complete=False)
    read: list[tokenize.TokenInfo] = []
    complete = True
    try:
        for token in tokens(code):
            read += (token,)
    except (tokenize.TokenError, SyntaxError):
        complete = False
    return Tokens(read=tuple(read), complete=complete)


@functools.lru_cache(maxsize=1024)
def token_texts(code: str, *, strings: bool = True) -> tuple[str, ...] | None:
    """Return code's tokens without comments and layout, or None where Python cannot tell them apart.

    Without `strings`, one mark stands for any string.
    """
    tokens = tokens_of(code)
    if not tokens.complete:
        return None
    return tuple(
        "§" if token.type == tokenize.STRING and not strings else token.string
        for token in tokens.read
        if token.type not in (tokenize.COMMENT, tokenize.NL)
    )


def bare_words(code: str) -> tuple[str, ...]:
    """Return the words and marks of code that need not be Python, without what looks like comments."""
    return tuple(_WORD.findall("\n".join(line.split("#")[0] for line in code.split("\n"))))


def texts_or_words(code: str) -> tuple[str, ...]:
    """Return code's tokens, strings blanked; where Python cannot tell them apart, its words and marks."""
    texts = token_texts(code, strings=False)
    return bare_words(code) if texts is None else texts


@functools.lru_cache(maxsize=512)
def token_digest(code: str) -> str:
    """Return a digest of code's tokens without comments and strings, for what does not parse."""
    return digest(texts_or_words(prepare(code).code))
