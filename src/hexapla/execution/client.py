"""ForkServer: our side of the server that programs are forked from. Kept warm, it answers in a fork's time."""

import contextlib
import itertools
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType

from hexapla.execution import measuring, scratch, surroundings, wire
from hexapla.execution.ending import CALM, with_ending
from hexapla.execution.sandbox import announcement, limits, operating_system
from hexapla.execution.terminal_text import SCRATCH
from hexapla.execution.transcript import Transcript
from hexapla.model.errors import RunnerError, UnprotectedError
from hexapla.model.program import Cell, Program
from hexapla.model.run import NOTHING, CellRun, Environment, Given, Obstacle, Options, Run, Status
from hexapla.storage import distributions
from hexapla.storage.environment import developed_here

_NOT_BEGUN = (Status.SKIPPED, Status.NOT_REACHED)
_SLOW = "It takes long; `fixture:slow` cells run when they are asked for."
_NETWORK = "It needs the network; `fixture:network` cells run when they are asked for."


class ForkServer:
    """A warm Python that runs programs, each in its own process. Use it in a `with`; threads may share it."""

    def __init__(
        self,
        options: Options,
        on_ready: Callable[[str], None] = lambda _: None,
        *,
        preload: Sequence[str] = (),
    ) -> None:
        """Make a server that imports `preload` where the options name nothing."""
        self.options = options
        self._preload = tuple(preload if options.preload is None else options.preload)
        self._on_ready = on_ready  # gets one line about the sandbox when the server is up
        self.environment = Environment(python="", machine="")
        self._processor = ""
        self.lacking: Mapping[str, str] = {}
        """The protections of the sandbox that this machine does not have, and why."""
        self._lock = threading.Lock()
        self._workers: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._busy: set[_Worker] = set()
        self._numbers, self._programs = itertools.count(), itertools.count()

    def __enter__(self) -> "ForkServer":
        if not operating_system.CAN_FORK:
            raise RunnerError(
                f"programs can't be run on {operating_system.NAME}, sandboxed or not. Run them on Linux (WSL or a "
                "container will do), or build from the ledger with `hexapla pages`, which runs nothing."
            )
        self._folder, holder = scratch.make_folder()
        try:
            self._start(holder)
        except BaseException:  # who is interrupted here has no server yet that would clear up
            limits.remove_folder(self._folder)
            raise
        finally:
            os.close(holder)
        try:
            self._begin()
        except _UnfitError as error:
            # What an import has started cannot be taken back: another server does without it.
            self.close()
            self._on_ready(f"`{error}` is imported by each program anew, not beforehand: {error.reason}.")
            self._preload = tuple(name for name in self._preload if name.partition(".")[0] != str(error))
            return self.__enter__()
        except BaseException:
            self.close()
            raise
        return self

    def _start(self, holder: int) -> None:
        """Start the server's process, which holds the folder too: the client may be killed before it has ended."""
        self._folder.chmod(0o711)
        self._places = {**surroundings.places(), str(self._folder): SCRATCH}
        ours, theirs = socket.socketpair()
        self._admin = ours
        command = [sys.executable, "-P", "-m", "hexapla.execution.server", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno(), holder],
                env=surroundings.variables(self._folder),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # so that Ctrl-C is ours to handle
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stop(self) -> None:
        """End every program that runs now; the threads that wait for one get its run so far."""
        for worker in tuple(self._busy):
            with contextlib.suppress(OSError):
                worker.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the server, every program that still runs, and the scratch folder."""
        self.stop()
        self._admin.close()
        with contextlib.suppress(queue.Empty):
            while True:
                self._workers.get_nowait().socket.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        limits.remove_folder(self._folder)

    def run(
        self, program: Program, *, on_cell: Callable[[CellRun], None] | None = None, given: Given = NOTHING
    ) -> Run:
        """Run one program and return what it did. Blocks; `on_cell` gets each cell as it ends."""
        started = time.monotonic()
        worker = self._take_worker()
        self._busy.add(worker)
        try:
            imports, cells = self._run_in(worker, program, on_cell, given)
        except BaseException:
            worker.socket.close()
            raise
        finally:
            self._busy.discard(worker)
        if not worker.socket.fileno() < 0:
            self._workers.put(worker)
        seconds = time.monotonic() - started
        return Run(
            program=program.name,
            cells=cells,
            environment=self._environment_of(program, (*imports, *cells)),
            seconds=seconds,
            imports=imports,
        )

    def _environment_of(self, program: Program, cells: Sequence[CellRun]) -> Environment:
        """Return what a run depended on: what the program itself imported, and the preload if the site names one.

        Of what was chosen for all the posts that were to run it knows nothing that is not its own: its record is to be
        the same in whatever company it ran.
        """
        ended = {ran.id: ran.status for ran in cells}
        steps = (*program.imports, *program.cells)
        begun = (cell for cell in steps if ended.get(cell.id, Status.NOT_REACHED) not in _NOT_BEGUN)
        modules = dict.fromkeys(name for cell in begun for name in cell.names.modules)
        known = self.environment
        if self.options.preload is None:
            torch = known.capability if "torch" in modules else ""
            known = replace(known, packages=(), capability=torch or self._processor)
        lacking = (ran.failure for ran in cells if ran.failure and ran.failure.obstacle is Obstacle.PACKAGE)
        packages = distributions.packages_of(modules) | dict(known.packages)
        return replace(
            known,
            packages=tuple(sorted(packages.items())),
            absent=tuple(sorted({failure.subject for failure in lacking})),
        )

    def _run_in(
        self, worker: "_Worker", program: Program, on_cell: Callable[[CellRun], None] | None, given: Given
    ) -> tuple[tuple[CellRun, ...], tuple[CellRun, ...]]:
        control, theirs = socket.socketpair()
        pipe, output = os.pipe()
        os.set_blocking(pipe, False)
        scratch = self._folder / str(next(self._programs)) / "home"
        places = {**self._places, str(scratch): SCRATCH}
        try:
            with theirs, contextlib.suppress(BrokenPipeError, ConnectionResetError):
                wire.send(
                    worker.socket, self._request(program, scratch, worker.number), [theirs.fileno(), output]
                )
            os.close(output)
            with Transcript(
                control,
                pipe,
                worker.socket,
                limits=self.options.limits,
                deadline=time.monotonic() + program.settings.timeout,
                places=places,
                given=given,
            ) as transcript:
                cells = transcript.run(program, partial(self._skip, given, _lacks(program)), on_cell)
                if self._measured:
                    measuring.add(transcript.measured())
            control.close()
            ended = (*transcript.imports, *cells)
            ending = worker.end(wait=all(cell.status in CALM for cell in ended))
            return with_ending(transcript.imports, *ending), with_ending(cells, *ending)
        finally:
            control.close()
            os.close(pipe)

    def _request(self, program: Program, scratch: Path, worker: int) -> dict[str, object]:
        wanted = {name for cell in program.cells for name in cell.fixtures}
        return {
            "scratch": str(scratch),
            "worker": worker + os.getpid(),
            "limits": asdict(self.options.limits),
            "cpu_seconds": program.settings.timeout * (os.cpu_count() or 1),
            "network": "network" in wanted and "network" in self.options.fixtures,
            "gpu": "gpu" in wanted,
            "files": [(file.name, file.source) for file in program.files],
            "seed": program.settings.seed,
            "measured": self._measured,
            "name": "".join(char if char.isalnum() else "_" for char in program.slug) or "program",
        }

    def _skip(self, given: Given, lacks: str, cell: Cell) -> str:
        if lacks:
            return lacks
        for name, reason in (("slow", _SLOW), ("network", _NETWORK)):
            if name in cell.fixtures and name not in self.options.fixtures:
                return reason
        return given.missing(cell.asked)

    def _take_worker(self) -> "_Worker":
        with contextlib.suppress(queue.Empty):
            return self._workers.get_nowait()
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                wire.send(self._admin, {}, [theirs.fileno()])
            except OSError as error:
                raise RunnerError("the fork server has ended. Run the command again.") from error
        return _Worker(socket=ours, number=next(self._numbers))

    def _begin(self) -> None:
        """Have the server import the preload, and hear what it is.

        Raises:
            RunnerError: it cannot run programs here.
            _UnfitError: a package must be left out of the preload.
        """
        options = self.options
        setting = {
            "preload": self._preload,
            "sandboxed": options.sandbox != "off",
            "readable": list(map(str, developed_here())),
            "measured": measuring.wanted(),
        }
        try:
            wire.send(self._admin, setting)
            got = wire.receive(self._admin)
        except (wire.WireError, OSError):
            got = None
        if got is None or "error" in got[0]:
            failure = got[0] if got else {"error": "it ended before it was ready"}
            reason, package = str(failure["error"]), str(failure.get("module", "")).partition(".")[0]
            if package and (failure["threads"] or options.preload is None):
                raise _UnfitError(package, reason)
            raise RunnerError(
                f"the fork server can't start: {reason}. Check `preload` and that the packages are installed."
            )
        said = got[0]
        packages, lacking = said["packages"], said["lacking"]
        assert isinstance(packages, dict)
        assert isinstance(lacking, dict)
        self.lacking = lacking if options.sandbox != "off" else {"sandbox": "it was switched off"}
        if reason := announcement.refusal(options.sandbox, self.lacking):
            raise (RunnerError if options.sandbox == "require" else UnprotectedError)(reason)
        self._on_ready(announcement.announcement(options.sandbox, self.lacking))
        self.environment = Environment(
            python=str(said["python"]),
            machine=str(said["machine"]),
            packages=tuple(sorted(packages.items())),
            capability=str(said["capability"]),
            threads=int(str(said["threads"])),
        )
        self._processor = str(said["processor"])
        self._measured = setting["measured"] if said["measures"] else {}
        measuring.add(said["measured"])


class _UnfitError(Exception):
    """A package must not be imported beforehand.

    Its import starts threads, so that a fork might hang in a lock that one of them holds; or it fails, and nobody but
    posts asked for it.
    """

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(package)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worker:
    """Our end of a worker's socket."""

    socket: socket.socket
    number: int

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
            raise RunnerError(
                f"programs have no room for their files in {tempfile.gettempdir()}: {fault}. Make room there, or name "
                "another folder in TMPDIR."
            )
        return int(str(got[0]["status"])), str(got[0]["message"])


def _lacks(program: Program) -> str:
    """Return what a program requires that is not here, as a sentence; empty for nothing."""
    unmet = distributions.unmet_requirements(program.requires)
    return f"It requires {', '.join(f'`{name}`' for name in unmet)}, which is not here." if unmet else ""
