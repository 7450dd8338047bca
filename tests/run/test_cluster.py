"""Programs on a real Dask scheduler with two worker processes on loopback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hexapla.errors import RunnerError
from hexapla.run import Options
from hexapla.run.cluster import run_batch, run_on_cluster

from .conftest import LIMITS, program, shown

distributed = pytest.importorskip("distributed")

OPTIONS = Options(preload=(), limits=LIMITS)
SOURCE = str(Path(__file__).resolve().parents[2] / "src")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, started as their command lines would be; every one is ended by its own id."""
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "PYTHONPATH": SOURCE, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    settings = {"cwd": folder, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    file = folder / "scheduler.json"
    scheduler = subprocess.Popen(
        [
            *dask,
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ],
        **settings,
    )
    worker = [
        *dask,
        "worker",
        "--scheduler-file",
        str(file),
        "--no-nanny",
        "--no-dashboard",
        "--nthreads",
        "1",
    ]
    workers = [subprocess.Popen([*worker, "--name", name], **settings) for name in ("one", "two")]
    try:
        with distributed.Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            yield client.scheduler.address, workers
    finally:
        # The workers first: one that closes while its scheduler is gone waits for it.
        for group in (workers, [scheduler]):
            for process in group:
                process.terminate()
            for process in group:
                _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process; how fast Dask takes its leave is not what is tested here."""
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_gives_the_same_outputs_as_this_machine_does(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    programs = [program(f"import random\nprint({n}, random.random())", slug=f"p{n}") for n in range(4)]
    there = {one.program: one for one in run_on_cluster(programs, OPTIONS, address=cluster[0], batch=2)}
    here = {one.program: one for one in run_batch(programs, OPTIONS)}
    assert {name: [cell.outputs for cell in one.cells] for name, one in there.items()} == {
        name: [cell.outputs for cell in one.cells] for name, one in here.items()
    }
    assert {one.environment for one in there.values()} == {one.environment for one in here.values()}


def test_a_lost_workers_programs_run_again_elsewhere(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, workers = cluster
    programs = [program(f"import time\ntime.sleep(0.5)\nprint({n})", slug=f"p{n}") for n in range(6)]
    runs = []
    for run in run_on_cluster(programs, replace(OPTIONS), address=address, batch=1):
        if not runs:
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait(20)
        runs.append(run)
    assert sorted(shown(run.cells[0]) for run in runs) == [f"{n}\n" for n in range(6)]


def test_says_that_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    with pytest.raises(RunnerError, match="no Dask scheduler answers"):
        list(run_on_cluster([program("1")], OPTIONS, address="tcp://127.0.0.1:9"))
    assert time.monotonic() - started < 60
