"""Article: the posts that are versions of one another, and the programs that they share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from hexapla.model.block import Block
from hexapla.model.output import Claim
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.model.program import Program
from hexapla.model.settings import Policy


class Level(IntEnum):
    """The relation's levels, best first."""

    IDENTICAL = 0
    """The same program: one run serves both."""
    LOCALIZED = 1
    """The same but for strings that may be translated: a run of its own."""
    RENAMED = 2
    """The same but for names that the page binds, where the article allows that: a run of its own."""
    STALE = 3
    """What the original was in an older version: not run."""
    DIFFERENT = 4
    """Another program: never gets an output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block of a post, and the cell that it holds."""

    block: Block
    """Its directives are those that hold: a typed output is text even where its fence says `python`."""
    cell: str
    """The cell's id; empty where the block is no cell, or holds another program: then it has no output."""
    claims: tuple[Claim, ...] = ()
    """The outputs that the author typed for this block."""
    mentions: tuple[Claim, ...] = ()
    """What sentences, tables and sessions below it say that it prints: they stay."""
    localized: bool = False
    """Whether its strings differ from the original's."""
    level: Level | None = None
    """How it stands to the original's block; None where there is nothing to compare."""
    twin: int | None = None
    """The index of the original's block that it stands for."""
    output: bool = False
    """Whether it is the typed output of the block before it, so that a claim's edits take it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """All that the later stages need to know of the versions of one article."""

    slug: str
    original: str
    """The language that the others were translated from."""
    reason: str
    """Why that one is the original: a clause for `hexapla status`."""
    posts: Mapping[str, Post]
    """By language, normalized."""
    placed: Mapping[str, tuple[Placed, ...]]
    """By language, every block of the post in order."""
    programs: tuple[Program, ...]
    """The canonical program first, then the variants; empty where nothing runs."""
    problems: tuple[Problem, ...] = ()
    policies: Mapping[str, Policy] = field(default_factory=dict)
    """By language, what may differ."""

    def program_of(self, language: str) -> Program | None:
        """Return the program whose outputs the page in `language` shows."""
        return next((program for program in self.programs if language in program.languages), None)
