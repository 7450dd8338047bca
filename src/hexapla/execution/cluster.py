"""Cluster: batches of programs on the workers of a Dask cluster, each with a fork server of its own.

Nothing here knows more of Dask than that its client gives a `concurrent.futures` executor; what a worker
runs is `run_batch`, which is the local runner. So the sandbox, the limits and the bytes of the ledger are
the same.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from hexapla.execution.client import ForkServer
from hexapla.execution.executor import run_programs
from hexapla.execution.preload import preload_of
from hexapla.model.errors import RunnerError
from hexapla.model.program import Program
from hexapla.model.run import Options, Run

BATCH = 10
"""Programs a batch: one import of torch is spread over them, and a lost worker costs no more than these."""
GPU = "GPU"
"""The resource that a worker with a GPU declares: `dask worker … --resources "GPU=1"`."""


_IDLE = 30.0
"""Seconds that a worker keeps a fork server for its next batch: importing torch takes longer than most batches."""


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
    programs: Sequence[Program], options: Options, *, address: str, batch: int = BATCH
) -> Iterator[Run]:
    """Run programs on the cluster at `address` (`tcp://HOST:PORT`) and yield each one's run as its batch ends.

    Programs with a GPU cell go to workers that declare the resource; where none does, they run anywhere and
    those cells are skipped. A batch whose worker is lost runs again on another.
    """
    with ExitStack() as stack:
        client = stack.enter_context(_connect(address))
        executors = {
            gpu: stack.enter_context(_executor(client, {GPU: 1} if gpu else {})) for gpu in (False, True)
        }
        has_gpu = any(
            GPU in worker.get("resources", {}) for worker in client.scheduler_info()["workers"].values()
        )
        futures = [
            executors[gpu].submit(run_batch, part, options)
            for gpu, part in _batches(programs, batch, has_gpu=has_gpu)
        ]
        for future in as_completed(futures):
            yield from future.result()


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


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise RunnerError("a Dask cluster needs Dask: pip install 'hexapla[dask]'.") from error
    try:
        connect: Any = Client
        return connect(address, timeout=10)
    except OSError as error:
        raise RunnerError(
            f"no Dask scheduler answers at {address}. Check the address and that it runs."
        ) from error


def _executor(client: Any, resources: Mapping[str, int]) -> Executor:
    # Not pure: two equal batches are two runs, or `hexapla test` would compare a run with itself.
    settings = {"resources": dict(resources)} if resources else {}
    executor: Executor = client.get_executor(pure=False, retries=2, **settings)
    return executor
