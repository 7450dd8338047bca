"""Ending: how a program's process ended, in the words of a run."""

import os
import signal
from dataclasses import replace

from hexapla.model.run import CellRun, Status

CALM = {Status.OK, Status.RAISED, Status.SKIPPED, Status.NOT_REACHED, Status.EXITED}
"""After a cell that ended so, the process ends by itself."""


def with_ending(cells: tuple[CellRun, ...], status: int | None, message: str) -> tuple[CellRun, ...]:
    """Complete the cell that was running when its process went, from how the process went."""
    how, said = _in_words(status, message)
    return tuple(
        replace(cell, status=how, message=said) if cell.status is Status.KILLED and not cell.message else cell
        for cell in cells
    )


def _in_words(status: int | None, message: str) -> tuple[Status, str]:
    if status is None:
        return Status.KILLED, message
    if message:
        return Status.LIMIT, message
    if os.WIFEXITED(status):
        return Status.EXITED, f"Its process ended with exit status {os.WEXITSTATUS(status)}."
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return Status.LIMIT, "It used more processor time than it may."
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    return Status.KILLED, f"The signal {name} ended its process."
