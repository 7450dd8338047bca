"""Pairing: two blocks that stand for one another, and a block as aligning sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hexapla.model.block import Block
from hexapla.programs.fingerprint import digest, fingerprint_of
from hexapla.programs.tokens import token_digest


class How(StrEnum):
    """Why two blocks are a pair, or why one is alone."""

    ID = "id"
    EQUAL = "equal"
    LIKE = "like"
    MOVED = "moved"
    RETAGGED = "retagged"
    MERGED = "merged"
    SPLIT = "split"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Blocks that stand for one another, by their indexes; one side is empty where a block is alone."""

    original: tuple[int, ...]
    translation: tuple[int, ...]
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A block as alignment sees it."""

    id: str
    loose: str
    exact: str
    code: str
    python: bool
    blank: bool
    """Whether there is nothing in it but comments, so that it is everywhere the same."""


def item_of(block: Block) -> Item:
    """Read a block."""
    directives = block.directives
    print_ = fingerprint_of(block.code) if directives.is_python else None
    if print_ is not None and print_.marks:
        keys = print_.loose, print_.exact
    elif directives.is_python:
        keys = token_digest(block.code), digest([block.code.strip()])
    else:
        bare = [line.rstrip() for line in block.code.strip().split("\n") if not line.lstrip().startswith("#")]
        keys = digest(["text", *bare]), digest(["text", block.code.strip()])
    return Item(
        id=directives.id,
        loose=keys[0],
        exact=keys[1],
        code=block.code,
        python=directives.is_python,
        blank=not block.code.strip() or (print_ is not None and not print_.marks),
    )


def heaviest(a: list[int], b: list[int], weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, that weigh most together; pairs of weight 0 are none."""
    table = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    weights = [[weight(i, j) for j in b] for i in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            joined = weights[i][j] + table[i + 1][j + 1] if weights[i][j] else 0.0
            table[i][j] = max(joined, table[i + 1][j], table[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if weights[i][j] and table[i][j] == weights[i][j] + table[i + 1][j + 1]:
            found.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
