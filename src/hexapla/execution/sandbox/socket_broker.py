"""Gate: a program connects to the named sockets that it made itself, and to nobody else's.

A filter of system calls can't read the address of `connect`, and older kernels' Landlock doesn't look at it
(`landlock.NAMED_SOCKETS` does). So the filter stops the call and hands it to the seat, which copies the
address, finds the socket beneath the program's scratch folder, and connects a duplicate of the caller's own
socket itself. The program can change its memory and its files meanwhile: what was checked is what is connected.
"""

import ctypes
import errno
import fcntl
import os
import select
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from hexapla.execution.sandbox import seccomp

_C = ctypes.CDLL(None, use_errno=True)
# All numbers are the kernel's interface: linux/seccomp.h, linux/openat2.h, asm-generic/unistd.h.
_RECEIVE, _SEND, _IS_VALID = 0xC0502100, 0xC0182101, 0x40082102
_NOTICE = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_PIDFD_GETFD, _OPENAT2 = 438, 437
_BENEATH = 0x02 | 0x04 | 0x08
"""`RESOLVE_NO_MAGICLINKS`, `RESOLVE_NO_SYMLINKS`, `RESOLVE_BENEATH`."""
_UNIX = struct.pack("=H", socket.AF_UNIX)
_LONGEST = 128
"""Bytes of a `sockaddr_storage`: no address is longer."""
_SO_DOMAIN = 39
_TICK = 0.02
"""Seconds after which a connection is tried again where the other side has a queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """One `connect` that waits for its answer."""

    id: int
    thread: int
    fd: int
    address: int
    size: int


class Gate:
    """Answers every `connect` of one program's processes; `listener` is what the filter gave."""

    def __init__(self, listener: int, scratch: Path) -> None:
        self.listener = listener
        self._scratch = scratch
        self._root = os.open(scratch, os.O_PATH | os.O_CLOEXEC)
        self._waiting: list[_Call] = []

    @property
    def pause(self) -> float | None:
        """Seconds until `answer` should be called even where nobody asks; None where nothing waits."""
        return _TICK if self._waiting else None

    def answer(self, *, asked: bool) -> None:
        """Answer the program that asks, where it has `asked`, and those that still wait. Never blocks long."""
        calls, self._waiting = self._waiting, []
        if asked and (call := self._receive()):
            calls.append(call)
        for call in calls:
            try:
                self._connect(call)
            except InterruptedError:
                self._waiting.append(call)
            except OSError as error:
                self._say(call, error.errno or errno.EACCES)
            else:
                self._say(call, 0)

    def close(self) -> None:
        """Let nobody through any more: what asks from now on is told that there is no such call."""
        for fd in (self.listener, self._root):
            os.close(fd)

    def _receive(self) -> _Call | None:
        notice = bytearray(_NOTICE.size)
        try:
            fcntl.ioctl(self.listener, _RECEIVE, notice)
        except OSError:  # it was ended while it waited
            return None
        number, thread, _, _, _, _, fd, address, size, *_ = _NOTICE.unpack(notice)
        return _Call(id=number, thread=thread, fd=fd & 0xFFFFFFFF, address=address, size=size & 0xFFFFFFFF)

    def _say(self, call: _Call, error: int) -> None:
        answer = bytearray(_ANSWER.pack(call.id, 0, -error, 0))
        try:
            fcntl.ioctl(self.listener, _SEND, answer)
        except OSError as failed:
            if failed.errno != errno.ENOENT:  # the caller has gone
                raise

    def _connect(self, call: _Call) -> None:
        """Connect the caller's socket. Raises OSError with what the caller is told."""
        with ExitStack() as stack:
            process = os.pidfd_open(_process_of(call.thread))
            stack.callback(os.close, process)
            address = _memory(call.thread, call.address, min(call.size, _LONGEST))
            here = Path(f"/proc/{call.thread}/cwd").readlink()
            fcntl.ioctl(self.listener, _IS_VALID, struct.pack("=Q", call.id))  # so all above was the caller's
            ours = _check(_C.syscall(_PIDFD_GETFD, process, call.fd, 0))
            stack.callback(os.close, ours)
            if _family(ours) == socket.AF_UNIX:
                found = self._find(address, here)
                stack.callback(os.close, found)
                address = _UNIX + f"/proc/self/fd/{found}".encode() + b"\0"
            with _ticking():
                _check(_C.connect(ours, address, len(address)))

    def _find(self, address: bytes, here: Path) -> int:
        """Open the socket that an address names, beneath the scratch folder and nowhere else."""
        if address[:2] != _UNIX:
            raise OSError(errno.EINVAL, "not an address of a Unix socket")
        name = address[2:].split(b"\0", 1)[0]
        root = os.fsencode(self._scratch) + b"/"
        whole = os.path.join(os.fsencode(here), name)  # noqa: PTH118 - bytes
        if not name or not whole.startswith(root):
            raise PermissionError(errno.EACCES, "outside")
        how = struct.pack("=QQQ", os.O_PATH | os.O_CLOEXEC, 0, _BENEATH)
        try:
            return _check(_C.syscall(_OPENAT2, self._root, whole[len(root) :], how, len(how)))
        except OSError as error:
            if error.errno in (errno.EXDEV, errno.ELOOP):
                raise PermissionError(errno.EACCES, "outside") from error
            raise


def works() -> bool:
    """Return whether the gate works here, by letting a child of this process through it and stopping it."""
    try:
        with TemporaryDirectory(prefix="hexapla-gate-") as folder:
            return _try(Path(folder).resolve())
    except OSError:
        return False


def _try(folder: Path) -> bool:
    inside = folder / "in"
    inside.mkdir()
    with socket.socket(socket.AF_UNIX) as own, socket.socket(socket.AF_UNIX) as other, ExitStack() as stack:
        for sock, path in ((own, inside / "socket"), (other, folder / "socket")):
            sock.bind(str(path))
            sock.listen()
        ours, theirs = socket.socketpair()
        process = os.fork()
        if process == 0:
            _be_tried(theirs, own.getsockname(), other.getsockname())
        theirs.close()
        stack.callback(ours.close)
        stack.callback(os.waitpid, process, 0)
        stack.callback(os.kill, process, signal.SIGKILL)
        _, fds, _, _ = socket.recv_fds(ours, 1, 1)
        if not fds:
            return False
        gate = Gate(fds[0], inside)
        stack.callback(gate.close)
        for _ in range(2):
            if not select.select([fds[0]], [], [], 5)[0]:
                return False
            gate.answer(asked=True)
        ours.settimeout(5)
        return ours.recv(1) == b"y"


def _be_tried(sock: socket.socket, own: str, other: str) -> None:
    """Be the process that the gate is tried with; never returns."""
    try:
        listener = seccomp.restrict(seccomp.Setting(brokered=True, scoped=True))
        socket.send_fds(sock, [b"x"], [listener])
        os.close(listener)
        socket.socket(socket.AF_UNIX).connect(own)
        try:
            socket.socket(socket.AF_UNIX).connect(other)
        except PermissionError:
            sock.send(b"y")
    finally:
        os._exit(0)


def _process_of(thread: int) -> int:
    """Return the process that a thread belongs to."""
    for line in Path(f"/proc/{thread}/status").read_text().splitlines():
        if line.startswith("Tgid:"):
            return int(line.split()[1])
    raise ProcessLookupError(errno.ESRCH, "no such thread")


def _family(fd: int) -> int:
    """Return which kind of addresses a socket has. Raises OSError where the file is none."""
    family, size = ctypes.c_int(), ctypes.c_uint32(4)
    _check(_C.getsockopt(fd, socket.SOL_SOCKET, _SO_DOMAIN, ctypes.byref(family), ctypes.byref(size)))
    return family.value


def _memory(thread: int, address: int, size: int) -> bytes:
    memory = os.open(f"/proc/{thread}/mem", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.pread(memory, size, address)
    except OverflowError as error:
        raise OSError(errno.EFAULT, "no address") from error
    finally:
        os.close(memory)


@contextmanager
def _ticking() -> Iterator[None]:
    """Have a call that blocks come back after a tick, again and again: a queue may stay full for ever."""

    def nothing(_: int, __: FrameType | None) -> None:
        pass

    before = signal.signal(signal.SIGALRM, nothing)
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
