"""Worker: a process that runs one program at a time and answers for everything that the program started.

A worker is forked from the server once and kept. It is a subreaper: whatever a program daemonizes comes back
to it, so when a program is over, every child that the worker still has is the program's, and is ended.
"""

import contextlib
import errno
import os
import select
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from hexapla.execution import child, determinism, wire
from hexapla.execution.pulse import Pulse, PulseWatch
from hexapla.execution.sandbox import control_groups, privileges, usage
from hexapla.execution.sandbox import limits as processes
from hexapla.execution.sandbox.broker import Broker
from hexapla.execution.sandbox.control_groups import Group
from hexapla.execution.sandbox.sandbox import Request, Sandbox
from hexapla.model.run import Limits

CONTROL = 200
"""Where the control socket stands in a program's process: high, out of the way of `os.closerange(3, 64)`."""
LISTENER = 199
"""Where a program's process hands over what its broker listens at; closed before the program begins."""
SWEEP_SECONDS = 10.0
_ROOM = 2**20
"""Bytes that there must be for a program to begin: its own text is written, too."""
_INTERVAL = 0.25
"""Seconds between two questions what a program uses, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a program's process ended: its wait status, and what was wrong, in words."""

    status: int
    message: str = ""
    fault: str = ""
    """Why it could not even begin, which is not the program's doing."""


def serve_requests(sock: socket.socket, around: Sandbox | None) -> None:
    """Run the programs that `sock` asks for until it closes, in a sandbox unless the user wants none."""
    processes.become_subreaper()
    if around:
        around.enter()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while (got := wire.receive(sock, max_fds=2)) is not None:
        request, fds = got
        if not request:
            continue  # the word to end a program that had just ended by itself
        ending = _run(sock, request, fds, around)
        wire.send(sock, asdict(ending))


def _run(sock: socket.socket, request: dict[str, object], fds: list[int], around: Sandbox | None) -> Ending:
    """Fork the program's process, watch it to its end, and sweep up after it."""
    asked = Request.read(request)
    try:
        _make(asked, lends=around is not None and around.lends)
        _bring(request["files"], asked.scratch)
    except OSError as error:
        for fd in fds:
            os.close(fd)
        processes.remove_folder(asked.scratch.parent)
        return Ending(status=0, fault=error.strerror or str(error))
    ours, theirs = socket.socketpair()
    worker = os.getpid()
    pulse = Pulse()
    group = _group(asked.limits)
    process = os.fork()
    if process == 0:
        _become_program(request, asked, (*fds, theirs.fileno()), around, worker, group, pulse)
    for fd in fds:
        os.close(fd)
    theirs.close()
    try:
        with ours:
            ending = _watch(sock, ours, process, asked, pulse, grouped=group is not None)
        if group and group.is_past_memory():
            ending = replace(ending, message=usage.past_memory(asked.limits))
    finally:
        swept = processes.sweep(process, SWEEP_SECONDS)
        if group:
            group.remove()
        processes.remove_folder(asked.scratch.parent)
        if around and around.lends:
            privileges.remove_shared(asked.worker)
    return (
        ending if swept else Ending(status=ending.status, message="Some of its processes could not be ended.")
    )


def _group(limits: Limits) -> Group | None:
    """Make a control group for the program; None where this user may make none."""
    with contextlib.suppress(OSError):
        if parent := control_groups.delegation().folder:
            return Group.make(parent, limits)
    return None


def _make(asked: Request, *, lends: bool) -> None:
    """Make the scratch folder, which belongs to the program's user where root lends it one."""
    scratch = asked.scratch
    # A program that was this user's may have changed the mode of what all have in common.
    scratch.parent.parent.chmod(0o711)
    for folder in (
        scratch,
        scratch / "tmp",
        (scratch / determinism.FONTS).parent,
        scratch / determinism.FONTS,
    ):
        folder.mkdir(parents=True)
        # Root's group is how a program gets there whose real user alone was changed.
        folder.chmod(0o700 if lends or os.geteuid() else 0o770)
        if lends:
            privileges.give(folder, asked.worker)
    scratch.parent.chmod(0o711)
    room = os.statvfs(scratch)
    if room.f_bavail * room.f_frsize < _ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    for file in Path(os.environ.get("MPLCONFIGDIR", scratch)).glob("fontlist-*.json"):
        (scratch / determinism.FONTS / file.name).symlink_to(file)


def _bring(files: object, scratch: Path) -> None:
    """Copy what an article brings along into the scratch folder, for its program to read; what is gone stays away."""
    for name, source in files if isinstance(files, list) else []:
        target = scratch / str(name)
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(source), target)
            target.chmod(0o444)


def _become_program(
    request: dict[str, object],
    asked: Request,
    fds: Sequence[int],
    around: Sandbox | None,
    worker: int,
    group: Group | None,
    pulse: Pulse,
) -> None:
    """Turn this fork into the program's process; never returns."""
    try:
        if group:
            group.enter()
        control, output, listener = fds
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(control, CONTROL, inheritable=False)
        os.dup2(listener, LISTENER, inheritable=False)
        os.closerange(3, LISTENER)
        os.closerange(CONTROL + 1, CONTROL + 1024)
        os.setsid()
        os.chdir(asked.scratch)
        os.environ.update(determinism.folders(asked.scratch))
        if asked.gpu:
            determinism.show_gpus()
        if around is None:
            # What a program may use is limited all the same.
            privileges.limit(asked.limits, cpu_seconds=asked.cpu_seconds)
        _hand_over(around.shut(asked) if around else -1)
        # A change of user would take that back.
        processes.end_with_parent(worker)
        child.main(socket.socket(fileno=CONTROL), request, pulse)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(70)


def _hand_over(listener: int) -> None:
    """Give what the broker listens at to the worker: whoever has it may answer."""
    with socket.socket(fileno=LISTENER) as worker:
        if listener >= 0:
            socket.send_fds(worker, [b"l"], [listener])
            os.close(listener)


def _watch(
    sock: socket.socket,
    listeners: socket.socket,
    process: int,
    asked: Request,
    pulse: Pulse,
    *,
    grouped: bool,
) -> Ending:
    """Wait for the process to end, for the word to end it, or for it to use more than it may.

    `listeners` brings what the program's broker listens at, where it has one.
    """
    program = processes.Child(process)
    waiting = select.poll()
    for source in (sock, listeners):
        waiting.register(source, select.POLLIN)
    program.wake(waiting)
    broker: Broker | None = None
    message = ""
    watch = _UsageWatch()
    life = PulseWatch(pulse, process)
    try:
        while True:
            ready = {fd for fd, _ in waiting.poll(watch.wait(program, broker))}
            if program.has_ended() or sock.fileno() in ready:
                break
            if listeners.fileno() in ready:
                # The sandbox is on, and none of the program's code has run.
                waiting.unregister(listeners)
                watch.can_look = usage.may_look_into(process)
                _, fds, _, _ = socket.recv_fds(listeners, 1, 1)
                if fds:
                    broker = Broker(fds[0], asked.scratch)
                    waiting.register(broker.listener, select.POLLIN)
            elif broker:
                broker.answer(asked=broker.listener in ready)
            life.look(processes.descendants(os.getpid()))
            if message := watch.excess(asked.scratch, asked.limits, grouped=grouped):
                break
        if not program.has_ended():
            if sock.fileno() in ready:
                wire.receive(sock)
            processes.kill_group(process)
            program.has_ended(wait=True)
        return Ending(status=program.status, message=message)
    finally:
        if broker:
            broker.close()
        program.close()


class _UsageWatch:
    """Asks what a program uses, now and then: it must not cost much of what it asks about."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _INTERVAL
        self.can_look = False
        """Whether this process may see what the program has open."""

    def wait(self, program: processes.Child, broker: Broker | None) -> float:
        """Return the milliseconds until there is something to do."""
        left = max(0.0, self._next - time.monotonic())
        return 1000 * min(left, program.pause, broker.pause if broker and broker.pause else left)

    def excess(self, scratch: Path, limits: Limits, *, grouped: bool) -> str:
        """Say which limit the program is past, where it is time to ask; empty where none."""
        started = time.monotonic()
        if started < self._next:
            return ""
        message = usage.excess(os.getpid(), scratch, limits, grouped=grouped, seen=self.can_look)
        now = time.monotonic()
        self._next = now + min(1.0, max(_INTERVAL, 100 * (now - started)))
        return message
