"""Worker socket: our end of a worker's: what it is asked, and how a program's process ended, in the words of a run."""

import contextlib
import os
import signal
import socket
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from hexapla.execution import wire
from hexapla.model.errors import RunnerError
from hexapla.model.program import Program
from hexapla.model.run import CellRun, Options, Status

CALM = {Status.OK, Status.RAISED, Status.SKIPPED, Status.NOT_REACHED, Status.EXITED}
"""After a cell that ended so, the process ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSocket:
    """Our end of the socket of one worker, which runs one program after another."""

    socket: socket.socket
    number: int

    @property
    def is_lost(self) -> bool:
        """Whether it has ended, so that it runs no program any more."""
        return self.socket.fileno() < 0

    def begin(
        self,
        program: Program,
        scratch: Path,
        options: Options,
        files: Sequence[int],
        *,
        measured: object,
    ) -> None:
        """Have the worker run a program in a new folder, with the open files for its commands and its output."""
        wanted = {name for cell in program.cells for name in cell.fixtures}
        request: dict[str, object] = {
            "scratch": str(scratch),
            "worker": self.number + os.getpid(),
            "limits": asdict(options.limits),
            "cpu_seconds": program.settings.timeout * (os.cpu_count() or 1),
            "network": "network" in wanted and "network" in options.fixtures,
            "gpu": "gpu" in wanted,
            "files": [(file.name, file.source) for file in program.files],
            "seed": program.settings.seed,
            "measured": measured,
            "name": "".join(char if char.isalnum() else "_" for char in program.slug) or "program",
        }
        wire.send(self.socket, request, files)

    def end(self, *, wait: bool) -> tuple[int | None, str]:
        """Have the worker end what is left of the program. Returns the wait status, and what was wrong."""
        try:
            if not wait:
                # A process that went by itself has left its reason; only one that did not is told to go.
                self.socket.settimeout(0.2)
                with contextlib.suppress(TimeoutError):
                    return self._ending()
                self.socket.settimeout(None)
                wire.send(self.socket, {})
            self.socket.settimeout(30)
            return self._ending()
        except (OSError, wire.WireError):
            self.socket.close()
            return None, "The process that watched over it was ended."

    def _ending(self) -> tuple[int | None, str]:
        got = wire.receive(self.socket)
        self.socket.settimeout(None)
        if got is None:
            self.socket.close()
            return None, "The process that watched over it was ended."
        if fault := got[0]["fault"]:
            raise no_room(fault)
        return int(str(got[0]["status"])), str(got[0]["message"])


def no_room(fault: object) -> RunnerError:
    """Return what is told where programs have no room for their files, of which `fault` is what the system said."""
    return RunnerError(
        f"programs have no room for their files in {tempfile.gettempdir()}: {fault}. Make room there, or name "
        "another folder in TMPDIR."
    )


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
