"""Transcript: what one program's process said, taken down on our side of the wire.

Whatever comes from there was written by code nobody has read. Which cell it belongs to is decided here, what
does not fit ends the program, and nothing that it can write makes a cell `ok` that was not the one running.
"""

import os
import secrets
import selectors
import socket
import time
from collections.abc import Callable, Mapping, Sequence

from hexapla.execution import measuring, terminal_text, wire
from hexapla.execution.capture import Capture, Stopped
from hexapla.execution.reach import Reach
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Failure, Given, Limits, Obstacle, Status

_ENDS = {Status.OK, Status.RAISED, Status.EXITED, Status.SKIPPED}
"""What a program may say of its own cell; the other statuses are ours to give."""

_MESSAGES = 16
"""So many times the limit of outputs may a message be long: a figure counts an eighth, and letters are escaped."""
_PATIENCE = 30.0
"""Seconds that a process has to say what was measured in it."""
_OUT_OF_TIME = "The program ran out of time in this cell."


class Transcript:
    """Runs a program's cells one by one over a socket, and takes down what each shows."""

    def __init__(
        self,
        control: socket.socket,
        pipe: int,
        worker: socket.socket,
        *,
        limits: Limits,
        deadline: float,
        places: Mapping[str, str],
        given: Given,
    ) -> None:
        self._given = given
        self._control, self._pipe, self._worker = control, pipe, worker
        self._limits, self._deadline, self._places = limits, deadline, places
        self._capture = Capture(limits.output, self._tidy)
        self._explanation = ""
        self._failure: Failure | None = None
        self._goes_on = True
        self._unbound: tuple[str, ...] = ()  # what the last cell was to bind and nobody has bound
        self._cells: Sequence[Cell] = ()
        self._again: Sequence[Cell] = ()
        self._is_alone: Callable[[Cell], bool] = lambda cell: cell.alone
        self.imports: tuple[CellRun, ...] = ()
        self._script = ""
        self._watched = selectors.DefaultSelector()
        for source in (control, pipe, worker):
            self._watched.register(source, selectors.EVENT_READ)

    def __enter__(self) -> "Transcript":
        return self

    def __exit__(self, *_: object) -> None:
        self._watched.close()

    def run(
        self,
        program: Program,
        skip: Callable[[Cell], str],
        on_cell: Callable[[CellRun], None],
        *,
        numbered: Sequence[Cell],
    ) -> tuple[CellRun, ...]:
        """Run the cells in order; `skip` says why one can't run here, or nothing.

        `numbered` has all cells of the article, by whose numbers outputs name them.
        """
        self._is_alone = program.is_alone
        self._again = program.imports
        self._cells, self._script = numbered, f"{terminal_text.SCRATCH}/{program.name}.py"
        done: list[CellRun] = []
        reach = Reach(program)
        for line in program.imports:
            if not reach.is_over:
                ended = self._cell(line)
                self.imports += (reach.after(line, ended, self._unbound, goes_on=self._goes_on),)
        for cell in program.cells:
            if (run := reach.before(cell, skip)) is None:
                ended = self._cell(cell)
                run = reach.after(cell, ended, self._unbound, goes_on=self._goes_on)
            done.append(run)
            on_cell(run)
        return tuple(done)

    def measured(self) -> object:
        """Ask the program's process what it ran of what is measured; nothing where it has gone."""
        key = secrets.token_hex(16)
        try:
            self._control.settimeout(_PATIENCE)
            wire.send(self._control, {"key": key, "measured": True})
            said = wire.receive_bounded(self._control, measuring.LONGEST)
            wire.send(self._control, {})
        except (wire.WireError, OSError):
            return None
        return said["files"] if said and said.get("key") == key and "files" in said else None

    def _cell(self, cell: Cell) -> CellRun:
        started = time.monotonic()
        self._capture.begin()
        self._goes_on, self._explanation = False, ""
        self._unbound, self._failure = cell.names.bound, None
        try:
            status, message = self._dialogue(cell)
        except Stopped as stop:
            status, message = stop.status, stop.message
        except TimeoutError:
            status, message = Status.TIMEOUT, _OUT_OF_TIME
        except (ConnectionResetError, BrokenPipeError):
            status, message = Status.KILLED, ""  # it went; how, its worker will say
        except wire.TooLongError:
            status, message = Status.LIMIT, self._capture.too_much
        except (wire.WireError, KeyError, OSError, TypeError, ValueError):
            status, message = Status.KILLED, "Its process wrote something else than a record to the recorder."
        self._drain(force=True)
        self._capture.end_stream()
        seconds = time.monotonic() - started
        return CellRun(
            id=cell.id,
            status=status,
            message=message,
            outputs=tuple(self._capture.outputs),
            seconds=seconds,
            shown=tuple(self._capture.lines_by_statement or ()),
            explanation=self._explanation,
            failure=self._failure,
        )

    def _start(self, cell: Cell) -> dict[str, object]:
        """Return what a cell's process is told of it."""
        return {
            "id": cell.id,
            "code": cell.code,
            "path": cell.path,
            "line": cell.line,
            "raises": cell.raises,
            "interactive": cell.interactive,
            "patient": bool(cell.fixtures),
            "session": cell.session,
            "alone": self._is_alone(cell),
            "bound": cell.names.bound,
            "again": cell in self._again,
            "fixture": "gpu" if "gpu" in cell.fixtures else "",
            "values": {name: self._given.values[name] for name in cell.asked},
        }

    def _dialogue(self, cell: Cell) -> tuple[Status, str]:
        key = secrets.token_hex(16)
        self._control.settimeout(max(0.1, self._deadline - time.monotonic()))
        wire.send(self._control, {"key": key, **self._start(cell)})
        while True:
            self._wait()
            # A message that is begun and never finished must not hold us longer than the program may.
            self._control.settimeout(max(0.1, self._deadline - time.monotonic()))
            message = wire.receive_bounded(
                self._control, _MESSAGES * self._limits.output + terminal_text.LONGEST
            )
            if message is None:
                raise Stopped(Status.KILLED, "")
            if message.get("key") != key:
                raise wire.WireError("another key")
            self._drain()
            if message["kind"] == "done":
                status = Status(str(message["status"]))
                if status not in _ENDS:
                    raise wire.WireError("not for it to say")
                self._goes_on = True
                self._unbound = () if status is Status.OK else _names(message["unbound"], cell)
                self._failure = self._read_failure(message["failure"])
                self._explanation = terminal_text.relocate(
                    terminal_text.writable(message["explanation"]), self._places
                )
                return status, terminal_text.one_line(
                    self._tidy(str(message["message"]).encode("utf-8", "replace"))
                )
            if message["kind"] == "statement":
                self._capture.note(message["place"], len(cell.code))
            else:
                self._capture.take(message)
            wire.send(self._control, {})

    def _wait(self) -> None:
        """Read output until the process says something. Raises Stopped where it ends, or must."""
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise Stopped(Status.TIMEOUT, _OUT_OF_TIME)
            ready = {key.fileobj for key, _ in self._watched.select(left)}
            if self._pipe in ready:
                self._drain(once=True)
            if self._control in ready:
                return
            if self._worker in ready:
                raise Stopped(Status.KILLED, "")

    def _drain(self, *, once: bool = False, force: bool = False) -> None:
        """Take what is in the pipe. `force` throws away what is past the limit instead of stopping."""
        budget = 2 * 2**20
        while budget > 0:
            try:
                part = os.read(self._pipe, 2**16)
            except BlockingIOError:
                return
            if not part:
                return
            budget -= len(part)
            self._capture.stream(part, force=force)
            if once:
                return

    def _tidy(self, data: bytes) -> str:
        """Return what is recorded of a text that the program wrote."""
        return terminal_text.in_cells(terminal_text.tidy(data, self._places), self._cells, self._script)

    def _read_failure(self, said: object) -> Failure | None:
        """Read what a program says of its own failure; what doesn't fit says nothing."""
        if not isinstance(said, dict):
            return None
        line, obstacle = said.get("line"), str(said.get("obstacle"))
        exception, subject = (
            terminal_text.one_line(self._tidy(str(said.get(key, "")).encode("utf-8", "replace")))
            for key in ("exception", "subject")
        )
        return Failure(
            exception=exception,
            line=line if isinstance(line, int) and 0 <= line < 2**31 else 0,
            obstacle=Obstacle(obstacle) if obstacle in set(Obstacle) else None,
            subject=subject,
        )


def _names(said: object, cell: Cell) -> tuple[str, ...]:
    """Return those of a cell's names that a program says are not bound."""
    return tuple(name for name in cell.names.bound if isinstance(said, list) and name in said)
