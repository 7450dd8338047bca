"""Remarks: notes on what recorded outputs show, of which readers have nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hexapla.ledger.comparison import address_in
from hexapla.ledger.ledger import CellRecord
from hexapla.model.article import Article
from hexapla.model.codes import problem
from hexapla.model.output import Figure, Output, Text
from hexapla.model.problem import Problem, harmless
from hexapla.programs.claims.said import first_line, is_said, unprinted
from hexapla.programs.claims.unsaid import unsaid

_TAKES_ADDRESSES = re.compile(r"\b(?:data_ptr|id|addressof|_cdata)\b|__array_interface__|\.ctypes\b")
"""Code without one of these prints no address as a number."""
_LONGEST = 80
"""Characters of an output that a note quotes."""


def remarks(article: Article, outputs: Mapping[tuple[str, str], Sequence[Output]]) -> Iterator[Problem]:
    """Yield a note for each cell that shows an address of memory, or less than a notebook would.

    `outputs` are recorded, by variant and cell.
    """
    for program in article.programs:
        numbers = False
        for cell in program.cells:
            numbers = numbers or bool(_TAKES_ADDRESSES.search(cell.code))
            shown = outputs.get((program.variant, cell.id), ())
            texts = (output.text for output in shown if isinstance(output, Text) and not output.markup)
            if address := next(filter(None, (address_in(text, numbers=numbers) for text in texts)), ""):
                message = f"Cell {cell.id} of {program.name} shows an address of memory: `{address}`."
                yield problem("address-shown", cell.path, cell.line, message)
            for lacks in {
                output.lacks: None for output in shown if isinstance(output, Text) and output.lacks
            }:
                message = f"A notebook shows the value of cell {cell.id} of {program.name} as {lacks}, a page its text."
                yield problem("value-not-shown", cell.path, cell.line, message)
    yield from _undescribed(article, outputs)


def left_out_remarks(article: Article, cells: Mapping[tuple[str, str], CellRecord]) -> Iterator[Problem]:
    """Yield a note for each block of a page of the site's own that shows nothing but what no author would print."""
    for language, post in article.posts.items():
        program = article.program_of(language)
        own = {cell.id: cell for cell in program.cells if cell.path == post.path} if program else {}
        for placed in article.placed[language]:
            cell = own.get(placed.cell)
            ran = cells.get((program.variant, placed.cell)) if program and cell else None
            code = placed.block.code
            if cell is None or ran is None or ran.caught or is_said(code, placed.claims, ran):
                continue
            if ran.varies:
                why, line = "a second run prints something else", first_line(ran.outputs)
                line = "" if placed.claims else line
            else:
                left = unsaid(post.body, placed, ran)
                why = "no author would print it"
                line = "" if left.replaced else unprinted(code, left.outputs)
            if line:
                shown = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
                what = f"What cell {cell.id} of {article.slug} shows is left out, since {why}"
                yield problem("output-left-out", cell.path, cell.line, f"{what}: `{harmless(shown)}`.")


def _undescribed(article: Article, outputs: Mapping[tuple[str, str], Sequence[Output]]) -> Iterator[Problem]:
    """Yield a note for each block that draws a figure and does not say what it shows."""
    for language, post in article.posts.items():
        program = article.program_of(language)
        for placed in article.placed[language]:
            shown = outputs.get((program.variant, placed.cell), ()) if program else ()
            figure = next((output for output in shown if isinstance(output, Figure)), None)
            if figure and "alt" not in dict(placed.block.directives.attributes):
                message = (
                    f"Who cannot see the figure of this block is told what hexapla made of it: {figure.alt}."
                )
                yield problem("figure-undescribed", post.path, post.line_at(placed.block.start), message)
