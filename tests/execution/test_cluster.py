"""Programs on a real Dask scheduler with two worker processes on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hexapla.execution import cluster as cluster_module
from hexapla.execution.client import ForkServer
from hexapla.execution.cluster import run_batch, run_on_cluster
from hexapla.execution.executor import has_failed
from hexapla.ledger.encoding import encode
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.model.errors import RunnerError
from hexapla.model.program import Program
from hexapla.model.run import Environment, Options, Run

from .conftest import LIMITS, program, shown

distributed = pytest.importorskip("distributed")

OPTIONS = Options(preload=(), limits=LIMITS)
SOURCE = str(Path(__file__).resolve().parents[2] / "src")
TESTS = str(Path(__file__).resolve().parents[1])
"""Where the plugin lies that measures coverage."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, started as their command lines would be; every one is ended by its own id."""
    folder = tmp_path_factory.mktemp("dask")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((SOURCE, TESTS)),
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
    }
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
    declared = {"one": [], "two": ["--resources", "GPU=1"]}
    workers = [
        subprocess.Popen([*worker, "--name", name, *resources], **settings)
        for name, resources in declared.items()
    ]
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


@pytest.mark.cost
def test_the_ledgers_bytes_are_those_of_this_machine(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    one = program("import random\nx = random.random()\nprint(x)", "x", "1 / 0")
    there, here = next(run_on_cluster([one], OPTIONS, address=cluster[0])), run_batch([one], OPTIONS)[0]
    ledgers = [Ledger(records={"": updated_record(Record(), one, done)}) for done in (there, here)]
    assert encode(ledgers[0], [one]) == encode(ledgers[1], [one])


def test_a_program_that_needs_a_gpu_goes_to_a_worker_that_has_one(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(programs: Sequence[Program], _: Options) -> list[Run]:
        nowhere = Environment(python=str(distributed.get_worker().name), machine="")
        return [Run(program=one.name, cells=(), environment=nowhere) for one in programs]

    monkeypatch.setattr("hexapla.execution.cluster.run_batch", named)
    plain = [program("1", slug=f"p{n}") for n in range(4)]
    needy = [
        replace(one, slug=f"g{n}", cells=(replace(one.cells[0], fixtures=("gpu",)),))
        for n, one in enumerate(plain)
    ]
    done = {
        run.program: run.environment.python
        for run in run_on_cluster([*plain, *needy], OPTIONS, address=cluster[0], batch=1)
    }
    assert len(done) == 8
    assert {done[one.name] for one in needy} == {"two"}


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_a_scheduler_had_not_answered_when_it_was_lost_runs_on_the_one_that_comes_back(
    tmp_path: Path,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, processes, said = f"tcp://127.0.0.1:{port}", [], []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((SOURCE, TESTS))}

    def start(*arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        null = subprocess.DEVNULL
        processes.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=null, stderr=null))

    def start_all() -> None:
        start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        start("worker", address, "--no-nanny", "--nthreads", "1")

    def end_all() -> None:
        for process in (*processes,):
            process.kill()
            process.wait()

    programs = [program(f"print({n})", slug=f"p{n}") for n in range(9)]
    runs = []
    try:
        start_all()
        with distributed.Client(address, timeout=60) as client:
            client.wait_for_workers(1, timeout=60)
        for run in run_on_cluster(programs, OPTIONS, address=address, batch=1, on_wait=said.append):
            if not runs:
                end_all()
                start_all()
            runs.append(run)
    finally:
        end_all()
    assert sorted(shown(run.cells[0]) for run in runs) == [f"{n}\n" for n in range(9)]
    assert said[:1] == [
        f"The Dask scheduler at {address} was lost; what it had not answered runs again when it is back."
    ]


def test_nothing_more_begins_after_a_failure_where_that_is_asked_for_nor_what_may_not(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    programs = [program("1 / 0" if not n else f"print({n})", slug=f"p{n}") for n in range(40)]
    ran = list(run_on_cluster(programs, OPTIONS, address=cluster[0], batch=1, fail_fast=True))
    assert any(has_failed(run, programs[0]) for run in ran) and len(ran) < len(programs)
    few = run_on_cluster(
        programs, OPTIONS, address=cluster[0], batch=3, may_begin=lambda one: one.name in ("p1", "p5")
    )
    assert {run.program for run in few} == {"p1", "p5"}


@pytest.mark.slow
def test_a_cluster_without_workers_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_LOOK", 0.1)
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address=None, local_directory=str(tmp_path)
    ) as empty:
        address = empty.scheduler_address
        # Processes reach no scheduler that is a part of this one, but clients here do.
        said: list[str] = []

        def come(line: str) -> None:
            said.append(line)
            empty.scale(1)

        monkeypatch.setattr("hexapla.execution.cluster.run_batch", lambda some, _: [*map(_nothing, some)])
        ran = list(run_on_cluster([program("1")], OPTIONS, address=address, on_wait=come))
    assert len(ran) == 1 and said == [f"The cluster at {address} has no worker now; programs wait for one."]


def _nothing(one: Program) -> Run:
    return Run(program=one.name, cells=(), environment=Environment(python="", machine=""))


@pytest.mark.slow
def test_says_that_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    with pytest.raises(RunnerError, match="no Dask scheduler answers"):
        list(run_on_cluster([program("1")], OPTIONS, address="tcp://127.0.0.1:9"))
    assert time.monotonic() - started < 60


def test_a_worker_s_batches_share_a_fork_server_while_they_want_the_same(monkeypatch):
    begun = []
    enter = ForkServer.__enter__
    monkeypatch.setattr(ForkServer, "__enter__", lambda server: begun.append(server) or enter(server))
    monkeypatch.setattr(cluster_module, "_SERVERS", servers := cluster_module._Servers())
    for number in range(3):
        (ran,) = run_batch([program(f"print({number})")], OPTIONS)
        assert shown(ran.cells[0]) == f"{number}\n"
    assert len(begun) == 1
    servers._end(id(begun[0]), begun[0])
    assert begun[0].has_ended
    run_batch([program("print(3)")], OPTIONS)
    assert len(begun) == 2
    begun[1].close()
