"""Program: an article's cells in order, and the variants of it that translated strings make."""

from dataclasses import dataclass, field

from hexapla.model.directives import MACHINE, Check
from hexapla.model.settings import Settings


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
    interactive: bool = False
    """Whether every expression statement shows its value, as at a prompt; else the last one only."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The fixtures that pytest gives; the others are about the machine."""
        return tuple(name for name in self.fixtures if name not in MACHINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Cells in order, sharing one namespace, for one or more languages."""

    slug: str
    variant: str
    """Empty for the canonical program; else the first language whose translated strings it holds."""
    cells: tuple[Cell, ...]
    languages: tuple[str, ...]
    """Those whose pages show what this program printed."""
    settings: Settings = field(default_factory=Settings)

    @property
    def name(self) -> str:
        """The slug, with the variant's language behind a dot: unique in a site."""
        return f"{self.slug}.{self.variant}" if self.variant else self.slug
