"""Checking: what is wrong with a document after its program ran."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from hexapla.documents.document import Document
from hexapla.documents.slots import Slot, cell_figures, cell_text, ran_well, slots
from hexapla.ledger import findings
from hexapla.ledger.comparison import differences
from hexapla.ledger.remarks import remarks
from hexapla.ledger.tracebacks import without_library_frames
from hexapla.model.output import Figure, Kind, Output, Text
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Program
from hexapla.model.run import Options, Run
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.mentions import mention_problems
from hexapla.programs.claims.reports import problems_of
from hexapla.storage.attachments import told_how

_WAY = "`--files {name}`, or `files: [{name}]` in the front matter,"


def run_options(*, jobs: int = 0, sandbox: str = "auto", fixtures: Sequence[str] = ()) -> Options:
    """Return how to run without a site: as many `jobs` at a time as there are processors, where nobody says."""
    return Options(jobs=jobs or os.cpu_count() or 1, sandbox=sandbox, fixtures=tuple(fixtures))


def problems_of_run(document: Document, run: Run, *, outputs: bool = True) -> tuple[Problem, ...]:
    """Return what is wrong: cells that failed, and (with `outputs`) outputs that the program does not print."""
    program = document.program
    if program is None:
        return ()
    problems = [told_how(problem, Path(), _WAY) for problem in findings.failures(program, run)]
    ran = ran_well(program, run)
    for slot in slots(document) if outputs else ():
        done = ran.get(slot.cell.id)
        if slot.text is None or done is None:
            continue
        # A file may have a traceback whose frames of libraries stand there one by one.
        error = any(isinstance(output, Text) and output.kind is Kind.ERROR for output in done.outputs)
        stands = without_library_frames(slot.text) if error else slot.text
        gone = [path for path, picture in zip(slot.pictured, slot.pictures, strict=True) if picture is None]
        if gone:
            problems.append(_departs(slot, f"there is no file `{gone[0]}`", document))
            continue
        before = _as_outputs(stands, [picture for picture in slot.pictures if picture])
        after = _as_outputs(cell_text(done), cell_figures(done))
        for difference in differences(before, after, check=slot.cell.check, same_machine=False):
            problems.append(_departs(slot, difference.message, document))
    marked = [(slot.start, slot.end) for slot in slots(document) if slot.text is not None]
    printed = {(program.variant, name): done for name, done in ran.items()}
    problems += remarks(document.article, {key: done.outputs for key, done in printed.items()})
    claimed = problems_of(document.article, printed, verdicts(document.article, printed))
    for claim in (*claimed, *mention_problems(document.article, printed)):
        if not any(start < claim.line <= end for start, end in marked):
            problems.append(claim)
    return in_order(problems)


def _as_outputs(text: str, figures: Sequence[Figure]) -> list[Output]:
    """Return what a file holds of a cell's outputs: one text, then the figures."""
    return [*([Text(kind=Kind.STREAM, text=text)] if text else []), *figures]


def _departs(slot: Slot, message: str, document: Document) -> Problem:
    return Problem(
        path=document.path.as_posix(),
        line=document.post.lines[slot.mark] if slot.end > slot.start else slot.end,
        code="output-differs",
        message=f"The output of cell {slot.cell.id} departs from what it shows now: {message}.",
        hint="`hexapla test --update` writes what it shows now.",
    )


def programs_of(documents: Iterable[Document]) -> list[Program]:
    """Return what there is to run."""
    return [document.program for document in documents if document.program and document.program.cells]
