"""Resemblance: how much of two blocks agrees that are not the same program."""

import functools
from collections.abc import Iterable

from hexapla.programs.alike import Alphabet, agreement
from hexapla.programs.tokens import bare_words, texts_or_words, token_texts

THRESHOLD = 0.6
"""Two blocks resemble one another when this much of their tokens agrees."""
SHUFFLED = 0.95
"""Or when this much does in another order."""


class Resemblance:
    """Compares the blocks of two posts, each of which is read once."""

    def __init__(self) -> None:
        self._alphabet = Alphabet()
        self._texts: dict[tuple[str, bool, bool], str] = {}

    def of(self, first: str, second: str, *, python: bool) -> float:
        """Return how much of two blocks' tokens agrees, of what is no Python their words; 0 below the threshold."""
        # Where one of the two cannot be read, marks are left out: they may be what is damaged.
        is_read = python and all(token_texts(code) is not None for code in (first, second))
        left, right = (self._text(code, is_read, python) for code in (first, second))
        if not left or not right:
            return 0
        ratio = agreement(left, right, least=THRESHOLD)
        if not ratio and agreement(_sorted(left), _sorted(right), least=SHUFFLED):
            return THRESHOLD
        return ratio

    def _text(self, code: str, is_read: bool, python: bool) -> str:
        """Return a block's tokens or words, one character each."""
        key = code, is_read, python
        if key not in self._texts:
            words: Iterable[str] = code.split()
            if python:
                words = texts_or_words(code) if is_read else filter(_is_word, bare_words(code))
            self._texts[key] = self._alphabet.text(words)
        return self._texts[key]


@functools.lru_cache(maxsize=4096)
def size_of(code: str) -> int:
    """Return how many names and numbers a block has."""
    return sum(map(_is_word, texts_or_words(code)))


@functools.lru_cache(maxsize=4096)
def _sorted(text: str) -> str:
    """Return a text's characters in one order: what two such texts share is what they share in any order."""
    return "".join(sorted(text))


def _is_word(token: str) -> bool:
    return token[:1] == "_" or token[:1].isalnum()
