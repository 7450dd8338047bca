"""Slots: where the outputs of a document's cells stand, or belong.

An output is a fence of text under the mark, then its figures: links to files in a folder beside the document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexapla.documents.document import MARK, Document
from hexapla.ledger.tracebacks import without_library_frames
from hexapla.model.article import Placed
from hexapla.model.block import Block, blocks
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.problem import Problem, Severity
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Run, went_well
from hexapla.programs.claims.said import is_said, worth_showing
from hexapla.programs.claims.verdict import Verdict, settled
from hexapla.programs.successors import end_with_successors
from hexapla.storage import files

_NOT_RUN: Mapping[str, CellRun] = {}
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\(<?(?P<path>[^)>\n]+)>?\)[ \t]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a cell's output stands, or belongs, by lines of the file from 0."""

    cell: Cell
    start: int
    end: int
    """Past the last line of what stands there now; equal to `start` where nothing does."""
    prefix: str
    mark: int = 0
    """The row of the body, from 0, that the mark of what stands there is in."""
    text: str | None
    """The output that stands there; None where there is none."""
    pictures: tuple[Figure | None, ...] = ()
    """The figures that stand there; None for one whose file is not there."""
    pictured: tuple[str, ...] = ()
    """Their paths, from the document's folder."""


def figure_folder(document: Document) -> str:
    """Return the folder beside a document that its figures are written to, as nbconvert calls it."""
    name = re.sub(r"[^\w.-]+", "-", document.path.stem)
    return f"{name}_files"


def cell_figures(done: CellRun) -> tuple[Figure, ...]:
    """Return the figures that a cell drew, each with its words as a link has them."""
    return tuple(
        Figure(svg=output.svg, alt=" ".join(re.sub(r"[\[\]\\]", " ", output.alt).split()))
        for output in done.outputs
        if isinstance(output, Figure)
    )


def ran_well(program: Program, run: Run) -> dict[str, CellRun]:
    """Return the cells by id that did what their author announced, so that their outputs count."""
    return {
        cell.id: done for cell, done in zip(program.cells, run.cells, strict=True) if went_well(cell, done)
    }


def slots(document: Document, ran: Mapping[str, CellRun] = _NOT_RUN) -> Iterator[Slot]:
    """Yield the place of each cell's output, in order; `ran` has what the cells did, which tells typed outputs."""
    program, post = document.program, document.post
    cells = {cell.id: cell for cell in program.cells} if program else {}
    after = {block.line: block for block in blocks(post.body)}
    rows = post.body.split("\n")
    for placed in document.article.placed[post.language]:
        block = placed.block
        if placed.cell not in cells or not block.closed:
            continue
        end = block.line + _height(post.body, block)
        end += _height_of(post.body[block.end : end_with_successors(post.body, block)])
        # Code that a block takes in has many rows here and one line in the file.
        start = post.lines[end - 1]
        cell = cells[placed.cell]
        at = _next_row(rows, end)
        last, text = (at, None) if not _is_mark(rows, at) else _text_at(post.body, rows, at + 1, after)
        links = tuple(_links(rows, last, f"{figure_folder(document)}/")) if last > at else ()
        if text is not None or links:
            last = links[-1][0] + 1 if links else last
            yield Slot(
                cell=cell,
                start=start,
                end=post.lines[last - 1],
                prefix=block.prefix,
                mark=at,
                text=text or "",
                pictures=tuple(_picture(document, alt, path) for _, alt, path in links),
                pictured=tuple(path for _, _, path in links),
            )
        elif not _is_said(placed, ran.get(placed.cell)):
            yield Slot(cell=cell, start=start, end=start, prefix=block.prefix, text=None)


def _is_said(placed: Placed, done: CellRun | None) -> bool:
    """Return whether the author has typed what a block shows, which is checked and stays, or nothing has to be said."""
    code, claims = placed.block.code, placed.claims
    if any(result.verdict is not Verdict.UNDECIDED for result in settled(claims, done, code=code)):
        return True
    if done is None or not done.outputs:
        return False
    return is_said(code, claims, done) or not (claims or worth_showing(code, done.outputs))


def _text_at(
    body: str, rows: Sequence[str], row: int, blocks_at: Mapping[int, Block]
) -> tuple[int, str | None]:
    """Return the row past the fence below a mark, and its text; the row below the mark where there is none."""
    # A formatter puts an empty line below the mark.
    block = blocks_at.get(_next_row(rows, row))
    return (row, None) if block is None else (block.line + _height(body, block), block.code)


def _links(rows: Sequence[str], row: int, folder: str) -> Iterator[tuple[int, str, str]]:
    """Yield the pictures that follow each other from a row on: the row, the words and the path of each."""
    row = _next_row(rows, row)
    while (
        row < len(rows)
        and (match := _PICTURE.match(rows[row].lstrip(" \t>")))
        and match["path"].startswith(folder)
    ):
        yield row, match["alt"], match["path"]
        row = _next_row(rows, row + 1)


def _picture(document: Document, alt: str, path: str) -> Figure | None:
    svg = files.read_if_there(document.path.parent / path)
    return Figure(svg=svg, alt=alt) if svg else None


def _next_row(rows: Sequence[str], start: int) -> int:
    """Return the first row from `start` that has something in it."""
    return next((row for row in range(start, len(rows)) if rows[row].lstrip(" \t>")), len(rows))


def _is_mark(rows: Sequence[str], row: int) -> bool:
    return row < len(rows) and rows[row].lstrip(" \t>").rstrip() == MARK


def astray(document: Document) -> Iterator[Problem]:
    """Yield the outputs that hexapla wrote and that belong to no cell: nothing compares them."""
    post = document.post
    rows = post.body.split("\n")
    code = {
        row
        for block in blocks(post.body)
        for row in range(block.line, block.line + _height(post.body, block))
    }
    of_cells = {slot.mark for slot in slots(document) if slot.text is not None}
    for row in range(len(rows)):
        if _is_mark(rows, row) and row not in code | of_cells:
            yield Problem(
                path=document.path.as_posix(),
                line=post.lines[row],
                code="output-astray",
                message="This output is compared with nothing: it stands below no block that runs.",
                hint="Remove it, or move it right below its block.",
                severity=Severity.WARNING,
            )


def _height(body: str, block: Block) -> int:
    """Return how many lines a block takes, its fences included."""
    return len(body[block.start : block.end].rstrip("\n").split("\n"))


def _height_of(text: str) -> int:
    """Return how many lines a text takes, the last of which may have no end."""
    return text.count("\n") + bool(text and not text.endswith("\n"))


def cell_text(done: CellRun) -> str:
    """Return what a cell showed as text, its figures left out."""
    text = "".join(
        without_library_frames(output.text) if output.kind is Kind.ERROR else output.text
        for output in done.outputs
        if isinstance(output, Text)
    )
    return text if not text or text.endswith("\n") else f"{text}\n"
