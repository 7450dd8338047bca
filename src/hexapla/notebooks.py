"""Notebook: a page as a Jupyter notebook and as a script, in the page's language. Pure text in, text out.

Written from the rendered page's own parts rather than with nbformat: the format is a small JSON document
(nbformat 4.5), and reading pages needs no further package.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hexapla.articles import Article
from hexapla.ledger import CellRecord, Record, digests
from hexapla.markdown import blocks, splice
from hexapla.outputs import Figure, Kind, Output
from hexapla.percent import guarded
from hexapla.prepared import prepare

_ID = re.compile(r"[^\w-]", re.ASCII)


def notebook(article: Article, language: str, record: Record) -> str:
    """Return an article's version in `language` as a notebook; `record` is that of its program."""
    post = article.posts[language]
    recorded = _recorded(article, language, record)
    cells: list[dict[str, Any]] = [_markdown("title", f"# {post.title or article.slug}")]
    for number, step in enumerate(_steps(article, language)):
        if step.prose:
            cells.append(_markdown(f"prose-{number}", step.prose))
        if step.cell:
            cells.append(_code(step, recorded.get(step.cell)))
    counted = (cell for cell in cells if cell["cell_type"] == "code")
    for count, cell in enumerate(counted, start=1):
        cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
    version = record.environment.python if record.environment else "3"
    whole = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "version": version},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def script(article: Article, language: str) -> str:
    """Return an article's version in `language` as a percent script: its prose and code, no outputs."""
    post = article.posts[language]
    parts = [f"# %% [markdown]\n# # {post.title or article.slug}\n"]
    for step in _steps(article, language):
        if step.prose:
            lines = (f"# {line}".rstrip() for line in step.prose.split("\n"))
            parts.append("# %% [markdown]\n" + "\n".join(lines) + "\n")
        if step.cell:
            code = guarded(step.code, step.raises) if step.raises else step.code
            parts.append(f"# %%\n{code}\n")
    return "\n".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A cell with the prose that stands before it."""

    prose: str
    code: str = ""
    cell: str = ""
    """The cell's id; empty for what follows the last cell."""
    raises: str = ""


def _steps(article: Article, language: str) -> tuple[_Step, ...]:
    """Return the cells of a post in order, typed outputs left out, and last the prose at the end."""
    post = article.posts[language]
    edits = [edit for placed in article.placed[language] for claim in placed.claims for edit in claim.edits]
    body = splice(post.body, edits)
    at = {block.start: block for block in blocks(body)}
    found, start = [], 0
    for placed in article.placed[language]:
        moved = sum(
            len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= placed.block.start
        )
        block = at.get(placed.block.start + moved)
        # A block inside a list or a quote is part of that, and stays with the prose.
        if not placed.cell or block is None or block.prefix:
            continue
        prose, code = body[start : block.start].strip("\n"), prepare(block.code).code.rstrip("\n")
        found.append(_Step(prose=prose, code=code, cell=placed.cell, raises=placed.block.directives.raises))
        start = block.end
    return (*found, _Step(prose=body[start:].strip("\n")))


def _recorded(article: Article, language: str, record: Record) -> Mapping[str, CellRecord]:
    program = article.program_of(language)
    if program is None:
        return {}
    found = {
        cell.id: record.cell(digest) for cell, digest in zip(program.cells, digests(program), strict=True)
    }
    return {name: cell for name, cell in found.items() if cell is not None}


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
        "outputs": [_output(output) for output in cell.outputs] if cell else [],
    }


def _output(output: Output) -> dict[str, Any]:
    if isinstance(output, Figure):
        svg = {"image/svg+xml": output.svg, "text/plain": output.alt}
        return {"output_type": "display_data", "data": svg, "metadata": {}}
    if output.kind is Kind.VALUE:
        plain = {"text/plain": output.text.rstrip("\n")}
        return {"output_type": "execute_result", "data": plain, "metadata": {}, "execution_count": None}
    if output.kind is Kind.ERROR:
        last = output.text.rstrip("\n").rpartition("\n")[2]
        name, _, value = last.partition(": ")
        lines = output.text.rstrip("\n").split("\n")
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": lines}
    return {"output_type": "stream", "name": "stdout", "text": output.text}
