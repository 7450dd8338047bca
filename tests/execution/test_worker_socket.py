"""How a program's process ended, in the words of a run."""

import os
import signal
import socket
from pathlib import Path

import pytest

from hexapla.execution import wire
from hexapla.execution.sandbox.sandbox import Request
from hexapla.execution.worker_socket import WorkerSocket, with_ending
from hexapla.model.run import CellRun, Limits, Options, Status

from .conftest import program

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


def test_what_a_worker_is_asked_is_what_its_sandbox_reads():
    ours, theirs = socket.socketpair()
    pipe, output = os.pipe()
    limits = Limits(memory=2**30)
    with ours, theirs:
        worker = WorkerSocket(socket=ours, number=3)
        worker.begin(program("1"), Path("/a/home"), Options(limits=limits), [output], measured={})
        request, files = wire.receive(theirs, max_fds=2)
        assert not worker.is_lost
    assert worker.is_lost
    asked = Request.read(request)
    assert (asked.scratch, asked.worker, asked.limits) == (Path("/a/home"), 3 + os.getpid(), limits)
    assert not asked.network and not asked.gpu
    os.write(files[0], b"through")
    assert os.read(pipe, 9) == b"through"
    for file in (pipe, output, *files):
        os.close(file)
