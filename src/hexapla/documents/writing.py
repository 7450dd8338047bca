"""Writing: a document's outputs into its file, and its figures beside it."""

import stat
from pathlib import Path

from hexapla.documents.document import Document
from hexapla.documents.slots import with_outputs
from hexapla.model.codes import problem
from hexapla.model.problem import Problem
from hexapla.model.run import Run
from hexapla.storage import files


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
