"""Not run: what looks like Python in documents and was not run, so that nothing run is never called all right."""

import re
from collections.abc import Iterator, Sequence

from hexapla.documents.document import Document
from hexapla.documents.reading import ReadDocuments
from hexapla.model.codes import problem
from hexapla.model.problem import Problem
from hexapla.model.run import Run, Status

_NOT_TRIED = (Status.SKIPPED, Status.CANNOT_RUN, Status.NOT_REACHED)
_OUTSIDE = re.compile(r"[ \t]*+(?:>>> |\.\. (?:code-block|code|jupyter-execute|ipython|testcode|doctest)::)")
"""A prompt, or a directive of reStructuredText, outside of a fence."""
_PROMPT = re.compile(r"[ \t]*+>>> \S")
_SHOWN = 5


def nothing_ran(reading: ReadDocuments, runs: Sequence[Run]) -> tuple[Problem, ...]:
    """Return the problem that no block ran while what looks like Python stands there; none where one ran."""
    if any(cell.status not in _NOT_TRIED for run in runs for cell in run.cells):
        return ()
    places = [place for document in reading.documents for place in _pythonlike(document)]
    places += [(path.as_posix(), 1, f"`{path.suffix}`, which is not read") for path in reading.unread]
    if not places:
        return ()
    path, line, _ = places[0]
    more = [f"… and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
    message = f"Nothing was run, and {len(places)} places look like Python."
    return (
        problem(
            "nothing-run",
            path,
            line,
            message if len(places) > 1 else "Nothing was run, and one place looks like Python.",
            details=(*(f"{path}:{line}: {what}" for path, line, what in places[:_SHOWN]), *more),
        ),
    )


def unrun_count(documents: Sequence[Document], runs: Sequence[Run]) -> tuple[int, int]:
    """Return how many blocks of Python there are, and how many of them did not run."""
    ran = {(run.program, cell.id): cell.status not in _NOT_TRIED for run in runs for cell in run.cells}
    python = [
        (document, placed)
        for document in documents
        for placed in document.article.placed[document.post.language]
        if placed.block.directives.is_python and not placed.output
    ]
    return len(python), sum(not ran.get((document.name, placed.cell)) for document, placed in python)


def _pythonlike(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield the path and the line of what looks like Python, and why it was not run."""
    post, path = document.post, document.path.as_posix()
    inside: set[int] = set()
    places: list[tuple[int, str]] = []
    for placed in document.article.placed[post.language]:
        block = placed.block
        inside |= set(range(block.line, post.body.count("\n", 0, block.end) + 1))
        if block.directives.is_python and not placed.output:
            places.append((block.line, _why(document, placed.cell, notest=not block.directives.runs)))
        elif not block.directives.language and _PROMPT.match(block.code):
            places.append((block.line, "its fence names no language"))
    for row, text in enumerate(post.body.split("\n")):
        if row not in inside and _OUTSIDE.match(text):
            places.append((row, "it stands in no fence"))
    yield from ((path, post.lines[row], why) for row, why in sorted(places))


def _why(document: Document, cell: str, *, notest: bool) -> str:
    if notest:
        return "it asks not to be run"
    return "what it needs is not there" if cell and document.program else "it is no program"
