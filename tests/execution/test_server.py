"""The fork server outlives its client by no more than it takes to clear up, whenever that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import limits
from hexapla.model.run import Options, Run, Status

from .conftest import program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")

CLIENT = """
import sys
from hexapla.execution import server_environment
from hexapla.execution.client import ForkServer
from hexapla.model.run import Options
known = server_environment.variables
def environment():
    given = known()
    return given | {"PYTHONPATH": sys.argv[1] + ":" + given["PYTHONPATH"]}
server_environment.variables = environment
with ForkServer(Options(preload=("slow_one",))):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("moment", ["while it imports", "when it waits"])
def test_a_client_that_is_killed_leaves_no_folder(tmp_path: Path, moment: str) -> None:
    (tmp_path / "slow_one.py").write_text("import time\ntime.sleep(2)\n")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-c", CLIENT, str(tmp_path)]
    source = os.pathsep.join((str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[1])))
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": source, "TMPDIR": str(temporary)},
    ) as client:
        until = time.monotonic() + 60
        while not list(temporary.iterdir()) and time.monotonic() < until:
            time.sleep(0.05)
        assert list(temporary.iterdir())
        if moment == "when it waits":
            assert client.stdout is not None
            assert client.stdout.readline() == "ready\n"
        else:
            time.sleep(0.5)
        client.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while list(temporary.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(temporary.iterdir()) == []


ORPHANS = """
import ctypes, os, time
ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)  # not to end with the parent
for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
print("ready", flush=True)
1
time.sleep(600)
"""


def test_a_worker_that_is_killed_leaves_no_process() -> None:
    """The system may do so where memory is short; nobody is left then who answers for the program."""
    runs: list[Run] = []
    with ForkServer(Options(preload=())) as server:
        waiting = threading.Thread(target=lambda: runs.append(server.run(program(ORPHANS))))
        waiting.start()
        below: list[int] = []
        until = time.monotonic() + 60
        while len(below) < 4 and time.monotonic() < until:
            below = list(limits.descendants(server._process.pid))
            time.sleep(0.02)
        # The program and two of its own are below the worker.
        worker, *others = below
        os.kill(worker, signal.SIGKILL)
        waiting.join(60)
        while any(Path(f"/proc/{process}").exists() for process in others) and time.monotonic() < until:
            time.sleep(0.02)
        assert [process for process in others if Path(f"/proc/{process}").exists()] == []
        assert server.run(program("1")).cells[0].status is Status.OK
    (cell,) = runs[0].cells
    assert (cell.status, cell.message) == (Status.KILLED, "The process that watched over it was ended.")
