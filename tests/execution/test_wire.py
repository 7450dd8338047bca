"""Messages between processes: what is ours comes through, and nothing else takes more memory than it is long."""

import json
import socket
import struct
import threading
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexapla.execution import wire

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def put(sock: socket.socket, body: bytes) -> None:
    """Write a body beside, however long it is."""
    threading.Thread(target=sock.sendall, args=(struct.pack("!I", len(body)) + body,), daemon=True).start()


TEXTS = st.text(st.characters(codec=None), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(TEXTS, TEXTS | st.booleans() | st.none() | st.integers(-(10**17), 10**17), max_size=16)
)
def test_texts_and_numbers_come_through(pair: Pair, message: dict[str, object]) -> None:
    wire.send(pair[0], {"a": message, "b": [*message]})
    assert wire.receive_bounded(pair[1], 2**16) == {"a": message, "b": [*message]}


OTHER = {
    "very many lists": b'{"kind":[' + b"[]," * 2_000_000 + b"[]]}",
    "very many objects": b'{"kind":[' + b"{}," * 2_000_000 + b"{}]}",
    "very many texts": b'{"kind":[' + b'"",' * 2_000_000 + b'""]}',
    "very many keys": b"{" + b",".join(b'"%d":1' % number for number in range(200_000)) + b"}",
    "very deep": b'{"kind":' + b"[" * 60_000 + b"]" * 60_000 + b"}",
    "quotes that are never closed": b'{"kind":"' + b'\\"' * 1_000_000,
    "a list": b"[1]",
    "a text": b'"a"',
    "nothing": b"",
    "half a text": b'{"a":"b',
    "an escape at the end": b'{"a":"b\\',
    "two values": b'{"a":1}{"a":1}',
    "a comma too many": b'{"a":1,}',
    "no comma": b'{"a":1"b":2}',
    "what is not UTF-8": b'{"a":"\xff"}',
    "an escape that is none": b'{"a":"\\x"}',
}


@pytest.mark.parametrize("body", OTHER.values(), ids=OTHER)
def test_nothing_else_does_and_it_takes_no_memory(pair: Pair, body: bytes) -> None:
    put(pair[0], body)
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError):
            wire.receive_bounded(pair[1], 2**24)
        assert tracemalloc.get_traced_memory()[1] < 4 * len(body) + 2**20
    finally:
        tracemalloc.stop()


def test_what_is_longer_than_it_may_be_is_not_read(pair: Pair) -> None:
    wire.send(pair[0], {"a": "x" * 100})
    with pytest.raises(wire.TooLongError):
        wire.receive_bounded(pair[1], 100)


def test_the_other_end_may_close(pair: Pair) -> None:
    pair[0].close()
    assert wire.receive_bounded(pair[1], 100) is None
    assert wire.receive(pair[1]) is None


def test_our_own_messages_may_be_deep(pair: Pair) -> None:
    message = {"limits": {"memory": 1}, "names": ["a", "ü"]}
    wire.send(pair[0], message)
    assert wire.receive(pair[1]) == (json.loads(json.dumps(message)), [])
