"""Output edits: what puts real outputs into an author's text, and takes the typed ones out that they replace."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from hexapla.ledger.digests import digested_cells
from hexapla.ledger.ledger import CellRecord, Record, in_translation
from hexapla.model.article import Article, Level, Placed
from hexapla.model.block import Edit
from hexapla.model.output import Claim, Output
from hexapla.model.program import Program
from hexapla.model.run import Status
from hexapla.programs.align.program import cells_in
from hexapla.programs.claims.around import is_said_around
from hexapla.programs.claims.exhibits import unexhibited
from hexapla.programs.claims.said import is_said, worth_showing
from hexapla.programs.claims.unsaid import Unsaid, unsaid
from hexapla.programs.claims.verdict import KEPT, settled
from hexapla.programs.successors import end_with_successors
from hexapla.render.escape import code_span
from hexapla.render.labels import label_section, labels
from hexapla.render.outputs import WHOLE, Means, cell_outputs, figures_of, tool_note


class View(Enum):
    """Whom a page is for."""

    READER = auto()
    AUTHOR = auto()
    """Who is writing it sees what failed, too, and what waits for what."""
    AUTHOR_WAITING = auto()
    """And of the program, which is being run, which outputs are still to come."""


_NOT_TRIED = (Status.NOT_REACHED, Status.SKIPPED)
_OTHER_PROGRAM = (Level.STALE, Level.DIFFERENT)
_OPENING = re.compile(r"!!!|\?\?\?|===|/{3}|:{3}|#{1,6}\s|<|\{")
"""How a line begins that holds or heads what follows, or is no text: an admonition, a tab, a heading, a tag."""


def output_edits(
    article: Article,
    source: str,
    record: Record,
    language: str,
    *,
    keep_claims: bool,
    shown: Callable[[str], str],
    means: Means = WHOLE,
    in_place: bool = False,
    view: View,
) -> Iterator[Edit]:
    """Yield what turns the body of an article's post in the language `source` into one with its real outputs.

    `record` is that of the program whose outputs they are, `language` the reader's. `shown` writes outputs for who
    reads the page after us, `means` says what the page's Markdown can show. `in_place` leaves what was typed as it is
    laid out where it is right: a comment beside its line, and what is the whole output. `view` says whom it is for.
    """
    body, words = article.posts[source].body, labels(language)
    program = article.program_of(source)
    digests = {cell.id: digest for cell, digest in digested_cells(program)}
    for placed in article.placed[source]:
        if not placed.block.directives.is_python or (placed.block.prefix and not means.nested):
            continue
        if program is None or placed.cell not in digests:
            if placed.level in _OTHER_PROGRAM:
                yield _below(body, placed, tool_note(words.not_run, means))
            continue
        errors = program.settings.show_errors or view is not View.READER
        cell = _shown(record, digests[placed.cell], errors=errors)
        if cell is None and (
            note := _pending(article, source, record.failed(digests[placed.cell]), language, view)
        ):
            yield _below(body, placed, tool_note(note, means))
        if cell is None or (in_place and is_said(placed.block.code, placed.claims, cell)):
            continue
        if in_place and cell.varies:
            # What is typed of it may be as right as what was printed, and there is nothing that each reader sees.
            left = Unsaid(edits=(), replaced=(), outputs=())
            cell = replace(cell, outputs=unexhibited(body, placed.block, figures_of(cell)))
        elif in_place:
            left = unsaid(body, placed, cell, keeps=keep_claims)
            yield from () if keep_claims else left.edits
            cell = replace(cell, outputs=_still_to_show(body, placed, left))
        if in_place and (not cell.outputs or cell.caught):
            continue
        claims = () if keep_claims else left.replaced if in_place else _giving_way(placed, cell)
        moved = next((claim for claim in claims if claim.place is not None), None)
        glued = in_place and moved is None and _is_glued(body, placed)
        here = replace(means, blocks=False) if glued else means
        for claim in claims:
            yield from claim.edits
        label = next((claim.label for claim in claims if claim.label), "")
        text = _text(article, source, program, placed, cell, language=language, label=label, means=here)
        yield _below(body, placed, shown(text), moved, glued=glued)


def _still_to_show(body: str, placed: Placed, left: Unsaid) -> tuple[Output, ...]:
    """Return the outputs of a block that are worth showing below it, of those that are not typed in it."""
    worth = unexhibited(body, placed.block, worth_showing(placed.block.code, left.outputs))
    if left.replaced:
        return worth or left.outputs
    return tuple(output for output in worth if not is_said_around(body, placed, output))


def _text(
    article: Article,
    source: str,
    program: Program,
    placed: Placed,
    cell: CellRecord,
    *,
    language: str,
    label: str,
    means: Means,
) -> str:
    """Return a cell's outputs as Markdown, and what is to be said of those that another language's code has printed."""
    words, is_translated = labels(language), source != article.original
    text = cell_outputs(
        in_translation(cell, program, cells_in(article, source)) if is_translated else cell,
        slug=article.slug,
        variant=program.variant,
        language=language,
        words=words,
        label=label,
        hide="hide-output" in placed.block.directives.classes,
        alt=dict(placed.block.directives.attributes).get("alt", ""),
        means=means,
    )
    is_original_output = placed.localized and is_translated and not program.variant
    return f"{text}\n{tool_note(words.canonical_output, means)}" if is_original_output else text


def _shown(record: Record, digest: str, *, errors: bool) -> CellRecord | None:
    """Return the cell whose outputs a page shows, if any: one that failed where readers see `errors`."""
    failed = record.failed(digest) if errors else None
    return record.cell(digest) or (failed if failed and failed.status not in _NOT_TRIED else None)


def _pending(article: Article, source: str, failed: CellRecord | None, language: str, view: View) -> str:
    """Return what the author is told below a block that has no output; empty for nothing."""
    words = label_section("live", language)
    if view is View.READER or (failed is None and view is not View.AUTHOR_WAITING):
        return ""
    if failed is None:
        return words["running"]
    if failed.status is not Status.NOT_REACHED:
        return ""
    waits_for = failed.failure.waits_for if failed.failure else ""
    post = article.posts[source]
    owner = next((placed.block for placed in article.placed[source] if placed.cell == waits_for), None)
    if failed.failure is None or owner is None:
        return words["not_reached"]
    return words["waits"].format(name=code_span(failed.failure.subject), line=post.line_at(owner.start) + 1)


def _giving_way(placed: Placed, cell: CellRecord) -> Sequence[Claim]:
    """Return the typed outputs that are replaced: not those of which what ran cannot tell whether they are right."""
    results = settled(placed.claims, cell, code=placed.block.code)
    return [result.claim for result in results if result.verdict not in KEPT and result.claim.edits]


def _is_glued(body: str, placed: Placed) -> bool:
    """Return whether no blank line parts a block from text above it: then Python-Markdown takes it for a part of that.

    What is put behind a blank line there would end the list that the text is an item of.
    """
    block = placed.block
    above = body[: block.start].rstrip("\n").rpartition("\n")[2] if body[: block.start][-2:] != "\n\n" else ""
    above = above.strip(" \t>")
    return bool(above and not _OPENING.match(above)) and end_with_successors(body, block) == block.end


def _below(body: str, placed: Placed, text: str, claim: Claim | None = None, *, glued: bool = False) -> Edit:
    """Put text below a block and what must follow it, or where a typed output stands in the post."""
    known = claim.place if claim else None
    place = end_with_successors(body, placed.block) if known is None else known
    prefix = placed.block.prefix if claim is None or claim.prefix is None else claim.prefix
    written = _inside(text, prefix, apart=not glued)
    if written and body[place - 1 : place] != "\n":
        written = f"\n{written}"
    return Edit(start=place, end=place, text=written)


def _inside(text: str, prefix: str, *, apart: bool) -> str:
    """Put text below a block into the block's container: indented, or behind `>`; `apart` behind a blank line."""
    if not text:
        return ""
    lines = [*([""] if apart else []), *text.rstrip("\n").split("\n")]
    return "".join(
        f"{prefix}{line}".rstrip(" ") + "\n" if not line else f"{prefix}{line}\n" for line in lines
    )
