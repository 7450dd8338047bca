"""Work in a copy of this process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hexapla.storage.forked import CAN_FORK, Forked

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system has no copies of processes")


def test_a_copy_knows_what_this_process_does_and_says_nothing(capfd):
    known = [1, 2]
    pieces = [Forked(lambda one=one: os.write(1, b"said") and bytes(known) * one) for one in range(1, 4)]
    assert [piece.result() for piece in pieces] == [b"\1\2", b"\1\2" * 2, b"\1\2" * 3]
    assert capfd.readouterr() == ("", "")


def test_work_that_fails_or_is_ended_gives_nothing(capfd):
    assert Forked(lambda: 1 / 0).result() is None
    assert Forked(lambda: sys.exit("no")).result() is None
    assert Forked(lambda: os.kill(os.getpid(), signal.SIGKILL)).result() is None
    assert capfd.readouterr() == ("", "")


def test_what_a_copy_gives_may_be_larger_than_a_pipe():
    assert Forked(lambda: b"x" * 5_000_000).result() == b"x" * 5_000_000


def test_a_copy_ends_with_the_process_that_it_is_of():
    code = (
        "import os, time\n"
        "from hexapla.storage.forked import Forked\n"
        "print(Forked(lambda: time.sleep(600))._process, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    process = int(done.stdout)
    deadline = time.monotonic() + 20
    while _is_there(process):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_of_several_threads_is_not_copied():
    code = (
        "import threading\n"
        "from hexapla.storage.forked import may_fork\n"
        "from hexapla.storage.signals import end_with_caller\n"
        "end_with_caller()\n"
        "assert may_fork()\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "assert not may_fork()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        assert process.wait(timeout=60) == 0
