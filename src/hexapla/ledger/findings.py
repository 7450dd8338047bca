"""Findings: what running a program has to tell its author, as problems."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata

from hexapla.ledger.comparison import differences
from hexapla.ledger.ledger import Ledger, Record, digests
from hexapla.model.article import Article
from hexapla.model.output import Text
from hexapla.model.problem import Problem
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Run, Status

SHOWN = 12
"""How many lines of a traceback or a difference are shown."""
_MISSING = re.compile(r"ModuleNotFoundError: No module named '(\w+)")
_ADVICE = {
    Status.TIMEOUT: "Make it shorter, set `execute: {timeout: …}` in seconds, or mark the block `notest`.",
    Status.LIMIT: "Use less, or set `limits:` under the plugin in mkdocs.yml, or mark the block `notest`.",
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FlakyCell:
    """A cell that shows something else at each run, and the first difference."""

    cell: Cell
    message: str


def failures(program: Program, run: Run) -> Iterator[Problem]:
    """Yield a problem for each cell that did not end as its author says."""
    for cell, ran in zip(program.cells, run.cells, strict=True):
        what = _failure(cell.raises, ran)
        if what:
            shown = "".join([output.text for output in ran.outputs if isinstance(output, Text)][-1:])
            trace = shown.rstrip("\n").split("\n")[-SHOWN:] if shown else []
            yield Problem(
                path=cell.path,
                line=cell.line,
                code=f"cell-{ran.status.value}",
                message=f"Cell {ran.id} of {program.name}: {what if what[-1] in '.!?' else f'{what}.'}",
                hint=_advice(ran),
                details=(*trace, *ran.explanation.splitlines()),
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


def _advice(ran: CellRun) -> str:
    """Say what to do about a cell that ended as it should not."""
    if missing := _MISSING.match(ran.message):
        return f"Install `{missing[1]}` where programs run, or mark the block `notest`."
    return _ADVICE.get(ran.status, "Correct the code, or mark the block `notest` or `raises:Name`.")


def drift_problems(
    program: Program, record: Record, run: Run, *, unsteady: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Yield a problem for each cell whose outputs differ from the recorded ones, but for `unsteady` cells."""
    same = record.environment == run.environment
    for cell, ran, digest in zip(program.cells, run.cells, digests(program), strict=True):
        recorded = record.cell(digest)
        if recorded is None or cell.id in unsteady or ran.status not in (Status.OK, Status.RAISED):
            continue
        for difference in differences(recorded.outputs, ran.outputs, check=cell.check, same_machine=same):
            yield Problem(
                path=cell.path,
                line=cell.line,
                code=f"drift-{difference.kind.value}",
                message=f"Cell {cell.id} of {program.name} departs from its record: {difference.message}.",
                hint="`hexapla run --all` accepts what it shows now.",
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


def installed_versions(ledgers: Iterable[Ledger]) -> dict[str, str]:
    """Return the versions of the packages that records name, as far as they are installed here."""
    environments = (record.environment for ledger in ledgers for record in ledger.records.values())
    names = {name for environment in environments if environment for name, _ in environment.packages}
    versions = {}
    for name in names:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return versions
