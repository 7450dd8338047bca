"""Program: an article's cells in order, and the variants of it that translated strings make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.model.directives import MACHINE, Check
from hexapla.model.settings import Settings
from hexapla.programs.fingerprint import of_code


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


def programs(
    slug: str,
    canonical: Sequence[Cell],
    own: Mapping[str, Sequence[Cell]],
    settings: Settings,
    *,
    docstrings: bool = False,
) -> tuple[Program, ...]:
    """Return each distinct program once: the canonical one first.

    `own` has, by language in the site's order, the cells as that language's page holds them; the
    original's language comes first, with the canonical cells.
    """
    if not settings.enabled:
        return ()
    chains: dict[tuple[str, ...], tuple[Sequence[Cell], list[str]]] = {}
    if canonical:
        chains[_chain(canonical, docstrings)] = (canonical, [])
    for language, cells in own.items():
        if cells:
            chains.setdefault(_chain(cells, docstrings), (cells, []))[1].append(language)
    return tuple(
        Program(
            slug=slug,
            variant="" if cells is canonical else languages[0],
            cells=tuple(cells),
            languages=tuple(languages),
            settings=settings,
        )
        for cells, languages in chains.values()
    )


def _chain(cells: Sequence[Cell], docstrings: bool) -> tuple[str, ...]:
    """Return what makes two programs the same: their cells' keys, in order."""
    keys = [(cell, of_code(cell.code, docstrings)) for cell in cells]
    return tuple(f"{cell.id}:{print_.exact if print_ else cell.code}" for cell, print_ in keys)
