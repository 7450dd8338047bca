"""Program: the distinct programs that the versions of an article hold, and a cell as each version has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hexapla.model.article import Article, Placed
from hexapla.model.block import Block
from hexapla.model.branches import with_chapters, with_tabs
from hexapla.model.codes import problem
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.model.program import Announcement, Cell, Program, Tab
from hexapla.model.run import Obstacle
from hexapla.model.settings import Settings
from hexapla.programs.align.fence_faults import ID
from hexapla.programs.align.scope import cell_names, shown_names
from hexapla.programs.align.side import Side
from hexapla.programs.align.tabs import tabs_of
from hexapla.programs.claims.in_comments import shows_each
from hexapla.programs.failure_words import (
    exceptions_named,
    failing_lines,
    last_sentence,
    raised_in,
    says_it_fails,
)
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.parse import prepare, uncompilable
from hexapla.programs.sketches import is_sketch


def distinct_programs(
    slug: str,
    canonical: Sequence[Cell],
    by_language: Mapping[str, Sequence[Cell]],
    settings: Settings,
    *,
    unrun: Sequence[Cell],
    requires: tuple[str, ...],
    docstrings: bool,
) -> tuple[Program, ...]:
    """Return each distinct program once: the canonical one first.

    `by_language` has, by language in the site's order, the cells as that language's page holds them; the
    original's language comes first, with the canonical cells. `unrun` are the original's blocks that are no cells.
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
            imports=_imports(settings),
            requires=requires,
            unrun=tuple(unrun),
        )
        for cells, languages in chains.values()
    )


def _imports(settings: Settings) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            id=f"import-{number}", code=line.code, path=line.path, line=line.line, names=cell_names(line.code)
        )
        for number, line in enumerate(settings.imports, start=1)
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
        cell, code=prepare(block.code).code, path=post.path, line=line, names=cell_names(block.code), key=""
    )


def cells_of(side: Side) -> tuple[Side, list[Cell], list[Problem]]:
    """Return a post with the ids of its cells, the cells, and a problem for what cannot be one."""
    names = _Names(asked={block.directives.id.casefold() for block in side.blocks if block.directives.id})
    cells: list[Cell] = []
    problems: list[Problem] = []
    ids: list[str] = []
    paths: list[tuple[Tab, ...]] = []
    for block, path in zip(side.blocks, tabs_of(side.post.body, side.blocks), strict=True):
        if not block.directives.runs or not block.closed:
            ids.append("")
            continue
        cell = _cell(side.post, block, names, len(cells) + 1, problems)
        ids.append(cell.id if cell else "")
        if cell:
            cells.append(cell)
            paths.append(path)
    return replace(side, cells=tuple(ids)), with_chapters(with_tabs(cells, paths)), problems


def unrun_of(side: Side) -> list[Cell]:
    """Return the blocks of Python that are no cells and no outputs of one, named by their place among all blocks."""
    blocks = enumerate(zip(side.blocks, side.cells, strict=True))
    return [
        Cell(
            id=f"block-{index + 1}",
            code=block.code,
            path=side.post.path,
            line=side.post.line_at(block.start) + 1,
            names=shown_names(block.code),
            session=block.directives.session,
            alone=block.directives.alone,
        )
        for index, (block, cell) in blocks
        if block.directives.is_python and not cell and index not in side.outputs
    ]


def as_shown(post: Post, cells: Sequence[Cell], placed: Sequence[Placed]) -> list[Cell]:
    """Return cells that know what the words around them expect: values of each expression, a failure."""
    ends = [0, *(item.block.end for item in placed)]
    below = [*placed[1:], None]
    around = {
        item.cell: (item, post.body[end : item.block.start], after)
        for item, end, after in zip(placed, ends, below, strict=False)
    }
    shown = []
    for cell in cells:
        item, prose, after = around[cell.id]
        told = _announcement(cell, item, last_sentence(prose), after)
        shown.append(replace(cell, interactive=shows_each(item.block, item.claims), announced=told))
    return shown


def _announcement(cell: Cell, placed: Placed, sentence: str, after: Placed | None) -> Announcement:
    """Return what the sentence before a cell, its comments and what is typed below it say of its failing."""
    typed = [claim.text for claim in placed.claims]
    typed += [after.block.code] if after and not after.block.directives.is_python else []
    # The last line of a traceback: `KeyError: 'a'`.
    rows = (text.strip().rpartition("\n")[2].partition(":") for text in typed)
    names = [name for head, _, _ in rows for name in exceptions_named(head)]
    fails, tree = says_it_fails(sentence), prepare(cell.code).tree
    return Announcement(
        fails=fails,
        last=tree.body[-1].lineno if fails and tree and tree.body else 0,
        anything=placed.block.directives.may_raise,
        names=tuple(dict.fromkeys((*raised_in(sentence), *names))),
        lines=failing_lines(cell.code),
    )


@dataclass(slots=True, kw_only=True)
class _Names:
    """The ids of the cells so far."""

    asked: set[str]
    """Those that authors give, in lower case, which no other cell is named by."""
    used: set[str] = field(default_factory=set)

    def name(self, asked: str, number: int) -> str:
        """Return the id of a cell: what its author asks for, where it is fit and free; else by its number."""
        name = asked if ID.fullmatch(asked) and asked.casefold() not in self.used else ""
        while not name:
            name = f"cell-{number}" if f"cell-{number}" not in self.asked | self.used else ""
            number += 1
        self.used.add(name.casefold())
        return name


def _cell(post: Post, block: Block, names: _Names, number: int, problems: list[Problem]) -> Cell | None:
    """Make one cell of a block, if it parses, and add what is to be said of it."""
    line = post.line_at(block.start)
    prepared = prepare(block.code)
    fault, row = uncompilable(prepared)
    if fault:
        words = f"The block does not parse: {fault}{'' if fault.endswith('?') else '.'}"
        problems.append(problem("cannot-run", post.path, line + 1 + row, words, cause=Obstacle.SYNTAX))
        return None
    for row in prepared.magics:
        words = "This line is for a notebook and is not run."
        problems.append(problem("magic", post.path, line + 1 + row, words))
    marks = fingerprint_of(prepared.code)
    return Cell(
        id=names.name(block.directives.id, number),
        code=prepared.code,
        path=post.path,
        line=line + 1,
        raises=block.directives.raises,
        fixtures=block.directives.fixtures,
        check=block.directives.check,
        names=cell_names(block.code),
        key=marks.exact if marks else "",
        session=block.directives.session,
        alone=block.directives.alone,
        sketch=is_sketch(block.code),
    )
