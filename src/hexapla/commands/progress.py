"""Progress: what is shown while programs run. A bar in a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from hexapla.run import Run, Status

SLOWEST = 3
"""How many of the slowest programs are named at the end."""


@contextmanager
def progress(names: Sequence[str], *, verb: str) -> Iterator[Callable[[Run], None]]:
    """Show that the named programs run; yields what to call with each run as it finishes."""
    runs: list[Run] = []
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Running", total=len(names))

            def advance(run: Run) -> None:
                runs.append(run)
                bar.update(task, advance=1, description=run.program)

            yield advance
    else:

        def line(run: Run) -> None:
            runs.append(run)
            print(
                f"[{len(runs)}/{len(names)}] {run.program}: {_ended(run)}, {run.seconds:.2f} s",
                file=sys.stderr,
            )

        yield line
    _summary(runs, verb)


def _ended(run: Run) -> str:
    """Return `done`, or how the cell ended behind which nothing more was reached."""
    reached = [cell.status for cell in run.cells if cell.status is not Status.NOT_REACHED]
    last = reached[-1] if reached else Status.NOT_REACHED
    cut = len(reached) < len(run.cells) or last not in (Status.OK, Status.RAISED, Status.SKIPPED)
    return last.value if cut else "done"


def _summary(runs: Sequence[Run], verb: str) -> None:
    if not runs:
        return
    slowest = sorted(runs, key=lambda run: -run.seconds)[:SLOWEST]
    named = ", ".join(f"{run.program} {run.seconds:.1f} s" for run in slowest)
    noun = "program" if len(runs) == 1 else "programs"
    print(f"{len(runs)} {noun} {verb}. Slowest: {named}.", file=sys.stderr)
