"""Progress: what is shown while programs run. A bar in a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hexapla.cli import output
from hexapla.model.problem import harmless
from hexapla.model.program import Program
from hexapla.model.run import Run, Status, went_well

SLOWEST = 3
"""How many of the slowest programs are named at the end."""


@contextmanager
def progress(programs: Sequence[Program], *, verb: str) -> Iterator[Callable[[Run], None]]:
    """Show that programs run; yields what to call with each run as it finishes."""
    runs: list[Run] = []
    by_name = {program.name: program for program in programs}
    if output.is_quiet():
        yield runs.append
        return
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Running", total=len(programs))

            def advance(run: Run) -> None:
                runs.append(run)
                bar.update(task, advance=1, description=harmless(run.program))

            yield advance
    else:

        def line(run: Run) -> None:
            runs.append(run)
            ended = _ended(run, by_name[run.program])
            print(
                f"[{len(runs)}/{len(programs)}] {harmless(run.program)}: {ended}, {run.seconds:.2f} s",
                file=sys.stderr,
            )

        yield line
    _summary(runs, verb)


def _ended(run: Run, program: Program) -> str:
    """Return `done`, or how the first cell that did not end well ended."""
    pairs = zip(program.cells, run.cells, strict=True)
    failed = (
        ran.status.value
        for cell, ran in pairs
        if ran.status is not Status.SKIPPED and not went_well(cell, ran)
    )
    return next(failed, "done")


def _summary(runs: Sequence[Run], verb: str) -> None:
    if not runs:
        return
    slowest = sorted(runs, key=lambda run: -run.seconds)[:SLOWEST]
    named = ", ".join(f"{harmless(run.program)} {run.seconds:.1f} s" for run in slowest)
    noun = "program" if len(runs) == 1 else "programs"
    print(f"{len(runs)} {noun} {verb}. Slowest: {named}.", file=sys.stderr)
    waiting = sum(any(cell.status is Status.TIMEOUT for cell in run.cells) for run in runs)
    if waiting > 1:
        print(
            f"{waiting} of them were ended for taking too long: `--timeout 5` ends what waits for somebody, such as a "
            "server or an app, after 5 seconds.",
            file=sys.stderr,
        )
