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


_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PLAIN = re.compile(
    rf"\{{(?:{_STRING}:(?:{_STRING}|true|false|null|-?[0-9]{{1,18}}+)(?:,(?=\")|(?=\}}))){{0,16}}+\}}",
    re.DOTALL,
)
"""An object of few texts and numbers, as our own `send` writes it: read, it takes no more memory than it is long."""


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


def receive_plain(sock: socket.socket, longest: int) -> dict[str, object] | None:
    """Read one message of nothing but texts and numbers, of at most so many bytes; None where the other end has closed.

    Whoever wrote it may be anyone: a message of nested lists takes 25 times as much memory as it is long.
    """
    head = sock.recv(_HEADER.size)
    if not head:
        return None
    text = _text(sock, head, longest)
    if not _PLAIN.fullmatch(text):
        raise WireError("not an object of texts and numbers")
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
