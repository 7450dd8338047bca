"""Seat: a process that runs one program at a time and answers for everything that the program started.

A seat is forked from the server once and kept. It is a subreaper: whatever a program daemonizes comes back
to it, so when a program is over, every child that the seat still has is the program's, and is ended.
"""

import os
import select
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hexapla.run import Limits, boring, child, processes, sandbox, wire

CONTROL = 200
"""Where the control socket stands in a program's process: high, out of the way of `os.closerange(3, 64)`."""
SWEEP_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a program's process ended: its wait status, and what was wrong, in words."""

    status: int
    message: str = ""


def serve(sock: socket.socket, shut: Callable[[sandbox.Request], None]) -> None:
    """Run the programs that `sock` asks for until it closes. `shut` closes the sandbox around a child."""
    processes.become_subreaper()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while (got := wire.receive(sock, max_fds=2)) is not None:
        request, fds = got
        if not request:
            continue  # the word to end a program that had just ended by itself
        ending = _run(sock, request, fds, shut)
        wire.send(sock, {"status": ending.status, "message": ending.message})


def _run(
    sock: socket.socket, request: dict[str, object], fds: list[int], shut: Callable[[sandbox.Request], None]
) -> Ending:
    """Fork the program's process, watch it to its end, and sweep up after it."""
    asked = sandbox.Request.read(request)
    _make(asked.scratch)
    process = os.fork()
    if process == 0:
        _become_program(request, asked, fds, shut)
    for fd in fds:
        os.close(fd)
    try:
        ending = _watch(sock, process, asked.scratch, asked.limits)
    finally:
        swept = processes.sweep(SWEEP_SECONDS)
        shutil.rmtree(asked.scratch, ignore_errors=True)
    return (
        ending if swept else Ending(status=ending.status, message="Some of its processes could not be ended.")
    )


def _make(scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in (scratch, scratch / "tmp", (scratch / boring.FONTS).parent, scratch / boring.FONTS):
        folder.mkdir(parents=True)
        folder.chmod(0o770)
    scratch.parent.chmod(0o750)
    for file in Path(os.environ.get("MPLCONFIGDIR", scratch)).glob("fontlist-*.json"):
        (scratch / boring.FONTS / file.name).symlink_to(file)


def _become_program(
    request: dict[str, object],
    asked: sandbox.Request,
    fds: list[int],
    shut: Callable[[sandbox.Request], None],
) -> None:
    """Turn this fork into the program's process; never returns."""
    try:
        control, output = fds
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(control, CONTROL, inheritable=False)
        os.closerange(3, CONTROL)
        os.closerange(CONTROL + 1, CONTROL + 1024)
        os.setsid()
        os.chdir(asked.scratch)
        os.environ.update(boring.folders(asked.scratch))
        shut(asked)
        child.main(socket.socket(fileno=CONTROL), request)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(70)


def _watch(sock: socket.socket, process: int, scratch: Path, limits: Limits) -> Ending:
    """Wait for the process to end, for the word to end it, or for it to use more than it may."""
    handle = os.pidfd_open(process)
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    waiting.register(sock, select.POLLIN | select.POLLHUP)
    message = ""
    pause = 250
    try:
        while not (ready := {fd for fd, _ in waiting.poll(pause)}):
            started = time.monotonic()
            if message := processes.excess(os.getpid(), scratch, limits):
                break
            # Looking must not cost much of what it looks at.
            pause = min(1000, max(250, int((time.monotonic() - started) * 100_000)))
        if handle not in ready:
            if sock.fileno() in ready:
                wire.receive(sock)
            processes.kill_group(process)
        return Ending(status=os.waitpid(process, 0)[1], message=message)
    finally:
        os.close(handle)
