"""Notest: `hexapla fix --notest` marks the blocks that did not run well as not to be run, in all languages."""

from collections.abc import Iterator, Set

from hexapla.ledger.digests import digested_cells
from hexapla.ledger.ledger import Ledger
from hexapla.model.article import Article, Placed
from hexapla.model.block import Block, Edit
from hexapla.model.directives import directives_of
from hexapla.model.program import Program
from hexapla.model.run import Status
from hexapla.programs.parse import prepare, uncompilable

KINDS = ("cannot-run", "cell-raised", "cell-ok", "cell-exited", "cell-killed", "cell-timeout", "cell-limit")
"""The codes of what can be marked."""


def marked_blocks(article: Article, ledger: Ledger, kinds: Set[str]) -> dict[str, list[Block]]:
    """Return by language the blocks to mark: those whose failure of one of these kinds is recorded, those that do
    not parse, their translations, and what was not reached because of them.
    """
    unparsed = set(_unparsed(article)) if "cannot-run" in kinds else set()
    failed = {program.variant: _failed(program, ledger, kinds) for program in article.programs}
    marked: dict[str, list[Block]] = {}
    for language, blocks in article.placed.items():
        program = article.program_of(language)
        cells = failed.get(program.variant, frozenset()) if program else frozenset()
        chosen = [
            placed.block
            for index, placed in enumerate(blocks)
            if placed.cell in cells or _stands_for(article, language, index, placed) in unparsed
        ]
        marked[language] = [block for block in chosen if block.directives.runs and block.closed]
    return marked


def _unparsed(article: Article) -> Iterator[int]:
    """Yield which of the original's blocks are no cells since they do not parse."""
    for index, placed in enumerate(article.placed[article.original]):
        block = placed.block
        if not placed.cell and block.directives.runs and uncompilable(prepare(block.code))[0]:
            yield index


def _stands_for(article: Article, language: str, index: int, placed: Placed) -> int | None:
    return index if language == article.original else placed.twin


def _failed(program: Program, ledger: Ledger, kinds: Set[str]) -> frozenset[str]:
    """Return the ids of a program's cells that are recorded to have failed so, and of those that wait for them."""
    record = ledger.record_of(program)
    chosen: set[str] = {block.id for block in program.unrun} if "cannot-run" in kinds else set()
    for cell, digest in digested_cells(program):
        failed = record.failed(digest)
        if failed is None:
            continue
        code = failed.status if failed.status is Status.CANNOT_RUN else f"cell-{failed.status}"
        waits_for = failed.failure.waits_for if failed.failure else ""
        if code in kinds or (failed.status is Status.NOT_REACHED and waits_for in chosen):
            chosen.add(cell.id)
    return frozenset(chosen)


def with_notest(body: str, block: Block, *, in_braces: bool = False) -> Edit | None:
    """Return what marks a block's fence; None where its words cannot be read together with one more.

    `in_braces` writes it as a page's own Markdown reads it, `{.python .notest}`: a bare word would make the fence text.
    """
    start = body.index(block.fence, block.start + len(block.prefix)) + len(block.fence)
    line_end = body.find("\n", start)
    end = line_end if line_end >= 0 else len(body)
    info = body[start:end].rstrip()
    language, blank, rest = info.lstrip().partition(" ")
    indent = info[: len(info) - len(info.lstrip())]
    written = [f"{indent}{language} notest{blank}{rest}", f"{info} notest"]
    if info.lstrip().startswith("{") and info.endswith("}"):
        written = [f"{info[:-1].rstrip()} {'.' * in_braces}notest}}"]
    elif in_braces:
        written = [f"{indent}{{.{language} .notest{blank}{rest}}}"]
    for text in written:
        before, after = directives_of(info), directives_of(text)
        if after.notest and after.language == before.language and after.unknown == before.unknown:
            return Edit(start=start, end=start + len(body[start:end].rstrip()), text=text)
    return None
