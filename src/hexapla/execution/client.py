"""ForkServer: our side of the server that programs are forked from. Kept warm, it answers in a fork's time."""

import contextlib
import itertools
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from hexapla.execution import measuring, server_environment, wire
from hexapla.execution.sandbox import announcement, limits, operating_system
from hexapla.execution.skipped import unmet_in, why_skipped
from hexapla.execution.terminal_text import SCRATCH
from hexapla.execution.transcript import Transcript
from hexapla.execution.worker_socket import CALM, WorkerSocket, no_room, with_ending
from hexapla.model.branches import Branch, branches
from hexapla.model.errors import RunnerError, UnprotectedError
from hexapla.model.program import Cell, Program
from hexapla.model.run import NOTHING, CellRun, Environment, Given, Options, Run, Status
from hexapla.storage.environment import developed_here

_ENDED = "The program was ended before."


class ForkServer:
    """A warm Python that runs programs, each in its own process. Use it in a `with`; threads may share it."""

    def __init__(
        self,
        options: Options,
        on_ready: Callable[[str], None] = lambda _: None,
        *,
        preload: Sequence[str] = (),
        hashes: str = "0",
    ) -> None:
        """Make a server that imports `preload` where the options name nothing; strings' hashes come from `hashes`."""
        self.options = options
        self._hashes = hashes
        self._preload = tuple(preload if options.preload is None else options.preload)
        self._on_ready = on_ready  # gets one line about the sandbox when the server is up
        self.environment = Environment(python="", machine="")
        self._processor = ""
        self.lacking: Mapping[str, str] = {}
        """The protections of the sandbox that this machine does not have, and why."""
        self._lock = threading.Lock()
        self._workers: queue.SimpleQueue[WorkerSocket] = queue.SimpleQueue()
        self._busy: dict[WorkerSocket, str] = {}
        """The workers that run a program, and its name."""
        self._numbers, self._programs = itertools.count(), itertools.count()
        self._folder: Path | None = None
        """Where the files of programs lie; known when the server is up."""

    def __enter__(self) -> "ForkServer":
        if not operating_system.CAN_FORK:
            raise RunnerError(
                f"programs can't be run on {operating_system.NAME}, sandboxed or not. Run them on Linux (WSL or a "
                "container will do), or build from the ledger with `hexapla pages`, which runs nothing."
            )
        self._start()
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

    def _start(self) -> None:
        """Start the server's process; it makes the scratch folder, and removes it where the client is killed."""
        ours, theirs = socket.socketpair()
        self._admin = ours
        command = [sys.executable, "-P", "-m", "hexapla.execution.server", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env={**server_environment.variables(), "PYTHONHASHSEED": self._hashes},
                cwd="/",
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # so that Ctrl-C is ours to handle
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stop(self, program: str = "") -> None:
        """End every program that runs now, or the one of a name; the threads that wait for one get its run so far."""
        for worker, name in tuple(self._busy.items()):
            if not program or name == program:
                with contextlib.suppress(OSError):
                    worker.socket.shutdown(socket.SHUT_RDWR)

    @property
    def has_ended(self) -> bool:
        """Whether its process has gone, so that no program can be run."""
        return self._process.poll() is not None

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
        if self._folder:  # of a server that was killed
            limits.remove_folder(self._folder)

    def run(
        self, program: Program, *, on_cell: Callable[[CellRun], None] | None = None, given: Given = NOTHING
    ) -> Run:
        """Run one program and return what it did. Blocks; `on_cell` gets each cell as it ends.

        What stands in tabs is run for each reader who chooses others, one after the other.
        """
        started = time.monotonic()
        done: dict[str, CellRun] = {}
        imports: tuple[CellRun, ...] = ()
        is_lost = False

        def tell(part: Branch, cell: CellRun) -> None:
            if on_cell and cell.id in part.own:
                on_cell(cell)

        for part in branches(program):
            if is_lost:
                done |= {
                    name: CellRun(id=name, status=Status.NOT_REACHED, message=_ENDED) for name in part.own
                }
                continue
            with self._worker(program.name) as worker:
                begun, cells = self._run_in(worker, part, program.cells, partial(tell, part), given)
            is_lost = worker.is_lost
            imports = imports or begun
            done |= {cell.id: cell for cell in cells if cell.id in part.own}
        runs = tuple(done[cell.id] for cell in program.cells)
        return Run(
            program=program.name,
            cells=runs,
            seconds=time.monotonic() - started,
            environment=server_environment.environment_of(
                program,
                (*imports, *runs),
                self.environment,
                processor=self._processor if self.options.preload is None else None,
            ),
            imports=imports,
        )

    def _run_in(
        self,
        worker: WorkerSocket,
        part: Branch,
        numbered: Sequence[Cell],
        on_cell: Callable[[CellRun], None],
        given: Given,
    ) -> tuple[tuple[CellRun, ...], tuple[CellRun, ...]]:
        program = part.program
        control, theirs = socket.socketpair()
        pipe, output = os.pipe()
        os.set_blocking(pipe, False)
        assert self._folder
        scratch = self._folder / str(next(self._programs)) / "home"
        places = {**self._places, str(scratch): SCRATCH}
        try:
            with theirs, contextlib.suppress(BrokenPipeError, ConnectionResetError):
                files = [theirs.fileno(), output]
                worker.begin(program, scratch, self.options, files, measured=self._measured)
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
                skip = partial(
                    why_skipped, fixtures=self.options.fixtures, given=given, unmet=unmet_in(program)
                )
                cells = transcript.run(program, skip, on_cell, numbered=numbered)
                if self._measured:
                    measuring.add(transcript.measured())
            control.close()
            ended = (*transcript.imports, *cells)
            ending = worker.end(wait=all(cell.status in CALM for cell in ended))
            return with_ending(transcript.imports, *ending), with_ending(cells, *ending)
        finally:
            control.close()
            os.close(pipe)

    @contextlib.contextmanager
    def _worker(self, program: str) -> Iterator[WorkerSocket]:
        """Lend a worker to the program of a name; others get it afterwards, where it is still there."""
        worker = self._take_worker()
        self._busy[worker] = program
        try:
            yield worker
        except BaseException:
            worker.socket.close()
            raise
        finally:
            del self._busy[worker]
        if not worker.is_lost:
            self._workers.put(worker)

    def _take_worker(self) -> WorkerSocket:
        with contextlib.suppress(queue.Empty):
            return self._workers.get_nowait()
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                wire.send(self._admin, {}, [theirs.fileno()])
            except OSError as error:
                raise RunnerError("the fork server has ended. Run the command again.") from error
        return WorkerSocket(socket=ours, number=next(self._numbers))

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
        said = self._answer(setting)
        self._folder = Path(str(said["folder"]))
        self._places = {**server_environment.places(), str(self._folder): SCRATCH}
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

    def _answer(self, setting: Mapping[str, object]) -> Mapping[str, object]:
        """Return what the server says of itself when it has imported the preload; raises as `_begin` does."""
        try:
            wire.send(self._admin, setting)
            received = wire.receive(self._admin)
        except (wire.WireError, OSError):
            received = None
        said = received[0] if received else {"error": "it ended before it was ready"}
        if "fault" in said:
            raise no_room(said["fault"])
        if "error" not in said:
            return said
        reason, package = str(said["error"]), str(said.get("module", "")).partition(".")[0]
        if package and (said["threads"] or self.options.preload is None):
            raise _UnfitError(package, reason)
        raise RunnerError(
            f"the fork server can't start: {reason}. Check `preload` and that the packages are installed."
        )


class _UnfitError(Exception):
    """A package must not be imported beforehand.

    Its import starts threads, so that a fork might hang in a lock that one of them holds; or it fails, and nobody but
    posts asked for it.
    """

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(package)
        self.reason = reason
