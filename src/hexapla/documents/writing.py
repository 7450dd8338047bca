"""Writing: a document's outputs into its file, and its figures beside it."""

import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.documents.document import MARK, Document
from hexapla.documents.slots import Slot, cell_figures, cell_text, figure_folder, ran_well, slots
from hexapla.model.block import fence_for
from hexapla.model.codes import problem
from hexapla.model.problem import Problem
from hexapla.model.program import Cell
from hexapla.model.run import Run
from hexapla.storage import files

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def write_outputs(document: Document, run: Run) -> tuple[bool, tuple[Problem, ...]]:
    """Write what a document's cells showed; return whether anything changed, and why that may not be written."""
    written, folder = with_outputs(document, run), document.path.parent
    if written.text != document.text and (why := _why_not(document.path)):
        words = f"The file is not yours to write{why}, so its outputs stay as they are."
        return False, (problem("not-writable", document.path.as_posix(), 1, words),)
    drawn = [files.write(folder / path, svg) for path, svg in written.figures.items()]
    files.remove(folder / path for path in written.gone)
    # Where it is a link, the file is meant.
    return files.write(document.path.resolve(), written.text) or any(drawn), ()


def _why_not(path: Path) -> str:
    """Return why a file is not ours to write; empty where it is."""
    file = path.resolve()
    homes = (Path.cwd(), path.parent.resolve())
    if path.is_symlink() and not any(file.is_relative_to(home) for home in homes):
        return f" (it is a link to {file})"
    # Its folder may be written to, and so it could be replaced: that is not what its owner wants.
    if not file.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return " (it is read-only)"
    return "" if files.is_writable(file) else " (its permissions say so)"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDocument:
    """A document with the outputs that its cells showed."""

    text: str
    figures: Mapping[str, str] = field(default_factory=dict)
    """By path from the document's folder, the SVG that is linked from there."""
    gone: frozenset[str] = frozenset()
    """Those that were linked and are no more."""


def with_outputs(document: Document, run: Run) -> WrittenDocument:
    """Return the file with the outputs that its cells showed; a cell that did not run well keeps what it has."""
    lines = _LINE.findall(document.text)
    ran = ran_well(document.program, run) if document.program else {}
    figures: dict[str, str] = {}
    linked: set[str] = set()
    gone: set[str] = set()
    for slot in reversed(tuple(slots(document, ran))):
        done = ran.get(slot.cell.id)
        if done is None:
            linked |= set(slot.pictured)
            continue
        drawn = {
            _figure_path(document, slot.cell, number): figure
            for number, figure in enumerate(cell_figures(done), 1)
        }
        links = [f"![{figure.alt}]({path})" for path, figure in drawn.items()]
        figures |= {path: figure.svg for path, figure in drawn.items()}
        linked |= drawn.keys()
        gone |= set(slot.pictured)
        if (slot.text or "").rstrip("\n") != cell_text(done).rstrip("\n") or slot.pictured != tuple(drawn):
            lines[slot.start : slot.end] = _lines_of(slot, cell_text(done), links, lines)
    folder = f"{figure_folder(document)}/"
    return WrittenDocument(
        text="".join(lines),
        figures=figures,
        gone=frozenset(path for path in gone - linked if path.startswith(folder) and ".." not in path),
    )


def _figure_path(document: Document, cell: Cell, number: int) -> str:
    return f"{figure_folder(document)}/{cell.id}-{number}.svg"


def _lines_of(slot: Slot, text: str, links: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return the lines that an output takes, with the line ends that the fence above has."""
    if not text and not links:
        return []
    above = lines[slot.start - 1]
    end = above[len(above.rstrip("\r\n")) :]
    if not end:
        end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    mark = fence_for(text)
    fence = [f"{mark}text", *text.rstrip("\n").split("\n"), mark] if text else []
    pictures = [line for link in links for line in ("", link)]
    written = ["", MARK, *fence, *pictures[0 if fence else 1 :]]
    first = [end] if above and not above.endswith(("\r", "\n")) else []
    return first + [
        f"{slot.prefix}{line}".rstrip(" \t") + end if not line else f"{slot.prefix}{line}{end}"
        for line in written
    ]
