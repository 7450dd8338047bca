import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hexapla.execution import wire
from hexapla.execution.client import ForkServer
from hexapla.execution.executor import has_failed, run_programs
from hexapla.model.branches import with_tabs
from hexapla.model.errors import RunnerError
from hexapla.model.output import Kind
from hexapla.model.program import Tab
from hexapla.model.run import Options, Status

from .conftest import program, shown


def test_runs_each_program_and_tells_of_each_cell_as_it_ends(server: ForkServer) -> None:
    programs = [program(f"print({n})", "1", slug=f"p{n}") for n in range(5)]
    done = run_programs(programs, replace(server.options, jobs=3), server=server)
    assert {run.program: shown(run.cells[0]) for run in done} == {f"p{n}": f"{n}\n" for n in range(5)}
    cells: list[str] = []
    server.run(programs[0], on_cell=lambda cell: cells.append(cell.id))
    assert cells == ["cell-1", "cell-2"]


def test_tabs_are_alternatives_and_each_cell_is_told_of_once(server: ForkServer) -> None:
    codes = ("tea = []", "tea.append(1)\ntea", "tea.append(2)\ntea", "tea\n1 / 0", "1 / 0")
    made = program(*codes)
    paths = [(), *((Tab(set=0, label=label),) for label in "ab"), (), (Tab(set=1, label="b"),)]
    tabbed = replace(made, cells=tuple(with_tabs(made.cells, paths)))
    told: list[str] = []
    done = server.run(tabbed, on_cell=lambda cell: told.append(cell.id))
    assert [shown(cell, Kind.VALUE) for cell in done.cells[:3]] == ["", "[1]\n", "[2]\n"]
    assert sorted(told) == [cell.id for cell in done.cells] == [cell.id for cell in tabbed.cells]
    errors = [shown(cell, Kind.ERROR) for cell in done.cells[3:]]
    assert "cell 4, line 2" in errors[0] and "cell 5, line 1" in errors[1]


def test_a_program_that_is_stopped_begins_no_further_tab(server: ForkServer) -> None:
    made = program("while True: pass", "1", timeout=600.0)
    paths = [(Tab(set=0, label=label),) for label in "ab"]
    tabbed = replace(made, cells=tuple(with_tabs(made.cells, paths)))
    threading.Timer(2, server.stop).start()
    assert server.run(tabbed).cells[1].status is Status.NOT_REACHED


def test_stops_at_the_first_failure_where_asked(server: ForkServer) -> None:
    programs = [program("1 / 0", slug="bad"), *(program("1", slug=f"p{n}") for n in range(20))]
    done = list(run_programs(programs, server.options, server=server, fail_fast=True))
    assert has_failed(next(one for one in done if one.program == "bad"), programs[0])
    assert len(done) < len(programs)


def test_ends_what_runs_when_the_caller_stops_reading(server: ForkServer) -> None:
    programs = [program("1", slug="quick"), program("while True: pass", slug="slow", timeout=600.0)]
    running = run_programs(programs, server.options, server=server)
    assert next(running).program == "quick"
    running.close()  # type: ignore[attr-defined]
    assert server.run(program("2")).cells[0].status is Status.OK


def test_what_crashes_hangs_or_floods_touches_no_other(server: ForkServer) -> None:
    bad = {
        "segfault": "import ctypes\nctypes.string_at(0)",
        "exit": "import os\nos._exit(1)",
        "hang": "while True: pass",
        "flood": "while True: print('x' * 10**5)",
    }
    programs = [
        program(code, slug=name, timeout=3.0 if name == "hang" else 60.0) for name, code in bad.items()
    ]
    programs += [
        program(f"import torch\nx = torch.full((64, 64), {n}.)", "print(x.mean().item())", slug=f"p{n}")
        for n in range(12)
    ]
    mixed = [one for pair in zip(programs[4:], programs[:4] * 3, strict=True) for one in pair]
    renamed = [replace(one, slug=f"{one.slug}-{number}") for number, one in enumerate(mixed)]
    done = run_programs(renamed, replace(server.options, jobs=4), server=server)
    runs = {run.program.partition("-")[0]: run.cells for run in done}
    assert {name: runs[name][0].status for name in bad} == {
        "segfault": Status.KILLED, "exit": Status.EXITED, "hang": Status.TIMEOUT, "flood": Status.LIMIT,
    }  # fmt: skip
    assert {name: shown(cells[-1]) for name, cells in runs.items() if name not in bad} == {
        f"p{n}": f"{float(n)}\n" for n in range(12)
    }


def test_a_word_to_end_that_comes_too_late_does_not_end_the_worker() -> None:
    with ForkServer(Options(preload=())) as server:
        server.run(program("1"))
        worker = server._take_worker()
        wire.send(worker.socket, {})
        server._workers.put(worker)
        assert [server.run(program("print(2)")).cells[0].status for _ in range(2)] == [Status.OK] * 2


def test_knows_the_environment_for_the_ledger(server: ForkServer) -> None:
    import torch

    assert server.environment.packages == (("torch", str(torch.__version__)),)
    assert server.environment.python == ".".join(map(str, sys.version_info[:3]))
    assert server.environment.threads == 1
    assert server.environment.capability


def test_says_which_import_of_the_preload_fails() -> None:
    with (
        pytest.raises(RunnerError, match="No module named 'no_such_module'"),
        ForkServer(Options(preload=("no_such_module",))),
    ):
        pass


def test_runs_nothing_and_starts_nothing_for_no_programs() -> None:
    assert list(run_programs([], Options(preload=("no_such_module",)))) == []


def test_nothing_is_left_of_a_server_whose_client_is_killed() -> None:
    code = (
        "import time\nfrom hexapla.model.run import Options\nfrom hexapla.execution.client import ForkServer\n"
        "with ForkServer(Options(preload=())) as server:\n    print(server._folder, flush=True)\n    time.sleep(600)"
    )
    client = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert client.stdout
    folder = Path(client.stdout.readline().strip())
    assert folder.is_dir()
    client.kill()
    client.wait()
    deadline = time.monotonic() + 100
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


def test_a_message_that_is_too_long_ends_the_program_and_no_other(server: ForkServer) -> None:
    code = "import hexapla.execution.child as child\nchild.figures.deliver('[],' * 4_000_000, '')"
    (cell,) = server.run(program(code)).cells
    assert (cell.status, cell.message) == (
        Status.LIMIT, "The program showed more than 200000 bytes; the rest is left out."
    )  # fmt: skip
    assert server.run(program("1")).cells[0].status is Status.OK


def test_where_there_is_no_room_for_a_program_it_is_not_the_programs_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with ForkServer(Options(preload=())) as server:
        (server._folder / "0").write_text("in the way")
        with pytest.raises(
            RunnerError, match=f"no room for their files in {tmp_path}: Not a directory. Make room"
        ):
            server.run(program("1"))
        assert server.run(program("1")).cells[0].status is Status.OK
