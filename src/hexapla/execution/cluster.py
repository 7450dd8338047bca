"""Cluster: batches of programs on the workers of a Dask cluster, each with a fork server of its own.

Nothing here knows more of Dask than that its client gives a `concurrent.futures` executor; what a worker
runs is `run_batch`, which is the local runner. So the sandbox, the limits and the bytes of the ledger are
the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from hexapla.execution.executor import run_programs
from hexapla.model.errors import RunnerError
from hexapla.model.program import Program
from hexapla.model.run import Options, Run

BATCH = 10
"""Programs a batch: one import of torch is spread over them, and a lost worker costs no more than these."""
GPU = "GPU"
"""The resource that a worker with a GPU declares: `dask worker … --resources "GPU=1"`."""


def run_batch(programs: Sequence[Program], options: Options) -> list[Run]:
    """Run programs where this is called, one after another: what a worker does."""
    return list(run_programs(programs, replace(options, jobs=1)))


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
