"""How a program's process ended, in the words of a run."""

import os
import signal

import pytest

from hexapla.execution.worker_socket import with_ending
from hexapla.model.run import CellRun, Status

DONE = CellRun(id="a", status=Status.OK)
RUNNING = CellRun(id="b", status=Status.KILLED)
LATE = CellRun(id="b", status=Status.KILLED, message="It wrote something else.")

UNCHANGED = {
    "no cell": ((), 9, ""),
    "cells that ended by themselves": ((DONE,), 9, ""),
    "a cell whose end is told already": ((DONE, LATE), 9, ""),
}


@pytest.mark.parametrize(("cells", "status", "message"), UNCHANGED.values(), ids=UNCHANGED)
def test_what_is_told_stays(cells, status, message):
    assert with_ending(cells, status, message) == cells


ENDS = {
    "nobody knows": (None, "It was ended.", Status.KILLED, "It was ended."),
    "past a limit": (9, "It used too much.", Status.LIMIT, "It used too much."),
    "an exit": (3 << 8, "", Status.EXITED, "Its process ended with exit status 3."),
    "too much time of a processor": (
        int(signal.SIGXCPU),
        "",
        Status.LIMIT,
        "It used more processor time than it may.",
    ),
    "a crash": (int(signal.SIGSEGV), "", Status.KILLED, "The signal SIGSEGV ended its process."),
    "a signal without a name": (40, "", Status.KILLED, "The signal 40 ended its process."),
}


@pytest.mark.parametrize(("status", "message", "how", "said"), ENDS.values(), ids=ENDS)
def test_the_cell_that_ran_gets_the_reason(status, message, how, said):
    first, second = with_ending((DONE, RUNNING), status, message)
    assert first is DONE
    assert (second.status, second.message) == (how, said)


def test_a_real_process_is_read_aright():
    process = os.fork()
    if process == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    (cell,) = with_ending((RUNNING,), os.waitpid(process, 0)[1], "")
    assert cell.message == "The signal SIGKILL ended its process."
