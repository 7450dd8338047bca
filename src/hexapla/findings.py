"""Findings: what running a program has to tell its author, as problems."""

from collections.abc import Iterator
from dataclasses import dataclass

from hexapla.articles import Article
from hexapla.ledger import Record, digests
from hexapla.outputs import Text, compare
from hexapla.problems import Problem
from hexapla.programs import Program
from hexapla.run import CellRun, Run, Status

SHOWN = 12
"""How many lines of a traceback or a difference are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A program that must run, and why."""

    article: Article
    program: Program
    reason: str

    @property
    def problem(self) -> Problem:
        """Say so in words."""
        cell = self.program.cells[0]
        return Problem(
            path=cell.path,
            line=cell.line,
            code="stale-output",
            message=f"The program {self.program.name} has no valid record: {self.reason}.",
            hint="Run `hexapla run`.",
        )


def failures(program: Program, run: Run) -> Iterator[Problem]:
    """Yield a problem for each cell that did not end as its author says."""
    for cell, ran in zip(program.cells, run.cells, strict=True):
        what = _failure(cell.raises, ran)
        if what:
            shown = [output.text for output in ran.outputs if isinstance(output, Text)][-1:]
            yield Problem(
                path=cell.path,
                line=cell.line,
                code=f"cell-{ran.status.value}",
                message=f"Cell {ran.id} of {program.name}: {what}",
                hint="Correct the code, or mark the block `notest` or `raises:Name`.",
                details=tuple("".join(shown).rstrip("\n").split("\n")[-SHOWN:]) if shown else (),
            )


def _failure(raises: str, ran: CellRun) -> str:
    """Return what is wrong with how a cell ended; empty where it ended as it should."""
    if ran.status in (Status.SKIPPED, Status.NOT_REACHED):
        return ""
    if raises and ran.status is Status.OK:
        return f"it must raise {raises}, and raised nothing."
    if ran.status is (Status.RAISED if raises else Status.OK):
        return ""
    return ran.message or f"it ended as `{ran.status.value}`."


def drift(program: Program, record: Record, run: Run) -> Iterator[Problem]:
    """Yield a problem for each cell whose outputs differ from the recorded ones."""
    same = record.environment == run.environment
    for cell, ran, digest in zip(program.cells, run.cells, digests(program), strict=True):
        recorded = record.cell(digest)
        if recorded is None or ran.status not in (Status.OK, Status.RAISED):
            continue
        for difference in compare(recorded.outputs, ran.outputs, check=cell.check, same_machine=same):
            yield Problem(
                path=cell.path,
                line=cell.line,
                code=f"drift-{difference.kind.value}",
                message=f"Cell {cell.id} of {program.name} departs from its record: {difference.message}.",
                hint="`hexapla run --all` accepts what it shows now.",
            )
