"""Sockets of a program: it connects to the named ones that it made itself, and to nobody else's.

The worker copies the address, finds the socket beneath the program's scratch folder, and connects a duplicate of
the caller's own socket. The program can change its memory and its files meanwhile: what was checked is what is
connected. Newer kernels' Landlock does it (`landlock.NAMED_SOCKETS`).
"""

import ctypes
import errno
import fcntl
import os
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from hexapla.execution.sandbox.beneath import open_beneath
from hexapla.execution.sandbox.brokered_call import BrokeredCall

_C = ctypes.CDLL(None, use_errno=True)
# All numbers are the kernel's interface: linux/seccomp.h.
_IS_VALID = 0x40082102
_UNIX = struct.pack("=H", socket.AF_UNIX)
_LONGEST = 128
"""Bytes of a `sockaddr_storage`: no address is longer."""
_SO_DOMAIN = 39
_TICK = 0.02
"""Seconds after which a connection is tried again where the other side has a queue."""


class SocketBroker:
    """Connects the sockets of one program's processes."""

    def __init__(self, listener: int, scratch: Path) -> None:
        self._listener = listener
        self._scratch = scratch
        self._root = os.open(scratch, os.O_PATH | os.O_CLOEXEC)

    def close(self) -> None:
        """Let go of the scratch folder."""
        os.close(self._root)

    def connect(self, call: BrokeredCall) -> None:
        """Connect the caller's socket. Raises OSError with what it is told; InterruptedError where it must wait."""
        with ExitStack() as stack:
            process = os.pidfd_open(call.process)
            stack.callback(os.close, process)
            address = _memory(call.thread, call.arguments[1], min(call.unsigned(2), _LONGEST))
            here = Path(f"/proc/{call.thread}/cwd").readlink()
            fcntl.ioctl(
                self._listener, _IS_VALID, struct.pack("=Q", call.id)
            )  # so all above was the caller's
            ours = call.duplicate(process, 0)
            stack.callback(os.close, ours)
            if _family(ours) == socket.AF_UNIX:
                named = self._find(address, here)
                stack.callback(os.close, named)
                address = _UNIX + f"/proc/self/fd/{named}".encode() + b"\0"
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
        try:
            return open_beneath(self._root, whole[len(root) :])
        except OSError as error:
            if error.errno in (errno.EXDEV, errno.ELOOP):
                raise PermissionError(errno.EACCES, "outside") from error
            raise


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
