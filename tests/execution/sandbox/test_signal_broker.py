"""Signals on a kernel whose Landlock knows none: to the program's own processes, for real, and to nobody else's."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import broker, sandbox
from hexapla.model.run import Options, Run, Status

from ..conftest import LIMITS, another_machine, shown
from .walking import ATTACKS, numbered_here

Runner = Callable[..., Run]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"),
    pytest.mark.skipif(not broker.answers_sockets(), reason="no broker here"),
]
OLDER = Path(__file__).parent.parent / "older"


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with another_machine(OLDER), ForkServer(Options(preload=(), limits=LIMITS)) as warm:
        yield warm


OWN = {
    "it is an older kernel's": (
        "from hexapla.execution.sandbox import landlock\nprint(landlock.abi())", "4\n",
    ),
    "itself": (
        "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *_: print('heard'))\n"
        "os.kill(os.getpid(), signal.SIGUSR1)\nsignal.raise_signal(signal.SIGUSR1)\nprint('after')",
        "heard\nheard\nafter\n",
    ),
    "a child": (
        "import subprocess\nchild = subprocess.Popen(['sleep', '600'])\nchild.terminate()\nprint(child.wait())",
        "-15\n",
    ),
    "a grandchild that was left": (
        "import os, signal, time\nr, w = os.pipe()\nif os.fork() == 0:\n    pid = os.fork()\n"
        "    if pid:\n        os.write(w, str(pid).encode())\n        os._exit(0)\n    time.sleep(600)\n"
        "os.wait()\nos.kill(int(os.read(r, 9)), signal.SIGKILL)\nprint('ended')",
        "ended\n",
    ),
    "a pool": (
        "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
        "[1, 2]\n",
    ),
    "a group": (
        "import os, signal, subprocess\n"
        "child = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "os.killpg(child.pid, signal.SIGKILL)\nprint(child.wait())",
        "-9\n",
    ),
    "its own group": (
        "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *_: print('heard'))\nos.kill(0, signal.SIGUSR1)\nprint('after')",
        "heard\nafter\n",
    ),
    "all that it may": (
        "import os, signal, subprocess\nchild = subprocess.Popen(['sleep', '600'])\nos.kill(-1, signal.SIGKILL)\nprint(child.wait())",
        "-9\n",
    ),
    "a thread": (
        "import signal, threading, time\nsignal.signal(signal.SIGUSR1, lambda *_: print('heard'))\n"
        "signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)\nprint('after')",
        "heard\nafter\n",
    ),
    "by a handle": (
        "import os, signal, subprocess\nchild = subprocess.Popen(['sleep', '600'])\n"
        "signal.pidfd_send_signal(os.pidfd_open(child.pid), signal.SIGTERM)\nprint(child.wait())",
        "-15\n",
    ),
    "threads by their numbers: another's is refused": (
        numbered_here("import ctypes, threading\nlibc = ctypes.CDLL(None)\nready, over = threading.Event(), threading.Event()\n"
        "thread = threading.Thread(target=lambda: (ready.set(), over.wait()))\nthread.start()\nready.wait()\n"
        "for number in (threading.get_native_id(), thread.native_id):\n    print(libc.syscall(NR_tkill, number, 0))\nover.set()"),
        "0\n-1\n",
    ),
    "a handle of one that has ended": (
        "import os, signal, subprocess\nchild = subprocess.Popen(['true'])\nhandle = os.pidfd_open(child.pid)\nchild.wait()\n"
        "try: signal.pidfd_send_signal(handle, 0)\nexcept ProcessLookupError: print('gone')",
        "gone\n",
    ),
    "the errors that there are": (
        "import errno, os, subprocess\nchild = subprocess.Popen(['true'])\nchild.wait()\n"
        "for pid, number in ((child.pid, 9), (os.getpid(), 400), (-child.pid, 9)):\n"
        "    try: os.kill(pid, number)\n    except OSError as e: print(errno.errorcode[e.errno])",
        "ESRCH\nEINVAL\nESRCH\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_a_programs_own_signals_arrive(run: Runner, name: str) -> None:
    code, printed = OWN[name]
    (cell,) = run(code).cells
    assert (cell.message, shown(cell)) == ("", printed)


def test_an_abort_ends_the_program(run: Runner) -> None:
    (cell,) = run("import os\nos.abort()").cells
    assert (cell.status, "SIGABRT" in cell.message) == (Status.KILLED, True), cell.message


def test_no_call_reaches_another_process(run: Runner) -> None:
    (cell,) = run(ATTACKS).cells
    assert (cell.status, shown(cell)) == (Status.OK, "none\n"), (cell.message, shown(cell))


OTHER = {
    "its number": "os.kill(OTHER, 9)",
    "its group": "os.killpg(OTHER, 9)",
    "a value with it": "libc.sigqueue(OTHER, 9, None) and fail()",
    "a thread of it": "libc.tgkill(OTHER, OTHER, 9) and fail()",
    "a handle": "signal.pidfd_send_signal(os.pidfd_open(OTHER), 9)",
    "an open file": "fcntl.fcntl(1, fcntl.F_SETOWN, OTHER)",
    "everybody": "os.kill(-1, 9)",
    "from a child": "pid = os.fork()\nif pid == 0: os.kill(OTHER, 9)\nos._exit(os.waitstatus_to_exitcode(os.wait()[1]))",
}
HEAD = (
    "import ctypes, fcntl, os, signal\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "def fail(): raise OSError(ctypes.get_errno(), 'refused')\n"
)


@pytest.mark.parametrize("way", OTHER)
def test_no_way_leads_to_another_process(run: Runner, way: str) -> None:
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as other:
        try:
            (cell,) = run(HEAD + OTHER[way].replace("OTHER", str(other.pid))).cells
            assert cell.status in (Status.RAISED, Status.EXITED), cell
            assert other.poll() is None
        finally:
            other.kill()
    assert shown(run("print('next')").cells[0]) == "next\n"


RACE = """
import os, signal, threading, time
handles = [os.pidfd_open(OTHER)]
child = os.fork()
if child == 0:
    time.sleep(600)
mine = os.pidfd_open(child)
slot = os.dup(mine)
over = False
def swap():
    while not over:
        os.dup2(handles[0], slot)
        os.dup2(mine, slot)
thread = threading.Thread(target=swap)
thread.start()
until = time.monotonic() + 1
refused = sent = 0
while time.monotonic() < until:
    try:
        signal.pidfd_send_signal(slot, signal.SIGCONT)
        sent += 1
    except OSError:
        refused += 1
over = True
thread.join()
os.kill(child, 9)
print(sent > 10, refused > 10)
"""


def test_a_handle_that_changes_meanwhile_leads_nowhere_else(run: Runner) -> None:
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as other:
        try:
            os.kill(other.pid, 19)
            (cell,) = run(RACE.replace("OTHER", str(other.pid)), timeout=20.0).cells
            assert (cell.message, shown(cell)) == ("", "True True\n")
            assert Path(f"/proc/{other.pid}/stat").read_text().split()[2] == "T"
        finally:
            other.kill()
