"""Similarity: a block as pairing sees it, and how much of two agrees that are not the same program."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexapla.model.block import Block
from hexapla.programs.fingerprint import digest, fingerprint_of
from hexapla.programs.sequences import Alphabet, agreements
from hexapla.programs.tokens import bare_words, texts_or_words, token_digest, tokens_of

THRESHOLD = 0.6
"""Two blocks resemble one another when this much of their tokens agrees."""
SHUFFLED = 0.95
"""Or when this much does in another order."""


_KINDS = {
    **dict.fromkeys(
        ("text", "txt", "plaintext", "plain", "none", "raw", "output", "out", "markdown", "md"), ""
    ),
    **dict.fromkeys(
        ("sh", "shell", "zsh", "console", "terminal", "shell-session", "cmd", "powershell"), "bash"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A block as pairing sees it."""

    id: str
    loose: str
    exact: str
    code: str
    python: bool
    kind: str
    """Its language; one name for all that show plain text, and one for all shells."""
    blank: bool
    """Whether there is nothing in it but comments, so that it is everywhere the same."""


def item_of(block: Block) -> Item:
    """Read a block."""
    directives = block.directives
    fingerprint = fingerprint_of(block.code) if directives.is_python else None
    if fingerprint is not None and fingerprint.marks:
        loose, exact = fingerprint.loose, fingerprint.exact
    elif directives.is_python:
        loose, exact = token_digest(block.code), digest([block.code.strip()])
    else:
        bare = [line.rstrip() for line in block.code.strip().split("\n") if not line.lstrip().startswith("#")]
        loose, exact = digest(["text", *bare]), digest(["text", block.code.strip()])
    return Item(
        id=directives.id,
        loose=loose,
        exact=exact,
        code=block.code,
        python=directives.is_python,
        kind=_KINDS.get(directives.language, directives.language),
        blank=not block.code.strip() or (fingerprint is not None and not fingerprint.marks),
    )


def program_of(item: Item) -> str:
    """Return what names the program in a fence of any language; empty for none."""
    fingerprint = fingerprint_of(item.code)
    return fingerprint.loose if fingerprint is not None and fingerprint.marks else ""


class Similarity:
    """Compares the blocks of two posts, each of which is read once."""

    def __init__(self) -> None:
        self._alphabet = Alphabet()
        self._texts: dict[tuple[str, bool, bool], str] = {}

    def of(self, first: Item, others: Sequence[Item]) -> list[float]:
        """Return how much of a block agrees with each of others; 0 for another kind, and below the threshold."""
        places = [place for place, other in enumerate(others) if other.python == first.python]
        codes = [others[place].code for place in places]
        shares = dict(zip(places, self.of_codes(first.code, codes, python=first.python), strict=True))
        return [shares.get(place, 0.0) for place in range(len(others))]

    def of_codes(self, first: str, others: Sequence[str], *, python: bool) -> list[float]:
        """Return how much of a code's tokens agrees with each of others', or of a text's words."""
        shares = [0.0] * len(others)
        # Where one of the two cannot be read, marks are left out: they may be what is damaged.
        read = [python and tokens_of(first).complete and tokens_of(other).complete for other in others]
        for is_read in set(read):
            places = [place for place, both in enumerate(read) if both == is_read]
            texts = [self._text(others[place], is_read, python) for place in places]
            for place, share in zip(places, _shares(self._text(first, is_read, python), texts), strict=True):
                shares[place] = share
        return shares

    def _text(self, code: str, is_read: bool, python: bool) -> str:
        """Return a block's tokens or words, one character each."""
        key = code, is_read, python
        if key not in self._texts:
            words: Iterable[str] = code.split()
            if python:
                words = texts_or_words(code) if is_read else filter(_is_word, bare_words(code))
            self._texts[key] = self._alphabet.text(words)
        return self._texts[key]


def fits(first: Item, second: Item) -> float:
    """Return how well two fences of no program fit whose words are translated: by their language and length."""
    if first.kind != second.kind or first.python:
        return 0
    lengths = sorted(item.code.count("\n") + 1 for item in (first, second))
    return 1 + lengths[0] / lengths[1]


@functools.lru_cache(maxsize=4096)
def weight_of(code: str) -> int:
    """Return what the names of a block and the number of its numbers add up to, in whatever order they stand.

    Blocks one below the other weigh what they weigh together.
    """
    words = filter(_is_word, texts_or_words(code))
    return sum(hash(word) if word.isidentifier() else 1 for word in words)


def _shares(text: str, others: Sequence[str]) -> list[float]:
    """Return the share of a text that each of others has, in its order or nearly all of it in another one."""
    if not text:
        return [0.0] * len(others)
    ordered = agreements(text, others, least=THRESHOLD)
    shuffled = agreements(_sorted(text), [_sorted(other) for other in others], least=SHUFFLED)
    return [
        share or (THRESHOLD if any_order else 0.0) for share, any_order in zip(ordered, shuffled, strict=True)
    ]


@functools.lru_cache(maxsize=4096)
def _sorted(text: str) -> str:
    """Return a text's characters in one order: what two such texts share is what they share in any order."""
    return "".join(sorted(text))


def _is_word(token: str) -> bool:
    return token[:1] == "_" or token[:1].isalnum()
