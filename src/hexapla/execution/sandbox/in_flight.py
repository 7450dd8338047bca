"""In flight: files that a program has sent through its own sockets and nobody has received: no process has them open.

The kernel says of a socket how many wait in it (`scm_fds` in /proc/PID/fdinfo, Linux 5.11). Who may have a copy of the
socket can peek at them, which takes nothing away: a message that is peeked at brings its files.
"""

import array
import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hexapla.execution.sandbox.brokered_call import copy_of_file

_MOST_OF_ONE = 253
"""Files of one message, by the kernel's `SCM_MAX_FD`."""
_QUEUE = 2**19
"""More bytes than a socket may hold unread, so that each message is seen whole, and once."""
_MESSAGES = 2048
"""More than a socket can hold: each takes some 700 bytes of it."""
_PEEK_OFFSET = 42
"""`SO_PEEK_OFF`: from where on a message is peeked at; what was is passed over the next time."""
_NESTED = 5
"""Sockets in sockets; the kernel lets through no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """What waits in a socket to be received."""

    files: tuple[os.stat_result, ...] = ()
    unseen: int = 0
    """Files that the kernel counts and that can't be looked at, such as those of a connection nobody has accepted."""

    def __add__(self, other: "InFlight") -> "InFlight":
        return InFlight(files=self.files + other.files, unseen=self.unseen + other.unseen)


def in_flight(process: int, fd: int) -> InFlight:
    """Return what waits in a socket that a process has open at `fd`."""
    place = Path(f"/proc/{process}/fdinfo/{fd}")
    if not (waiting := _count(place)):
        return InFlight()
    try:
        handle = os.pidfd_open(process)
        try:
            copy = copy_of_file(handle, fd)
        finally:
            os.close(handle)
    except OSError:
        return InFlight(unseen=min(waiting, _count(place)))
    return _looked_at(copy, waiting, depth=0)


def _looked_at(copy: int, waiting: int, depth: int) -> InFlight:
    """Return what waits in a socket of which this is a copy, to be closed here."""
    place = Path(f"/proc/self/fdinfo/{copy}")
    waits = InFlight()
    seen = 0
    with socket.socket(fileno=copy) as sock:
        for handle in _peeked(sock):
            seen += 1
            waits += InFlight(files=(os.fstat(handle),))
            if depth < _NESTED and (inside := _count(Path(f"/proc/self/fdinfo/{handle}"))):
                waits += _looked_at(os.dup(handle), inside, depth + 1)
        # What was received meanwhile waits no more.
        return waits + InFlight(unseen=max(0, min(waiting, _count(place)) - seen))


def _peeked(sock: socket.socket) -> Iterator[int]:
    """Yield the files that wait in a socket, each open until the next is asked for; takes nothing from it."""
    buffer = bytearray(_QUEUE)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, _PEEK_OFFSET, 0)
        try:
            for _ in range(_MESSAGES):
                size, ancillary, _, _ = sock.recvmsg_into(
                    [buffer], socket.CMSG_SPACE(_MOST_OF_ONE * 4), socket.MSG_PEEK | socket.MSG_DONTWAIT
                )
                handles = array.array("i")
                for level, kind, data in ancillary:
                    if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                        handles.frombytes(data[: len(data) - len(data) % handles.itemsize])
                for handle in handles:
                    try:
                        yield handle
                    finally:
                        os.close(handle)
                if not size and not handles and sock.type == socket.SOCK_STREAM:
                    break
        finally:
            sock.setsockopt(socket.SOL_SOCKET, _PEEK_OFFSET, -1)


def _count(place: Path) -> int:
    """Return how many files wait in a socket, by what the kernel says of an open file; 0 for what is none."""
    with contextlib.suppress(OSError):
        for line in place.read_text().splitlines():
            name, _, value = line.partition(":")
            if name == "scm_fds":
                return int(value)
    return 0
