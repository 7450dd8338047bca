"""Broker: answers the system calls of a program that a filter can neither let through nor refuse by itself.

A filter sees numbers. It can't read the address of a `connect`, nor tell whose a process is that is to be sent a
signal, and older kernels' Landlock looks at neither. So the filter stops such a call and hands it to the worker,
which does what is asked of it itself, where it is the program's own business: what was checked is what is done.
"""

import errno
import fcntl
import os
import platform
import select
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from hexapla.execution.sandbox import seccomp, signal_broker
from hexapla.execution.sandbox.brokered_call import BrokeredCall, Continue
from hexapla.execution.sandbox.socket_broker import SocketBroker
from hexapla.execution.sandbox.system_calls import MACHINES, Keeper, numbered

# All numbers are the kernel's interface: linux/seccomp.h.
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_NOTICE = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_CONTINUE = 1
_TICK = 0.02
"""Seconds after which a call is tried again that would have blocked."""
_PATIENCE = 5.0
_CALLS = numbered(platform.machine()) if platform.machine() in MACHINES else {}


class Broker:
    """Answers the calls of one program's processes; `listener` is what the filter gave."""

    def __init__(self, listener: int, scratch: Path) -> None:
        self.listener = listener
        self._sockets = SocketBroker(listener, scratch)
        self._waiting: list[BrokeredCall] = []

    @property
    def pause(self) -> float | None:
        """Seconds until `answer` should be called even where nobody asks; None where nothing waits."""
        return _TICK if self._waiting else None

    def answer(self, *, asked: bool) -> None:
        """Answer the call that is there, where one was `asked`, and those that still wait. Never blocks long."""
        calls, self._waiting = self._waiting, []
        if asked and (call := self._receive()):
            calls.append(call)
        for call in calls:
            try:
                self._do(call)
            except InterruptedError:
                self._waiting.append(call)
            except Continue:
                self._say(call, 0, _CONTINUE)
            except OSError as error:
                self._say(call, error.errno or errno.EACCES)
            else:
                self._say(call, 0)

    def close(self) -> None:
        """Let nothing through any more: what asks from now on is told that there is no such call."""
        os.close(self.listener)
        self._sockets.close()

    def _do(self, call: BrokeredCall) -> None:
        match call.keeper:
            case Keeper.SOCKETS:
                self._sockets.connect(call)
            case Keeper.SIGNALS:
                signal_broker.send_signal(call, worker=os.getpid())
            case _:
                call.let_through_if_own()

    def _receive(self) -> BrokeredCall | None:
        notice = bytearray(_NOTICE.size)
        try:
            fcntl.ioctl(self.listener, _RECEIVE, notice)
        except OSError:  # it was ended while it waited
            return None
        number, thread, _, call, _, _, *arguments = _NOTICE.unpack(notice)
        return BrokeredCall(id=number, thread=thread, call=_CALLS[call], arguments=tuple(arguments))

    def _say(self, call: BrokeredCall, error: int, flags: int = 0) -> None:
        answer = bytearray(_ANSWER.pack(call.id, 0, -error, flags))
        try:
            fcntl.ioctl(self.listener, _SEND, answer)
        except OSError as failed:
            if failed.errno != errno.ENOENT:  # the caller has gone
                raise


def answers_signals() -> bool:
    """Return whether a broker can send the signals of programs here, and let through what is about the caller.

    It is tried with a child of this process.
    """
    return _is_right(_be_signalling, seccomp.Setting(answered=frozenset({Keeper.SIGNALS})), calls=3)


def answers_sockets() -> bool:
    """Return whether a broker can connect the sockets of programs here; tried with a child of this process.

    It needs `pidfd_getfd`, which some containers forbid.
    """
    return _is_right(
        _be_connecting, seccomp.Setting(answered=frozenset({Keeper.SOCKETS}), scoped=True), calls=2
    )


def _is_right(be: Callable[[Path], bool], setting: seccomp.Setting, *, calls: int) -> bool:
    """Return whether a child that was filtered found its calls answered as they must be."""
    try:
        with TemporaryDirectory(prefix="hexapla-broker-") as folder, ExitStack() as stack:
            return _try(stack, Path(folder).resolve(), be, setting, calls)
    except OSError:
        return False


def _try(
    stack: ExitStack, folder: Path, be: Callable[[Path], bool], setting: seccomp.Setting, calls: int
) -> bool:
    inside = folder / "in"
    inside.mkdir()
    for path in (inside / "socket", folder / "socket"):
        listening = stack.enter_context(socket.socket(socket.AF_UNIX))
        listening.bind(str(path))
        listening.listen()
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        _be_tried(theirs, folder, be, setting)
    theirs.close()
    stack.callback(ours.close)
    stack.callback(os.waitpid, process, 0)
    stack.callback(os.kill, process, signal.SIGKILL)
    ours.settimeout(_PATIENCE)
    _, fds, _, _ = socket.recv_fds(ours, 1, 1)
    if not fds:
        return False
    broker = Broker(fds[0], inside)
    stack.callback(broker.close)
    for _ in range(calls):
        if not select.select([fds[0]], [], [], _PATIENCE)[0]:
            return False
        broker.answer(asked=True)
    return ours.recv(1) == b"y"


def _be_tried(
    sock: socket.socket, folder: Path, be: Callable[[Path], bool], setting: seccomp.Setting
) -> None:
    """Be the process that a broker is tried with; never returns."""
    try:
        listener = seccomp.restrict_calls(setting)
        socket.send_fds(sock, [b"x"], [listener])
        os.close(listener)
        sock.send(b"y" if be(folder) else b"n")
    finally:
        os._exit(0)


def _be_signalling(_: Path) -> bool:
    os.kill(os.getpid(), 0)
    signal.raise_signal(0)
    try:
        os.kill(os.getppid(), 0)
    except PermissionError:
        return True
    return False


def _be_connecting(folder: Path) -> bool:
    socket.socket(socket.AF_UNIX).connect(str(folder / "in" / "socket"))
    try:
        socket.socket(socket.AF_UNIX).connect(str(folder / "socket"))
    except PermissionError:
        return True
    return False
