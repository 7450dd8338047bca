"""Progress: what is shown while programs run. A bar in a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager

from hexapla.model.program import Program
from hexapla.model.run import CellRun, Run, Status

SLOWEST = 3
"""How many of the slowest programs are named at the end."""


@contextmanager
def progress(programs: Sequence[Program], *, verb: str) -> Iterator[Callable[[Run], None]]:
    """Show that programs run; yields what to call with each run as it finishes."""
    runs: list[Run] = []
    announced = {program.name: {cell.id for cell in program.cells if cell.raises} for program in programs}
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Running", total=len(programs))

            def advance(run: Run) -> None:
                runs.append(run)
                bar.update(task, advance=1, description=run.program)

            yield advance
    else:

        def line(run: Run) -> None:
            runs.append(run)
            ended = _ended(run, announced[run.program])
            print(
                f"[{len(runs)}/{len(programs)}] {run.program}: {ended}, {run.seconds:.2f} s", file=sys.stderr
            )

        yield line
    _summary(runs, verb)


def _ended(run: Run, announced: Set[str]) -> str:
    """Return `done`, or how the first cell that failed ended."""
    reached = [cell for cell in run.cells if cell.status is not Status.NOT_REACHED]
    if not reached:
        return Status.NOT_REACHED.value
    if len(reached) < len(run.cells):
        return reached[-1].status.value
    # Cells that need nothing of one another are all reached.
    failed = (cell.status.value for cell in run.cells if not _ran_well(cell, announced))
    return next(failed, "done")


def _ran_well(ran: CellRun, announced: Set[str]) -> bool:
    return ran.status in (Status.OK, Status.SKIPPED) or (ran.status is Status.RAISED and ran.id in announced)


def _summary(runs: Sequence[Run], verb: str) -> None:
    if not runs:
        return
    slowest = sorted(runs, key=lambda run: -run.seconds)[:SLOWEST]
    named = ", ".join(f"{run.program} {run.seconds:.1f} s" for run in slowest)
    noun = "program" if len(runs) == 1 else "programs"
    print(f"{len(runs)} {noun} {verb}. Slowest: {named}.", file=sys.stderr)
