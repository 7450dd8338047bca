"""Not run: what looks like Python in documents and was not run, so that nothing run is never called all right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hexapla.documents.document import Document
from hexapla.documents.reading import ReadDocuments
from hexapla.model.codes import problem
from hexapla.model.problem import Problem
from hexapla.model.run import Run, Status
from hexapla.programs.unfenced import Unfenced, unfenced

_NOT_TRIED = (Status.SKIPPED, Status.CANNOT_RUN, Status.NOT_REACHED)
_SHOWN = 5


def nothing_ran(reading: ReadDocuments, runs: Sequence[Run], named: Iterable[Path]) -> tuple[Problem, ...]:
    """Return a problem for each file or folder that was named where no block ran while what looks like Python stands.

    None for what nobody has come to, since another program failed before.
    """
    done = {run.program: any(cell.status not in _NOT_TRIED for cell in run.cells) for run in runs}
    problems = (_nothing_ran(reading, path, done) for path in named)
    # Who names a folder and a file in it is told once.
    return tuple(dict.fromkeys(filter(None, problems)))


def _nothing_ran(reading: ReadDocuments, named: Path, done: Mapping[str, bool]) -> Problem | None:
    documents = [document for document in reading.documents if _is_in(document.path, named)]
    if any(done.get(document.name, document.program is not None) for document in documents):
        return None
    places = [place for document in documents for place in _pythonlike(document)]
    unread = (path for path in reading.unread if _is_in(path, named))
    places += [(path.as_posix(), 1, f"`{path.suffix}`, which is not read") for path in unread]
    if not places:
        return None
    path, line, _ = places[0]
    more = [f"… and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
    message = f"Nothing was run, and {len(places)} places look like Python."
    return problem(
        "nothing-run",
        path,
        line,
        message if len(places) > 1 else "Nothing was run, and one place looks like Python.",
        details=(*(f"{path}:{line}: {what}" for path, line, what in places[:_SHOWN]), *more),
    )


def _is_in(path: Path, named: Path) -> bool:
    return path == named or named in path.parents


def unrun_count(documents: Sequence[Document], runs: Sequence[Run]) -> tuple[int, int]:
    """Return how many blocks of Python there are, those that nothing reads included, and how many did not run."""
    ran = {(run.program, cell.id): cell.status not in _NOT_TRIED for run in runs for cell in run.cells}
    python = [
        (document, placed)
        for document in documents
        for placed in document.article.placed[document.post.language]
        if placed.block.directives.is_python and not placed.output
    ]
    unread = sum(len(_unread(document)) for document in documents)
    left = sum(not ran.get((document.name, placed.cell)) for document, placed in python)
    return len(python) + unread, left + unread


def _unread(document: Document) -> list[Unfenced]:
    """Return what of a document looks like Python and is no block of it."""
    placed = document.article.placed[document.post.language]
    outputs = [index for index, item in enumerate(placed) if item.output]
    return [*unfenced(document.post.body, [item.block for item in placed], outputs)]


def _pythonlike(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield the path and the line of what looks like Python, and why it was not run."""
    post, path = document.post, document.path.as_posix()
    places = [
        (placed.block.line, _why(document, placed.cell, notest=not placed.block.directives.runs))
        for placed in document.article.placed[post.language]
        if placed.block.directives.is_python and not placed.output
    ]
    places += [(place.row, place.why) for place in _unread(document)]
    yield from ((path, post.lines[row], why) for row, why in sorted(places))


def _why(document: Document, cell: str, *, notest: bool) -> str:
    if notest:
        return "it asks not to be run"
    if cell and not document.program:
        return "the front matter asks for nothing to be run"
    return "what it needs is not there" if cell else "it is no program"
