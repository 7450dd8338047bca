import os
import signal
import subprocess
import sys
import time

import pytest

from hexapla.storage import pool


def double(number):
    return 2 * number


def end_unless(main, number):
    """Do the work in one process; be ended in every other one."""
    if os.getpid() != main:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


class EndUnless:
    def __init__(self):
        self.main = os.getpid()

    def __call__(self, number):
        return end_unless(self.main, number)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 40])
def test_the_order_is_kept(count):
    assert pool.mapped(double, range(count), 2) == [2 * number for number in range(count)]


def test_what_an_ended_process_would_have_done_is_done_here():
    assert pool.mapped(EndUnless(), range(20), 2) == [2 * number for number in range(20)]


def test_an_error_of_the_work_is_raised_here():
    with pytest.raises(TypeError):
        pool.mapped(len, range(20), 2)


WORK = """
import os, sys, time
from hexapla.storage import pool
def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece: two say so at a time
    time.sleep(600)
pool.mapped(work, range(8), 2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_its_processes_end_with_the_one_that_started_them(number):
    with subprocess.Popen([sys.executable, "-c", WORK], stdout=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        workers = [int(main.stdout.readline()) for _ in range(2)]
        main.send_signal(number)
        # Whoever still held the pipe would keep us reading.
        assert main.stdout.read() == ""
    until = time.monotonic() + 60
    while any(_is_there(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.01)
    assert not [worker for worker in workers if _is_there(worker)]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_interrupted_with_the_whole_group_they_say_nothing():
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            WORK.replace("pool.mapped(", "try: pool.mapped(") + "except KeyboardInterrupt: pass",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as main:
        assert main.stdout is not None and main.stderr is not None
        for _ in range(2):
            main.stdout.readline()
        os.killpg(main.pid, signal.SIGINT)
        assert main.stderr.read() == ""


def _is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
