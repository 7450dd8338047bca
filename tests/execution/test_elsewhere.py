"""Programs where there are none of Linux's means, as on macOS: what every POSIX has, for real, in real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.execution import doctor, server_environment
from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import announcement, operating_system
from hexapla.model.output import Figure, Kind
from hexapla.model.run import Limits, Options, Run, Status

from .conftest import another_machine, shown

Runner = Callable[..., Run]
ELSEWHERE = Path(__file__).parent / "elsewhere"
LIMITS = Limits(memory=2 * 2**30, processes=24, output=200_000, file_size=64 * 2**20)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with another_machine(ELSEWHERE), ForkServer(Options(limits=LIMITS, sandbox="off")) as warm:
        yield warm


WORKS = {
    "there are none of Linux's means": (
        "import ctypes, os\nfrom hexapla.execution.sandbox import operating_system\n"
        "print(operating_system.IS_LINUX, operating_system.NAME, hasattr(os, 'pidfd_open'), hasattr(ctypes.CDLL(None), 'prctl'))\n"
        "try: open('/proc/self/stat')\nexcept OSError as error: print(type(error).__name__)",
        "False macOS False False\nFileNotFoundError\n",
    ),
    "a step of training": (
        "import torch\nmodel = torch.nn.Linear(2, 1)\nstep = torch.optim.Adam(model.parameters(), lr=0.1)\n"
        "loss = model(torch.ones(4, 2)).square().sum()\nloss.backward()\nstep.step()\nprint(loss.item() > 0)",
        "True\n",
    ),
    "DataLoader workers": (
        "import torch\nfrom torch.utils.data import DataLoader\n"
        "print(list(DataLoader(range(4), batch_size=2, num_workers=2)))",
        "[tensor([0, 1]), tensor([2, 3])]\n",
    ),
    "processes that are spawned": (
        "import multiprocessing as mp\ndef double(x):\n    return 2 * x\nif __name__ == '__main__':\n"
        "    with mp.get_context('spawn').Pool(2) as pool:\n        print(pool.map(double, [1, 2]))",
        "[2, 4]\n",
    ),
    "native prints and child processes, in order": (
        "import ctypes, subprocess\nprint('one')\nctypes.CDLL(None).printf(b'two\\n')\n"
        "subprocess.run(['echo', 'three'])\nprint('four')",
        "one\ntwo\nthree\nfour\n",
    ),
}


@pytest.mark.parametrize("name", WORKS)
def test_programs_run(run: Runner, name: str) -> None:
    code, printed = WORKS[name]
    (cell,) = run(code).cells
    assert (cell.message, shown(cell)) == ("", printed)


def test_figures_and_values_are_taken_down(run: Runner) -> None:
    pytest.importorskip("matplotlib")
    (cell,) = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n6 * 7").cells
    assert isinstance(cell.outputs[0], Figure)
    assert shown(cell, Kind.VALUE) == "42\n"


ENDS = {
    "an infinite loop": ("while True: pass", Status.TIMEOUT, "out of time"),
    "ignoring SIGTERM": (
        "import signal\nsignal.signal(15, signal.SIG_IGN)\nwhile True: pass",
        Status.TIMEOUT,
        "out of time",
    ),
    "a crash": ("import ctypes\nctypes.string_at(0)", Status.KILLED, "SIGSEGV"),
    "os._exit": ("import os\nos._exit(3)", Status.EXITED, "exit status 3"),
    "10 GB of output": ("while True: print('x' * 10**4)", Status.LIMIT, "more than 200000 bytes"),
    "a file that is too long": (
        "open('big', 'wb').truncate(10**10)",
        Status.RAISED,
        "File too large",
    ),
    "filling the disk": (
        "import time\nfor n in range(9):\n    open(str(n), 'wb').write(bytes(10**7))\ntime.sleep(60)",
        Status.LIMIT,
        "MiB of files",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_ends_with_a_status_and_a_message(run: Runner, name: str) -> None:
    code, status, message = ENDS[name]
    (cell,) = run(code, timeout=1.0 if status is Status.TIMEOUT else 60.0).cells
    assert (cell.status, message in cell.message) == (status, True), cell.message
    assert shown(run("print('next')").cells[0]) == "next\n"


def test_what_a_program_leaves_in_its_group_ends_with_it(run: Runner) -> None:
    (cell,) = run("import subprocess\nprint(subprocess.Popen(['sleep', '86399']).pid)").cells
    assert wait(lambda: not is_alive(int(shown(cell))))


def test_what_hangs_ends_with_all_that_it_started(run: Runner, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    code = (
        f"import pathlib, subprocess\nchild = subprocess.Popen(['sleep', '86399'])\n"
        f"pathlib.Path({str(noted)!r}).write_text(str(child.pid))\nwhile True: pass"
    )
    assert run(code, timeout=1.0).cells[0].status is Status.TIMEOUT
    assert wait(lambda: not is_alive(int(noted.read_text())))


@pytest.mark.slow
def test_the_doctor_says_what_is_open() -> None:
    said: list[str] = []
    with another_machine(ELSEWHERE):
        rows = {row.name: row.enforced for row in doctor.examine(on_ready=said.append)}
    assert "no landlock and no seccomp: hexapla has none for macOS" in said[0]
    assert rows["a time limit"] and rows["an output limit"] and rows["a limit for all files together"]
    assert not rows["no reading outside"] and not rows["a memory limit for all processes together"]


COMMAND = """
import os, sys
from hexapla.cli.main import main
from hexapla.execution import server_environment
known = server_environment.variables
server_environment.variables = lambda: {**known(), "PYTHONPATH": os.environ["PYTHONPATH"]}
sys.exit(main(sys.argv[1:]))
"""


def command(file: Path, *words: str) -> subprocess.Popen[str]:
    """Start a hexapla that is without Linux's means, as its server is."""
    source = server_environment.variables()["PYTHONPATH"]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words, "-f", str(file)],
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join((str(ELSEWHERE), source, str(Path(__file__).parents[1])))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_only_who_wants_it_runs_programs_and_is_told_what_nobody_enforces(
    new_site: Callable[..., Path],
) -> None:
    file = new_site({"a.en.md": "```python\nprint(6 * 7)\n```\n"}, languages="en")
    _, said = (refused := command(file, "run")).communicate(timeout=120)
    assert refused.returncode == 2
    assert "hexapla has none for macOS" in said and "`--unsandboxed`" in said and "`sandbox: off`" in said
    assert not (file.parent / "snippets/a").exists()
    _, said = (done := command(file, "run", "--unsandboxed")).communicate(timeout=120)
    assert done.returncode == 0, said
    assert announcement.OPEN_ELSEWHERE.replace(operating_system.NAME, "macOS") in said
    assert (file.parent / "snippets/a/cell-1.out").read_text() == "42\n"


@pytest.mark.slow
def test_ctrl_c_ends_what_runs(new_site: Callable[..., Path], tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    code = f"import os, pathlib\npathlib.Path({str(noted)!r}).write_text(str(os.getpid()))\nwhile True: pass"
    file = new_site({"a.en.md": f"```python\n{code}\n```\n"}, languages="en")
    running = command(file, "run", "--unsandboxed", "--timeout", "600")
    assert wait(lambda: noted.is_file() and noted.read_text() != "")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert wait(lambda: not is_alive(int(noted.read_text())))


def wait(until: Callable[[], bool]) -> bool:
    """Return whether something came to be, on however busy a machine."""
    deadline = time.monotonic() + 60
    while not until():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that has ended and that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
