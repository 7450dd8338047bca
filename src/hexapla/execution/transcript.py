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
from hexapla.execution.markup import sanitized
from hexapla.execution.reach import Reach
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Output, Text
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Failure, Given, Limits, Obstacle, Status

_TEXTS = {"value": Kind.VALUE, "error": Kind.ERROR}
_ENDS = {Status.OK, Status.RAISED, Status.EXITED, Status.SKIPPED}
"""What a program may say of its own cell; the other statuses are ours to give."""

_JOINERS = "\u200c\u200d"
"""They shape words of Hindi and Persian, and show nothing themselves."""
_LONGEST = 1000
"""Characters of a message; its details have the rest."""
_MESSAGES = 16
"""So many times the limit of outputs may a message be long: a figure counts an eighth, and letters are escaped."""
_EACH = 64
"""Bytes that a value or figure counts as, however short: each is an output of its own."""
_PATIENCE = 30.0
"""Seconds that a process has to say what was measured in it."""
_OUT_OF_TIME = "The program ran out of time in this cell."


class Stopped(Exception):  # noqa: N818 - nothing is wrong with the runner
    """The program cannot go on: with this status, for this reason."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


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
        self._data = bytearray()
        self._left = limits.output
        self._outputs: list[Output] = []
        self._lines = 0  # of the outputs
        self._shown: list[int] | None = []
        self._explanation = ""
        self._failure: Failure | None = None
        self._goes_on = True
        self._unbound: tuple[str, ...] = ()  # what the last cell was to bind and nobody has bound
        self._cells: Sequence[Cell] = ()
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
        self, program: Program, skip: Callable[[Cell], str], on_cell: Callable[[CellRun], None] | None
    ) -> tuple[CellRun, ...]:
        """Run the cells in order; `skip` says why one can't run here, or nothing."""
        self._is_alone = program.is_alone
        self._cells, self._script = program.cells, f"{terminal_text.SCRATCH}/{program.name}.py"
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
            if on_cell:
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
        self._outputs, self._goes_on, self._explanation = [], False, ""
        self._lines, self._shown = 0, []
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
            status, message = Status.LIMIT, self._too_much
        except (wire.WireError, KeyError, OSError, TypeError, ValueError):
            status, message = Status.KILLED, "Its process wrote something else than a record to the recorder."
        self._drain(force=True)
        self._take_stream()
        seconds = time.monotonic() - started
        return CellRun(
            id=cell.id,
            status=status,
            message=message,
            outputs=tuple(self._outputs),
            seconds=seconds,
            shown=tuple(self._shown or ()),
            explanation=self._explanation,
            failure=self._failure,
        )

    def _dialogue(self, cell: Cell) -> tuple[Status, str]:
        key = secrets.token_hex(16)
        fixture = "gpu" if "gpu" in cell.fixtures else ""
        start = {
            "key": key,
            "id": cell.id,
            "code": cell.code,
            "path": cell.path,
            "line": cell.line,
            "raises": cell.raises,
            "interactive": cell.interactive,
            "session": cell.session,
            "alone": self._is_alone(cell),
            "bound": cell.names.bound,
            "again": not any(cell is other for other in self._cells),
            "fixture": fixture,
            "values": {name: self._given.values[name] for name in cell.asked},
        }
        self._control.settimeout(max(0.1, self._deadline - time.monotonic()))
        wire.send(self._control, start)
        while True:
            self._wait()
            # A message that is begun and never finished must not hold us longer than the program may.
            self._control.settimeout(max(0.1, self._deadline - time.monotonic()))
            message = wire.receive_bounded(self._control, _MESSAGES * self._limits.output + _LONGEST)
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
                self._explanation = terminal_text.relocate(_words(message["explanation"]), self._places)
                return status, _sentence(self._tidy(str(message["message"]).encode("utf-8", "replace")))
            if message["kind"] == "statement":
                self._note(message["place"], len(cell.code))
            else:
                self._take(message)
            wire.send(self._control, {})

    def _note(self, place: object, most: int) -> None:
        """Note how many lines had been shown when the statement at this place of the cell ended."""
        done = len(self._shown or ())
        if not isinstance(place, int) or not done <= place < most:
            raise wire.WireError("no statement")
        if self._shown is not None:
            before = self._shown[-1] if self._shown else 0
            self._shown += [before] * (place - done)
            self._shown.append(self._lines + self._data.count(b"\n"))

    def _take(self, message: Mapping[str, object]) -> None:
        """Take down a value, an error or a figure."""
        self._take_stream()
        if message["kind"] == "figure":
            svg, alt = _words(message["svg"]), _words(message["alt"])
            self._spend(_EACH + len(svg) // 8)
            self._outputs.append(Figure(svg=svg, alt=alt))
            return
        kind = _TEXTS[str(message["kind"])]
        data = str(message["text"]).encode("utf-8", "replace")
        left = max(0, self._left)
        text = self._tidy(data[:left])
        lacks = _sentence(_words(message.get("lacks", "")))
        markup = self._markup(message.get("markup"))
        text = text if len(data) <= left else f"{text}…\n"
        self._outputs.append(Text(kind=kind, text=text, markup=markup, lacks=lacks))
        self._lines += text.removesuffix("\n").count("\n") + 1
        self._spend(_EACH + len(data))

    def _markup(self, said: object) -> Markup | None:
        """Read how a value shows itself; what doesn't fit shows nothing."""
        if not isinstance(said, dict) or (kind := str(said.get("kind"))) not in set(MarkupKind):
            return None
        source = self._tidy(str(said.get("source", "")).encode("utf-8", "replace"))
        self._spend(len(source) // 8)
        return Markup(kind=MarkupKind(kind), source=sanitized(source) if kind == MarkupKind.HTML else source)

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
            self._data += part[: max(0, self._left)]
            self._left -= len(part)
            if self._left < 0 and not force:
                raise Stopped(Status.LIMIT, self._too_much)
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
            _sentence(self._tidy(str(said.get(key, "")).encode("utf-8", "replace")))
            for key in ("exception", "subject")
        )
        return Failure(
            exception=exception,
            line=line if isinstance(line, int) and 0 <= line < 2**31 else 0,
            obstacle=Obstacle(obstacle) if obstacle in set(Obstacle) else None,
            subject=subject,
        )

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Stopped(Status.LIMIT, self._too_much)

    @property
    def _too_much(self) -> str:
        return f"The program showed more than {self._limits.output} bytes; the rest is left out."

    def _take_stream(self) -> None:
        if self._data:
            text = self._tidy(bytes(self._data))
            self._outputs.append(Text(kind=Kind.STREAM, text=text))
            self._lines += text.removesuffix("\n").count("\n") + 1
            if text.count("\n") != self._data.count(b"\n"):
                self._shown = None  # it went back to lines above: none of the counts holds
            self._data.clear()


def _names(said: object, cell: Cell) -> tuple[str, ...]:
    """Return those of a cell's names that a program says are not bound."""
    return tuple(name for name in cell.names.bound if isinstance(said, list) and name in said)


def _sentence(text: str) -> str:
    """Return a message as one line without what a terminal, or a CI system, would obey."""
    line = " ".join(text.split())
    shown = "".join(sign for sign in line if sign.isprintable() or sign in _JOINERS)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _words(value: object) -> str:
    """Return a text that can be written to a file, whatever came over the wire."""
    return str(value).encode("utf-8", "replace").decode()
