"""Article: the posts that are versions of one another, and the program that they share."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexapla.claims import Claim
from hexapla.directives import Check
from hexapla.markdown import Block
from hexapla.posts import Post
from hexapla.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One step of a program."""

    id: str
    """Unique in the article; the author's `#id`, else `cell-1`, `cell-2`, … in the original's order."""
    code: str
    """What is executed: the original's code, with prompts and doctest output taken out."""
    path: str
    """The post that the code is from: what a traceback names."""
    line: int
    """1-based line of the first line of `code` in that post."""
    raises: str = ""
    fixtures: tuple[str, ...] = ()
    check: Check = Check.CLOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an article's programs run: `execute:` in the front matter over the site's defaults."""

    enabled: bool = True
    seed: int = 0
    timeout: float = 60.0
    """Wall time for a whole program, in seconds."""
    shared_state: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Cells in order, sharing one namespace, for one or more languages."""

    slug: str
    variant: str
    """Empty for the canonical program; else the first language whose translated strings it holds."""
    cells: tuple[Cell, ...]
    languages: tuple[str, ...]
    """Those whose pages show what this program printed."""
    settings: Settings = Settings()

    @property
    def name(self) -> str:
        """The slug, with the variant's language behind a dot: unique in a site."""
        return f"{self.slug}.{self.variant}" if self.variant else self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block of a post, and the cell that it holds."""

    block: Block
    cell: str
    """The cell's id; empty where the block is no cell, or holds another program: then it has no output."""
    claims: tuple[Claim, ...] = ()
    """The outputs that the author typed for this block."""
    localized: bool = False
    """Whether its strings differ from the original's."""


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

    def program_of(self, language: str) -> Program | None:
        """Return the program whose outputs the page in `language` shows."""
        return next((program for program in self.programs if language in program.languages), None)
