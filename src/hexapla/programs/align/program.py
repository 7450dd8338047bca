"""Program: the distinct programs that the versions of an article hold, and a cell as each version has it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hexapla.model.article import Article
from hexapla.model.block import Block
from hexapla.model.post import Post
from hexapla.model.program import Cell, Program
from hexapla.model.settings import Settings
from hexapla.programs.align.scope import cell_names
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.parse import prepare


def distinct_programs(
    slug: str,
    canonical: Sequence[Cell],
    by_language: Mapping[str, Sequence[Cell]],
    settings: Settings,
    *,
    docstrings: bool = False,
) -> tuple[Program, ...]:
    """Return each distinct program once: the canonical one first.

    `by_language` has, by language in the site's order, the cells as that language's page holds them; the
    original's language comes first, with the canonical cells.
    """
    if not settings.enabled:
        return ()
    chains: dict[tuple[str, ...], tuple[Sequence[Cell], list[str]]] = {}
    if canonical:
        chains[_chain(canonical, docstrings)] = (canonical, [])
    for language, cells in by_language.items():
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
    fingerprints = [(cell, fingerprint_of(cell.code, docstrings)) for cell in cells]
    return tuple(f"{cell.id}:{mark.exact if mark else cell.code}" for cell, mark in fingerprints)


def cells_in(article: Article, language: str) -> Mapping[str, Cell]:
    """Return the cells of a page's program, by id, where and as the post in `language` has them."""
    program, post = article.program_of(language), article.posts[language]
    blocks = {item.cell: item.block for item in article.placed[language] if item.cell}
    cells = program.cells if program else ()
    return {cell.id: as_in_post(cell, post, blocks[cell.id]) for cell in cells if cell.id in blocks}


def as_in_post(cell: Cell, post: Post, block: Block) -> Cell:
    """Return a cell as a post has it: its block's code, at its block's line."""
    line = post.line_at(block.start) + 1
    return replace(
        cell, code=prepare(block.code).code, path=post.path, line=line, names=cell_names(block.code)
    )
