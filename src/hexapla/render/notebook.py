"""Notebook: a page as a Jupyter notebook and as a script, in the page's language. Pure text in, text out.

Written from the rendered page's own parts rather than with nbformat: the format is a small JSON document
(nbformat 4.5), and reading pages needs no further package.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hexapla.ledger.digests import digested_cells
from hexapla.ledger.encoding import guarded
from hexapla.ledger.ledger import CellRecord, Record
from hexapla.model.article import Article
from hexapla.model.block import blocks, splice
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Output
from hexapla.programs.claims.verdict import Verdict, settled
from hexapla.programs.parse import prepare
from hexapla.render.jupyter_markdown import jupyter_markdown
from hexapla.render.labels import labels
from hexapla.render.outputs import made_with_sentence, picture_in
from hexapla.render.svg import cleaned
from hexapla.render.values import clean_html

_ID = re.compile(r"[^\w-]", re.ASCII)


def downloads(article: Article, language: str, record: Record) -> tuple[str, str]:
    """Return an article's version in `language` as a notebook and as a script; `record` is that of its program."""
    steps = _steps(article, language, record)
    return _notebook(article, language, record, steps), _script(article, language, record, steps)


def _notebook(article: Article, language: str, record: Record, steps: Sequence["_Step"]) -> str:
    post = article.posts[language]
    recorded = _recorded(article, language, record)
    seeded, program = _seeded(article, language, record), article.program_of(language)
    cells: list[dict[str, Any]] = [_markdown("title", f"# {post.title or article.slug}")]
    for number, step in enumerate(steps):
        if step.prose:
            cells.append(_markdown(f"prose-{number}", step.prose))
        if step.cell and seeded:
            cells.append(_code(_Step(prose="", code=seeded, cell="hexapla-seed"), None))
            # Jupyter keeps it folded, unless readers must see what is imported for them.
            folded = not (program and program.imports)
            cells[-1]["metadata"] = {"jupyter": {"source_hidden": True}} if folded else {}
            seeded = ""
        if step.cell:
            cells.append(_code(step, recorded.get(step.cell)))
    version = record.environment.python if record.environment else "3"
    document = {
        "cells": _counted(cells),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "version": version},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _counted(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells with the counts that Jupyter shows beside code."""
    code = (cell for cell in cells if cell["cell_type"] == "code")
    for count, cell in enumerate(code, start=1):
        cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
    return cells


def _script(article: Article, language: str, record: Record, steps: Sequence["_Step"]) -> str:
    """Return the prose and code of a version as a percent script, no outputs."""
    post = article.posts[language]
    seeded = _seeded(article, language, record)
    parts = [f"# %% [markdown]\n# # {post.title or article.slug}\n"]
    for step in steps:
        if step.prose:
            lines = (f"# {line}".rstrip() for line in step.prose.split("\n"))
            parts.append("# %% [markdown]\n" + "\n".join(lines) + "\n")
        if step.cell and seeded:
            parts.append(f"# %%\n{seeded}\n")
            seeded = ""
        if step.cell:
            code = guarded(step.code, step.raises) if step.raises else step.code
            parts.append(f"# %%\n{code}\n")
    return "\n".join(parts)


_SEEDS = {
    "random": "random.seed({seed})",
    "numpy": "numpy.random.seed({seed} % 2**32)",
    "torch": "_ = torch.manual_seed({seed})",
}
"""How each library is seeded when hexapla runs a program (`execution/determinism.py`)."""


def _seeded(article: Article, language: str, record: Record) -> str:
    """Return the code by which a program draws the numbers that it drew for the page; empty if it draws none."""
    program = article.program_of(language)
    used = (
        {name for cell in (*program.imports, *program.cells) for name in cell.names.modules}
        if program
        else set()
    )
    names = [name for name in _SEEDS if name in used]
    sentence = made_with_sentence(program, record, labels(language))
    lines = [line.code for line in program.imports] if program else []
    if not names or not sentence:
        return "\n".join(lines)
    imports = [f"import {name}" for name in names]
    seeds = [_SEEDS[name].format(seed=record.seed) for name in names]
    return "\n".join((f"# {sentence}", *dict.fromkeys((*imports, *lines)), "", *seeds))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A cell with the prose that stands before it."""

    prose: str
    code: str = ""
    cell: str = ""
    """The cell's id; empty for what follows the last cell."""
    raises: str = ""
    """The exception that it raises on purpose; `Exception` where it failed, so that those behind it run."""


def _steps(article: Article, language: str, record: Record) -> tuple[_Step, ...]:
    """Return the cells of a post in order, typed outputs left out, and last the prose at the end."""
    post, words = article.posts[language], labels(language)
    cells = digested_cells(article.program_of(language))
    failed = {cell.id for cell, digest in cells if record.stops(digest)}
    recorded = _recorded(article, language, record)
    edits = [
        edit
        for placed in article.placed[language]
        for result in settled(placed.claims, recorded.get(placed.cell), code=placed.block.code)
        if result.verdict is not Verdict.UNDECIDED
        for edit in result.claim.edits
    ]
    body = splice(post.body, edits)
    at = {block.start: block for block in blocks(body)}
    steps, start, prefix = [], 0, ""
    for placed in article.placed[language]:
        moved = sum(
            len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= placed.block.start
        )
        block = at.get(placed.block.start + moved)
        if not placed.cell or block is None:
            continue
        prose = jupyter_markdown(_taken_out(body[start : block.start], prefix), words)
        code = prepare(block.code).code.strip("\n")
        raises = placed.block.directives.raises or ("Exception" if placed.cell in failed else "")
        steps.append(_Step(prose=prose, code=code, cell=placed.cell, raises=raises))
        start, prefix = block.end, block.prefix
    return (*steps, _Step(prose=jupyter_markdown(_taken_out(body[start:], prefix), words)))


def _taken_out(text: str, prefix: str) -> str:
    """Return the text that follows a cell without the indentation of the list or note which the cell stood in."""
    if not prefix or prefix.strip():
        return text
    lines = text.split("\n")
    end = next(
        (at for at, line in enumerate(lines) if line.strip() and not line.startswith(prefix)), len(lines)
    )
    return "\n".join((*(line.removeprefix(prefix) for line in lines[:end]), *lines[end:]))


def _recorded(article: Article, language: str, record: Record) -> Mapping[str, CellRecord]:
    """Return what is recorded of a version's cells, by their ids."""
    cells = {cell.id: record.cell(digest) for cell, digest in digested_cells(article.program_of(language))}
    return {name: cell for name, cell in cells.items() if cell is not None}


def _markdown(name: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _code(step: _Step, cell: CellRecord | None) -> dict[str, Any]:
    # A cell that must raise says so in the way that Jupyter and nbclient know.
    tags = {"tags": ["raises-exception"]} if step.raises else {}
    return {
        "cell_type": "code",
        "id": _ID.sub("-", step.cell)[:64],
        "metadata": tags,
        "source": step.code,
        "execution_count": None,
        "outputs": [_output(output, cell.message) for output in cell.outputs] if cell else [],
    }


def _bundle(markup: Markup | None) -> dict[str, str]:
    """Return how a value shows itself, by media type."""
    if markup is None:
        return {}
    return {markup.kind.value: clean_html(markup) if markup.kind is MarkupKind.HTML else markup.source}


def _output(output: Output, message: str) -> dict[str, Any]:
    """Return an output as Jupyter has it; `message` is the exception that ended the cell, if one did."""
    if isinstance(output, Figure) and (png := picture_in(output.svg)):
        return {
            "output_type": "display_data",
            "data": {"image/png": png, "text/plain": output.alt},
            "metadata": {},
        }
    if isinstance(output, Figure):
        svg = {"image/svg+xml": cleaned(output.svg.encode()).decode(), "text/plain": output.alt}
        return {"output_type": "display_data", "data": svg, "metadata": {}}
    if output.kind is Kind.VALUE:
        plain = {"text/plain": output.text.rstrip("\n")} | _bundle(output.markup)
        return {"output_type": "execute_result", "data": plain, "metadata": {}, "execution_count": None}
    if output.kind is Kind.ERROR:
        name, _, value = (message or output.text.rstrip("\n").rpartition("\n")[2]).partition(": ")
        lines = output.text.rstrip("\n").split("\n")
        # As IPython names it, without its module.
        name = name.rpartition(".")[2]
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": lines}
    return {"output_type": "stream", "name": "stdout", "text": output.text}
