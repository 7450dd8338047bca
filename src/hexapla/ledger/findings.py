"""Findings: what running a program has to tell its author, as problems."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hexapla.ledger.advice import advice, sentence, what_became
from hexapla.ledger.comparison import differences
from hexapla.ledger.digests import digests, import_digests
from hexapla.ledger.ledger import CellRecord, Installed, Ledger, Record
from hexapla.ledger.relocation import in_posts
from hexapla.ledger.tracebacks import without_library_frames
from hexapla.model.article import Article
from hexapla.model.directives import Check
from hexapla.model.output import Text
from hexapla.model.problem import Problem, Severity
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Failure, Run, Status, was_announced, went_well
from hexapla.storage import distributions

SHOWN = 12
"""How many lines of a traceback or a difference are shown."""
_NOT_TRIED = (Status.CANNOT_RUN, Status.NOT_REACHED)
"""How a cell ends that says nothing of its code: what it needs isn't there."""
_SEVERITIES = {Status.CANNOT_RUN: Severity.WARNING, Status.NOT_REACHED: Severity.NOTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A program that must run, and why."""

    article: Article
    program: Program
    reason: str
    of_packages: bool = False
    """Whether nothing but the packages that are installed here differs."""

    @property
    def problem(self) -> Problem:
        """Say so in words."""
        cell = self.program.cells[0]
        asks = any(cell.asked for cell in self.program.cells)
        needs = {name for cell in self.program.cells for name in cell.fixtures}
        allow = "".join(f" --allow {name}" for name in ("network", "slow") if name in needs)
        where = " on a machine with a GPU" if "gpu" in needs else ""
        return Problem(
            path=cell.path,
            line=cell.line,
            code="stale-output",
            message=f"The program {self.program.name} has no valid record: {self.reason}.",
            # Only pytest has the fixtures of a conftest.
            hint=f"Run `pytest --hexapla --hexapla-update{allow.replace('--', '--hexapla-')}`{where}."
            if asks
            else f"Run `hexapla run{allow}`{where}.",
        )


def stale_problems(programs: Sequence[Stale]) -> Iterator[Problem]:
    """Yield a problem for each stale program; one for all that nothing but the same package made stale."""
    by_reason: dict[str, list[Stale]] = {}
    for item in programs:
        if item.of_packages:
            by_reason.setdefault(item.reason, []).append(item)
        else:
            yield item.problem
    for reason, items in by_reason.items():
        first, others = items[0].problem, len(items) - 1
        names = ", ".join(item.program.name for item in items[:3]) + (", …" if others > 2 else "")
        message = f"{len(items)} programs ({names}) have no valid record: {reason}."
        yield replace(first, message=message) if others else first


@dataclass(frozen=True, slots=True, kw_only=True)
class FlakyCell:
    """A cell that shows something else at each run, and the first difference."""

    cell: Cell
    message: str


def failures(program: Program, run: Run) -> Iterator[Problem]:
    """Yield a problem for each cell that did not end as its author says, and each import that failed."""
    for line, ran in zip(program.imports, run.imports, strict=False):
        if not went_well(line, ran):
            yield _failed_import(line, ran)
    for cell, ran in zip(program.cells, run.cells, strict=True):
        if was_announced(cell, ran):
            yield _announced(program, cell, ran)
        elif ran.caught:
            yield _caught(program, cell, ran)
        elif ran.status is not Status.SKIPPED and not went_well(cell, ran):
            yield _failed(program, cell, ran, ran.explanation)


def recorded_failures(program: Program, record: Record) -> Iterator[Problem]:
    """Yield the same for the cells that are recorded, with their present code, not to have ended so."""
    for line, digest in zip(program.imports, import_digests(program), strict=True):
        if failed := record.failed(digest):
            yield _failed_import(line, failed)
    for cell, digest in zip(program.cells, digests(program), strict=True):
        known = record.cell(digest)
        if known and was_announced(cell, known):
            yield _announced(program, cell, known)
        if known and known.caught:
            yield _caught(program, cell, known)
        if failed := record.failed(digest):
            yield _failed(program, cell, failed)


def _failed_import(line: Cell, ran: CellRun | CellRecord) -> Problem:
    """Say that a line of `execute: {imports: …}` failed, in the same words for all programs that it is for."""
    cannot = ran.status is Status.CANNOT_RUN
    failure = ran.failure or Failure()
    return Problem(
        path=line.path,
        line=line.line,
        code=Status.CANNOT_RUN.value if cannot else f"cell-{ran.status.value}",
        message=f"`{line.code}` of `execute: imports:` failed before the first cell: {sentence(ran.message)}",
        hint="Correct it, install what it imports, or take it out.",
        severity=Severity.WARNING if cannot else Severity.ERROR,
        cause=failure.obstacle or failure.exception or ran.status.value,
        subject=failure.subject,
    )


def _announced(program: Program, cell: Cell, ran: CellRun | CellRecord) -> Problem:
    name = ran.failure.exception if ran.failure else ""
    return Problem(
        path=cell.path,
        line=cell.line,
        code="announced-error",
        message=f"Cell {cell.id} of {program.name} raises {name}, and the words around it say that it fails.",
        hint=f"`raises:{name}` behind the fence's language has it checked.",
        severity=Severity.NOTE,
        cause=name,
    )


def _caught(program: Program, cell: Cell, ran: CellRun | CellRecord) -> Problem:
    failure = ran.failure or Failure()
    return Problem(
        path=cell.path,
        line=cell.line,
        code=Status.CANNOT_RUN.value,
        message=f"Cell {cell.id} of {program.name}{sentence(what_became(program, cell, ran))}",
        hint=advice(cell, ran),
        severity=Severity.NOTE,
        cause=failure.obstacle or "",
        subject=failure.subject,
    )


def _failed(program: Program, cell: Cell, ran: CellRun | CellRecord, explanation: str = "") -> Problem:
    code = ran.status.value if ran.status in _NOT_TRIED else f"cell-{ran.status.value}"
    shown = "".join([output.text for output in ran.outputs if isinstance(output, Text)][-1:])
    trace = (
        in_posts(without_library_frames(shown), program).rstrip("\n").split("\n")[-SHOWN:]
        if shown and ran.status not in _NOT_TRIED
        else []
    )
    failure = ran.failure or Failure()
    return Problem(
        path=cell.path,
        line=cell.line,
        code=code,
        message=f"Cell {ran.id} of {program.name}{sentence(what_became(program, cell, ran))}",
        hint=advice(cell, ran),
        severity=_SEVERITIES.get(ran.status, Severity.ERROR),
        details=(*trace, *explanation.splitlines()),
        cause=failure.obstacle or failure.exception or ran.status.value,
        subject=failure.subject,
    )


def requires_more(program: Program, lacking: Sequence[str]) -> Problem:
    """Say which distributions a program requires that are not here, so that none of its cells is run."""
    cell = program.cells[0]
    names = ", ".join(f"`{name}`" for name in lacking)
    return Problem(
        path=cell.path,
        line=1,
        code="requires",
        message=f"The cells of {program.name} are skipped: it requires {names}, and that is not installed here.",
        hint="Install it where programs run.",
        severity=Severity.NOTE,
        cause="requires",
        subject=names,
    )


def drift_problems(
    program: Program, record: Record, run: Run, *, unsteady: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Yield a problem for each cell whose outputs differ from the recorded ones, but for `unsteady` cells."""
    same = record.environment is not None and record.environment.computes_as(run.environment)
    for cell, ran, digest in zip(program.cells, run.cells, digests(program), strict=True):
        recorded = record.cell(digest)
        if record.failed(digest) and went_well(cell, ran):
            yield _recovered(program, cell)
        if recorded is None or cell.id in unsteady or not went_well(cell, ran):
            continue
        check = Check.SKIP if recorded.varies else cell.check
        for difference in differences(recorded.outputs, ran.outputs, check=check, same_machine=same):
            yield Problem(
                path=cell.path,
                line=cell.line,
                code=f"drift-{difference.kind.value}",
                message=f"Cell {cell.id} of {program.name} departs from its record: {difference.message}.",
                hint="`hexapla run --all` accepts what it shows now.",
            )


def _recovered(program: Program, cell: Cell) -> Problem:
    return Problem(
        path=cell.path,
        line=cell.line,
        code="stale-output",
        message=f"Cell {cell.id} of {program.name} is recorded not to have run, and runs now.",
        hint="`hexapla run --retry` records what it shows.",
    )


def flaky_cells(program: Program, first: Run, again: Run) -> tuple[FlakyCell, ...]:
    """Return the cells whose outputs differ between two runs of the same program, one after another here."""
    flaky = []
    for cell, once, later in zip(program.cells, first.cells, again.cells, strict=True):
        if once.status is not later.status:
            message = f"it ended once as `{once.status.value}` and once as `{later.status.value}`"
            flaky.append(FlakyCell(cell=cell, message=message))
        elif apart := differences(once.outputs, later.outputs, check=cell.check, same_machine=True):
            flaky.append(FlakyCell(cell=cell, message=apart[0].message))
    return tuple(flaky)


def not_repeatable(program: Program, cells: Sequence[FlakyCell]) -> Iterator[Problem]:
    """Yield a problem for a program that shows something else at each run: the first difference."""
    for first in cells[:1]:
        later = len(cells) - 1
        more = f" {later} more of its cells differ." if later else ""
        yield Problem(
            path=first.cell.path,
            line=first.cell.line,
            code="not-repeatable",
            message=f"Two runs of {program.name} in a row differ, first in cell {first.cell.id}: "
            f"{first.message}.{more}",
            hint="Take out what changes (the time, a random source without a seed), or mark the block "
            "`check=shape` or `check=skip`.",
        )


def installed(ledgers: Iterable[Ledger], preload: Sequence[str] = ()) -> Installed:
    """Return which of the packages that records name are installed here.

    Programs are run here where all modules of `preload` are: elsewhere a package that isn't installed tells nothing.
    """
    environments = [
        record.environment for ledger in ledgers for record in ledger.records.values() if record.environment
    ]
    names = {name for environment in environments for name, _ in environment.packages}
    absent = {name for environment in environments for name in environment.absent}
    versions = distributions.versions(names)
    runs = bool(preload) and all(distributions.importable(name) for name in preload)
    absent_now = (name for name in names - versions.keys() if not distributions.importable(name))
    return Installed(
        versions=versions,
        gone=frozenset(absent_now) if runs else frozenset(),
        modules=frozenset(filter(distributions.importable, absent)) | distributions.versions(absent).keys(),
    )
