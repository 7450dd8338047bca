"""Cluster: batches of programs on the workers of a Dask cluster, each with a fork server of its own.

Nothing here knows more of Dask than that its client gives a `concurrent.futures` executor; what a worker
runs is `run_batch`, which is the local runner. So the sandbox, the limits and the bytes of the ledger are
the same.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from hexapla.execution.client import ForkServer
from hexapla.execution.executor import has_failed, run_programs
from hexapla.execution.preload import preload_of
from hexapla.model.errors import RunnerError
from hexapla.model.program import Program
from hexapla.model.run import Options, Run

BATCH = 10
"""Programs a batch: one import of torch is spread over them, and a lost worker costs no more than these."""
GPU = "GPU"
"""The resource that a worker with a GPU declares: `dask worker … --resources "GPU=1"`."""

_PATIENCE = 5
"""So often in a row a scheduler may be lost before one of its programs is done."""
_LOOK = 5.0
"""Seconds between two looks at whether there are workers at all, while no batch ends."""
_ANSWERS, _COMES_BACK = 10.0, 120.0
"""Seconds in which a scheduler answers, and in which one that was lost is back."""

_IDLE = 30.0
"""Seconds that a worker keeps a fork server for its next batch: importing torch takes longer than most batches."""


class _KilledError(Exception):
    """A batch lost one worker after the other, which may be no fault of its programs: workers come and go."""


class _Servers:
    """The fork servers of a worker that no batch uses now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[int, tuple[object, ForkServer]] = {}

    @contextmanager
    def server(self, options: Options, preload: Sequence[str]) -> Iterator[ForkServer]:
        """Lend a fork server: one that an earlier batch of the same kind has left, or a new one."""
        kind = (options, tuple(preload))
        with self._lock:
            known = next((key for key, (of, _) in self._idle.items() if of == kind), None)
            server = self._idle.pop(known)[1] if known is not None else None
        if server is None or server.has_ended:
            server = ForkServer(options, preload=preload).__enter__()
        try:
            yield server
        except BaseException:
            server.close()
            raise
        with self._lock:
            self._idle[id(server)] = (kind, server)
        timer = threading.Timer(_IDLE, self._end, [id(server), server])
        timer.daemon = True
        timer.start()

    def _end(self, key: int, server: ForkServer) -> None:
        """End a server that no batch has used since; one that is lent ends a while after it comes back."""
        with self._lock:
            is_idle = self._idle.pop(key, None) is not None
        if is_idle:
            server.close()


_SERVERS = _Servers()


def run_batch(programs: Sequence[Program], options: Options) -> list[Run]:
    """Run programs where this is called, one after another: what a worker does."""
    options = replace(options, jobs=1)
    with _SERVERS.server(options, preload_of(programs)) as server:
        return list(run_programs(programs, options, server=server))


def run_on_cluster(
    programs: Sequence[Program],
    options: Options,
    *,
    address: str,
    batch: int = BATCH,
    fail_fast: bool = False,
    may_begin: Callable[[Program], bool] = lambda _: True,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Iterator[Run]:
    """Run programs on the cluster at `address` (`tcp://HOST:PORT`) and yield each one's run as its batch ends.

    Programs with a GPU cell go to workers that declare the resource; where none does, they run anywhere and
    those cells are skipped. A batch whose worker is lost runs again on another, and what a scheduler had not answered
    when it was lost runs again on the one that comes back at its address; `on_wait` is told of that. `fail_fast` begins
    no more batches after a program that failed. Nor is one begun that no longer `may_begin` as its batch's turn comes.
    """
    left = {program.name: program for program in programs}
    lost = 0
    while left:
        before = len(left)
        try:
            for run in _runs(
                tuple(left.values()), options, address, batch, may_begin, on_wait, lost=lost > 0
            ):
                program = left.pop(run.program)
                yield run
                if fail_fast and has_failed(run, program):
                    return
            return
        except (CancelledError, OSError, _KilledError) as error:
            # A scheduler that goes and comes without one program done in between is none to wait for.
            lost = 1 if len(left) < before else lost + 1
            if lost > _PATIENCE:
                raise RunnerError(
                    f"the Dask scheduler at {address} was lost {lost} times in a row."
                ) from error
            on_wait(
                f"The Dask scheduler at {address} was lost; what it had not answered runs again when it is back."
            )


def _runs(
    programs: Sequence[Program],
    options: Options,
    address: str,
    batch: int,
    may_begin: Callable[[Program], bool],
    on_wait: Callable[[str], None],
    *,
    lost: bool,
) -> Iterator[Run]:
    """Run programs on the scheduler that answers at an address, as many at once as its workers can, and a few more.

    One that was lost has a while to come back.

    Raises:
        CancelledError, OSError: the scheduler was lost.
        _KilledError: a batch lost so many workers that Dask gave it up.
    """
    with ExitStack() as stack:
        client = stack.enter_context(_connect(address, _COMES_BACK if lost else _ANSWERS))
        executors = {gpu: _executor(client, {GPU: 1} if gpu else {}) for gpu in (False, True)}
        for executor in executors.values():
            # Where nobody asks for more, what still runs is ended.
            stack.callback(executor.shutdown, wait=False)
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        has_gpu = any(GPU in worker.get("resources", {}) for worker in workers)
        waiting = _batches(programs, batch, has_gpu=has_gpu)
        running: set[Future[list[Run]]] = set()
        idle = False
        while True:
            for gpu, part in islice(waiting, max(0, _ahead(client) - len(running))):
                if begun := [program for program in part if may_begin(program)]:
                    running.add(executors[gpu].submit(run_batch, begun, options))
            if not running:
                return
            done, running = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
            if not done and not client.nthreads() and not idle:
                idle = True
                on_wait(f"The cluster at {address} has no worker now; programs wait for one.")
            for future in done:
                yield from _result(future)


def _result(future: Future[list[Run]]) -> list[Run]:
    try:
        return future.result()
    except RuntimeError as error:
        # Dask's `KilledWorker`, whose class is only there where Dask is.
        raise _KilledError if type(error).__name__ == "KilledWorker" else error from error


def _ahead(client: Any) -> int:
    """Return how many batches are with the cluster at once: workers always have a next one, also those that come."""
    threads: int = sum(client.nthreads().values())
    return 4 + 2 * threads


def _batches(
    programs: Sequence[Program], size: int, *, has_gpu: bool
) -> Iterator[tuple[bool, Sequence[Program]]]:
    """Split programs into batches that need a GPU and batches that don't."""
    for gpu in (False, True):
        part = [program for program in programs if (has_gpu and _needs_gpu(program)) is gpu]
        for start in range(0, len(part), size):
            yield gpu, part[start : start + size]


def _needs_gpu(program: Program) -> bool:
    return any("gpu" in cell.fixtures for cell in program.cells)


def _connect(address: str, seconds: float) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise RunnerError("a Dask cluster needs Dask: pip install 'hexapla[dask]'.") from error
    try:
        connect: Any = Client
        return connect(address, timeout=seconds)
    except OSError as error:
        raise RunnerError(
            f"no Dask scheduler answers at {address}. Check the address and that it runs."
        ) from error


def _executor(client: Any, resources: Mapping[str, int]) -> Executor:
    # Not pure: two equal batches are two runs, or `hexapla test` would compare a run with itself.
    settings = {"resources": dict(resources)} if resources else {}
    executor: Executor = client.get_executor(pure=False, retries=2, **settings)
    return executor
