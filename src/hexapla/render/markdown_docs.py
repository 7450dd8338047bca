"""pytest-markdown-docs: which blocks of a page it can run, as it comes, and which are left out of its tests.

It runs each block with the text of those before it that are marked `continuation`, and takes no part of what a
`notest` block does. So a block that needs what such a block binds must be `notest` too.
"""

import ast
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePosixPath

from hexapla.model.article import Article, Placed
from hexapla.model.block import Block
from hexapla.model.codes import problem
from hexapla.model.containers import hidden
from hexapla.model.directives import MACHINE, page_info
from hexapla.model.problem import Problem
from hexapla.model.program import Cell, File, Program, lost
from hexapla.programs.parse import prepare

_READ = frozenset({"python", "py", "python3"})
"""The languages that it collects (`pytest_markdown_docs/plugin.py`: `extract_fence_tests`)."""


def untested_cells(
    program: Program,
    placed: Sequence[Placed],
    lines: Sequence[str],
    failed: Set[str] = frozenset(),
    *,
    tabs: bool,
) -> Mapping[str, str]:
    """Return the cells that cannot be run from the page which holds these blocks, by id, and why: a clause.

    `lines` is the post's body, `failed` has the cells that did not run well, `tabs` says whether the site reads
    `/// tab`.
    """
    blocks = {item.cell: item.block for item in placed if item.cell}
    reasons: dict[str, str] = {}
    first = True
    given = {name for line in program.imports for name in line.names.bound}
    for cell in program.cells:
        block = blocks.get(cell.id)
        reason = _reason(cell, block, first=first) if block else "the page lacks it"
        if needed := sorted(given & set(cell.names.needed)):
            reason = reason or f"`execute: imports:` binds `{needed[0]}` for it"
        given -= set(cell.names.bound)
        if file := next(_brought(cell, program.files), ""):
            reason = reason or f"it reads `{file}`, which `files:` brings along"
        reason = "it failed when it was run" if cell.id in failed else reason
        if block and not reason and block.prefix[:1] == " " and hidden(lines, block.line, tabs=tabs):
            reason = "it stands in an indented container"
        if not all(tab.first for tab in cell.tabs):
            reason = reason or "it stands in a tab beside another"
        if reason:
            reasons[cell.id] = reason
        first &= cell.id in reasons
    reasons |= dict(_parted(program, reasons))
    return reasons | {
        name: f"it needs `{loss.name}` of cell {loss.cell.id} ({loss.cell.path}:{loss.cell.line})"
        for name, loss in lost(program, reasons).items()
    }


def _parted(program: Program, untested: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the cells that go on with a namespace behind a cell of another one: no page can say so."""
    begun: set[str] = set()
    last = ""
    for cell in program.cells:
        namespace = program.namespace_of(cell)
        if cell.id in untested:
            continue
        if namespace in begun and namespace != last:
            yield cell.id, "blocks of another session stand between it and those that it goes on with"
            continue
        begun.add(namespace)
        last = namespace


def info_strings(
    program: Program | None,
    placed: Sequence[Placed],
    lines: Sequence[str],
    failed: Set[str] = frozenset(),
    *,
    tabs: bool,
) -> Iterator[tuple[Placed, str]]:
    """Yield each Python block of a page with its fence's info string as the page spells it."""
    namespaces = {cell.id: program.namespace_of(cell) for cell in program.cells} if program else {}
    untested = untested_cells(program, placed, lines, failed, tabs=tabs) if program else {}
    fixtures: dict[str, None] = {}
    last: str | None = None
    for item in placed:
        if not item.block.directives.is_python:
            continue
        # What a figure shows is said beside the figure.
        said = tuple((key, value) for key, value in item.block.directives.attributes if key != "alt")
        directives = replace(item.block.directives, attributes=said)
        if item.cell not in namespaces or item.cell in untested:
            yield item, page_info(replace(directives, notest=True))
            continue
        # A block that continues others is run with their text, so it needs their fixtures.
        continues, last = namespaces[item.cell] == last, namespaces[item.cell]
        fixtures = (fixtures if continues else {}) | dict.fromkeys(directives.fixtures)
        yield item, page_info(replace(directives, fixtures=tuple(fixtures)), continuation=continues)


def untested_problems(article: Article) -> Iterator[Problem]:
    """Yield a note for each cell of the original that is left out though nothing in itself is in the way.

    Only those that an author can change: what a block binds before it raises can stand in a block before.
    """
    program = article.programs[0] if article.programs else None
    if program is None or not any(cell.raises for cell in program.cells):
        return
    raising = {cell.id for cell in program.cells if cell.raises}
    for name, loss in lost(program, raising).items():
        cell = next(cell for cell in program.cells if cell.id == name)
        place = f"{loss.cell.path}:{loss.cell.line}"
        why = f"which must raise {loss.cell.raises}" if loss.cell.raises else "which is left out too"
        message = f"It needs `{loss.name}` of cell {loss.cell.id} ({place}), {why}."
        yield problem("left-out", cell.path, cell.line, message)


def _reason(cell: Cell, block: Block, *, first: bool) -> str:
    machine = [name for name in cell.fixtures if name in MACHINE]
    if cell.raises:
        return f"it must raise {cell.raises}"
    if machine:
        return f"it asks for `fixture:{machine[0]}`"
    if block.directives.language not in _READ or prepare(block.code).code != block.code:
        return "it is written for a prompt or a notebook"
    if "await" in block.code and _awaits(prepare(block.code).tree):
        return "it waits outside of a function"
    if not first and "__future__" in block.code:
        return "its import must come first"
    return ""


def _brought(cell: Cell, files: Sequence[File]) -> Iterator[str]:
    """Yield the files, of those that an article brings along, that a cell names or imports: pages have none of them."""
    if not files:
        return
    by_path = {path: file.name for file in files for path in _paths(file.name)}
    for node in ast.walk(prepare(cell.code).tree or ast.Module(body=[], type_ignores=[])):
        match node:
            case ast.Constant(value=str(text)):
                names = [text.removeprefix("./").rstrip("/")]
            case ast.Import():
                names = [f"{alias.name.partition('.')[0]}.py" for alias in node.names]
            case ast.ImportFrom(module=str(module)):
                names = [f"{module.partition('.')[0]}.py"]
            case _:
                continue
        yield from (by_path[name] for name in names if name in by_path)


def _paths(name: str) -> Iterator[str]:
    """Yield how code names a file or the folders that it is in; a folder that is imported as a module, too."""
    path = PurePosixPath(name)
    yield name
    for folder in path.parents:
        if folder.name:
            yield str(folder)
            yield f"{folder}.py"


def _awaits(tree: ast.Module | None) -> bool:
    """Return whether code needs a loop at its top level, which plain Python refuses."""
    try:
        compile(tree or "", "<block>", "exec", dont_inherit=True)
    except SyntaxError:
        return True
    return False
