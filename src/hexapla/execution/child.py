"""The process that one program runs in, from the fork to its end.

It says what happens over one socket, each message with the key that the cell was started with, and waits
for an answer after each. The reader on the other side owns the output pipe and takes what is in it before
it answers: so text, values and figures keep their order, and no cell can be given another's output.
"""

import contextlib
import errno
import importlib.util
import os
import socket
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NoReturn

from hexapla.execution import cells, determinism, exceptions, figures, interpreter, wire
from hexapla.execution.lacks import Lacks
from hexapla.execution.measuring import measured_here
from hexapla.execution.obstacles import failure_of
from hexapla.execution.pulse import Pulse
from hexapla.execution.representations import drawings, representation
from hexapla.execution.spawning import hint_of
from hexapla.model.program import Cell, Names
from hexapla.model.run import Failure, Obstacle, Status

_WAITED = "It did nothing for a while, and was interrupted."


class Recorder:
    """Says what a cell shows, and waits until it has been taken down."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._key = ""

    def next_cell(self) -> dict[str, object] | None:
        """Wait for the next cell to run; None where there is none."""
        got = wire.receive(self._sock)
        if got is None:
            return None
        message, _ = got
        self._key = str(message.pop("key", ""))
        return message

    def say(self, kind: str, **what: object) -> None:
        """Say one thing and wait for the answer."""
        interpreter.flush_streams()
        wire.send(self._sock, {"key": self._key, "kind": kind, **what})
        wire.receive(self._sock)

    def done(self, ending: "_Ending") -> None:
        """Say how the cell ended; the answer is the next cell."""
        interpreter.flush_streams()
        wire.send(self._sock, {"key": self._key, "kind": "done", **asdict(ending)})


def main(sock: socket.socket, setting: Mapping[str, object], pulse: Pulse) -> NoReturn:
    """Run the cells that come over `sock`, then end the process. The sandbox is already shut."""
    recorder = Recorder(sock)
    process = os.getpid()
    scratch = Path.cwd()
    measurement = measured_here(setting["measured"], scratch, forks=True)
    interpreter.begin_program(scratch)
    figures.deliver = lambda svg, alt: recorder.say("figure", svg=svg, alt=alt)
    sessions: dict[str, cells.Session] = {}
    imports: list[Cell] = []
    lacks = Lacks(network=bool(setting["network"]))
    while message := recorder.next_cell():
        if "measured" in message:
            recorder.say("measured", files=measurement.taken() if measurement else {})
            continue
        cell = cell_from(message)
        session = None if cell.alone else sessions.get(cell.session)
        if session is None:
            session = cells.Session(scratch / f"{setting['name']}.py")
            session.import_again(imports)
            determinism.seed(_int(setting["seed"]))
        if not cell.alone:
            sessions[cell.session] = session
        if message["again"]:
            imports.append(cell)
        absent = missing(str(message.get("fixture", "")))
        if absent:
            recorder.done(_Ending(status=Status.SKIPPED, message=absent))
            continue
        fault = _give(session, message.get("values"))
        if fault:
            recorder.done(_Ending(status=Status.RAISED, message=fault))
            continue
        pulse.begin(patient=message["patient"] is True)
        lacks.taken()
        recorder.done(_lived(_run(session, cell, recorder, process), lacks.taken(), waited=pulse.end()))
    # No interpreter shutdown: it frees what the kernel frees faster, and runs hooks of the program.
    os._exit(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """How a cell ended, as it is said over the wire."""

    status: Status
    message: str = ""
    explanation: str = ""
    failure: Failure | None = None
    """Of an exception that its author did not announce."""
    unbound: tuple[str, ...] = ()
    """Of the names that it was to bind, those that nobody has bound."""


def _lived(ending: _Ending, lacked: tuple[Obstacle, str] | None, *, waited: bool) -> _Ending:
    """Return how a cell ended that waited for nobody, or was kept from something, whatever its code made of that."""
    failure = ending.failure or Failure()
    if waited:
        obstacle, subject = lacked or (Obstacle.WAITS, "")
        failure = replace(failure, obstacle=obstacle, subject=subject)
        return replace(ending, status=Status.RAISED, message=_WAITED, failure=failure)
    if lacked is None or failure.obstacle or (ending.status is not Status.OK and ending.failure is None):
        return ending
    return replace(ending, failure=replace(failure, obstacle=lacked[0], subject=lacked[1]))


def _run(session: cells.Session, cell: Cell, recorder: Recorder, process: int) -> _Ending:
    """Run one cell and return how it ended."""

    def show(value: object) -> None:
        _leave_if_copy(process)
        if drawn := drawings(value):
            figures.show(drawn)
        elif not _is_drawing(value):
            _say_value(recorder, value)

    def after(place: int) -> None:
        if os.getpid() == process:  # a copy that the cell has forked goes on in silence
            recorder.say("statement", place=place)

    try:
        session.place(cell)
        session.execute(cell, show, after)
        _leave_if_copy(process)
        figures.flush()
    except BaseException as error:
        _leave_if_copy(process, error, session.paths)
        with contextlib.suppress(Exception):
            figures.flush()
        return _raised(error, session, cell, recorder)
    return _Ending(status=Status.OK)


def _raised(error: BaseException, session: cells.Session, cell: Cell, recorder: Recorder) -> _Ending:
    """Say what a cell raised, and return how it ended by that."""
    expected = cell.raises in exceptions.names_of(error)
    session.import_rest(cell, error)
    unbound = tuple(name for name in cell.names.bound if not session.binds(name))
    failure = failure_of(error, cell, session.paths)
    if isinstance(error, SystemExit) and not (expected or failure.obstacle):
        if exceptions.ends_program(error, cell):
            return _Ending(status=Status.OK)
        code = "" if error.code is None else exceptions.message_of(error.code, repr)
        return _Ending(status=Status.EXITED, message=f"It called sys.exit({code}).", unbound=unbound)
    # Before the traceback is cut to what the reader sees.
    explanation = "" if expected else session.explain(error)
    message = " ".join(filter(None, (exceptions.error_summary(error), hint(error, failure.obstacle))))
    recorder.say("error", text=exceptions.format_error(error, session.paths))
    return _Ending(
        status=Status.RAISED,
        message=message,
        explanation=explanation,
        failure=None if expected else failure,
        unbound=unbound,
    )


def _say_value(recorder: Recorder, value: object) -> None:
    """Say a value's text, with what else it shows of itself; a drawing stands for it."""
    shown = representation(value)
    if shown.svg:
        recorder.say("figure", svg=shown.svg, alt=shown.alt)
        return
    markup = asdict(shown.markup) if shown.markup else None
    recorder.say("value", text=cells.show_value(value), markup=markup, lacks=shown.lacks)


def _give(session: cells.Session, values: object) -> str:
    """Bind what came from outside for a cell; return why a value cannot be had, or nothing."""
    for name, packed in values.items() if isinstance(values, dict) else ():
        try:
            session.give(str(name), str(packed))
        except Exception as error:
            why = exceptions.error_summary(error)
            said = f"The value of the fixture `{name}` cannot be read in the program's process: {why}."
            local = isinstance(error, ImportError | AttributeError)
            return f"{said} A class of a conftest.py is not known there: return data." if local else said
    return ""


def hint(error: BaseException, obstacle: Obstacle | None) -> str:
    """Return what hexapla has to do with an exception, where it has."""
    if obstacle is Obstacle.KEYBOARD:
        return "Nobody can answer: programs run without a keyboard. Give the value in the code."
    if obstacle is Obstacle.NETWORK:
        return "Programs have no network here; `fixture:network` asks for it."
    forbidden = (errno.EACCES, errno.EPERM, errno.EROFS)
    if isinstance(error, OSError) and error.errno in forbidden and error.filename:
        return "Programs read the Python installation and their own scratch folder, and write only there."
    return hint_of(error)


def cell_from(message: Mapping[str, object]) -> Cell:
    """Read a cell from the wire."""
    return Cell(
        id=str(message["id"]),
        code=str(message["code"]),
        path=str(message["path"]),
        line=_int(message["line"]),
        raises=str(message["raises"]),
        interactive=message["interactive"] is True,
        names=Names(bound=_texts(message["bound"])),
        session=str(message["session"]),
        alone=message["alone"] is True,
    )


def missing(fixture: str) -> str:
    """Return why a fixture is not there; empty where it is."""
    if fixture != "gpu":
        return ""
    if importlib.util.find_spec("torch") is None:
        return "torch is not installed."
    import torch

    return (
        "" if torch.cuda.is_available() else "It needs a GPU, and this machine has none that torch can use."
    )


def _leave_if_copy(process: int, error: BaseException | None = None, paths: Iterable[str] = ()) -> None:
    """End a process that a cell forked and that came back out of the cell, as a script would: it is not the program."""
    if os.getpid() == process:
        return
    status = 1 if error else 0
    if isinstance(error, SystemExit) and isinstance(error.code, int | None):
        status = error.code or 0
    elif error:
        said = (
            f"{exceptions.message_of(error.code)}\n"
            if isinstance(error, SystemExit)
            else exceptions.format_error(error, paths)
        )
        with contextlib.suppress(Exception):
            sys.stderr.write(said)
    interpreter.flush_streams()
    os._exit(status & 0xFF)


def _is_drawing(value: object) -> bool:
    """Return whether a value is a drawing or its parts: the figure shows it better than an address."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(_is_drawing(part) for part in value)
    return any(kind.__module__.startswith("matplotlib.") for kind in type(value).__mro__)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
