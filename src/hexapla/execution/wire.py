"""The wire between our processes: length-prefixed JSON over a Unix socket, with open files beside.

JSON and not pickle, because one end is a process that runs code nobody has read: whatever it writes must
be data, of a bounded size, or a `WireError`.
"""

import json
import re
import socket
import struct
from collections.abc import Mapping, Sequence

MAX_MESSAGE = 64 * 2**20
"""Bytes; a figure is the largest thing that travels."""
_HEADER = struct.Struct("!I")


_QUOTED = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A text in JSON, or what is left of one at the end."""
_UNQUOTED = 2**16
"""Characters besides texts that a message of a program's may have: lists, names and numbers."""


class WireError(Exception):
    """What came is no message: too long, cut short, or not a JSON object."""


class TooLongError(WireError):
    """What came is longer than it may be."""


def send(sock: socket.socket, message: Mapping[str, object], fds: Sequence[int] = ()) -> None:
    """Write one message; `fds` are duplicated into the process that receives it."""
    body = json.dumps(message, separators=(",", ":")).encode("utf-8", "surrogatepass")
    head = _HEADER.pack(len(body))
    if fds:
        socket.send_fds(sock, [head], list(fds))
        sock.sendall(body)
    else:
        sock.sendall(head + body)


def receive_bounded(sock: socket.socket, longest: int) -> dict[str, object] | None:
    """Read one message of at most so many bytes, and hardly more than texts; None where the other end has closed.

    Whoever wrote it may be anyone: lists within lists would take 25 times as much memory as they are long.
    """
    head = sock.recv(_HEADER.size)
    if not head:
        return None
    text = _text(sock, head, longest)
    left, end = _UNQUOTED, 0
    for quoted in _QUOTED.finditer(text):
        left -= quoted.start() - end
        end = quoted.end()
        if left < 0:
            break
    if left < max(0, len(text) - end):
        raise WireError("more than texts")
    return _object(text)


def receive(sock: socket.socket, *, max_fds: int = 0) -> tuple[dict[str, object], list[int]] | None:
    """Read one message and the open files that came with it; None where the other end has closed."""
    if max_fds:
        head, fds, _, _ = socket.recv_fds(sock, _HEADER.size, max_fds)
    else:
        head, fds = sock.recv(_HEADER.size), []
    if not head:
        return None
    return _object(_text(sock, head, MAX_MESSAGE)), fds


def _text(sock: socket.socket, head: bytes, longest: int) -> str:
    """Read what follows the beginning of a message."""
    head += _exactly(sock, _HEADER.size - len(head))
    (size,) = _HEADER.unpack(head)
    if size > longest:
        raise TooLongError(f"a message of {size} bytes is longer than {longest}")
    try:
        return _exactly(sock, size).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise WireError(f"not UTF-8: {error}") from error


def _object(text: str) -> dict[str, object]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {error}") from error
    if not isinstance(message, dict):
        raise WireError("not a JSON object")
    return message


def _exactly(sock: socket.socket, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = sock.recv(min(size, 2**20))
        if not part:
            raise WireError("the other end closed in the middle of a message")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
