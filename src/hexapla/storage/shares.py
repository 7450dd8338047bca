"""Shares: work on many things by name, of which copies of this process do their part beside it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec

from hexapla.model.errors import Crash
from hexapla.storage.forked import Forked, may_fork

T = TypeVar("T")
_AT_ONCE = 1000
"""So many results are on their way at most."""


class _Result(msgspec.Struct, frozen=True):
    """What is sent of one thing."""

    crash: Crash | None = None
    data: msgspec.Raw = msgspec.Raw(b"\xc0")


def shared(
    work: Callable[[Sequence[str]], Iterable[T]], names: Sequence[str], kind: Any, *, jobs: int, worth: int
) -> list[T]:
    """Return what `work` makes of each name, of the type `kind`, or a crash; up to `jobs` processes make it at once.

    Work on `worth` names takes longer than to start a process.
    """
    count = min(jobs, len(names) // worth) if may_fork() else 1
    if count < 2:
        return list(work(names))
    made: list[T] = []
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        made += _shared_once(work, [some[first::count] for first in range(count)], kind)
    return made


def _shared_once(
    work: Callable[[Sequence[str]], Iterable[T]], shares: Sequence[Sequence[str]], kind: Any
) -> list[T]:
    """Do the first share here and the others in copies; return the results in turns, as the names were dealt."""
    copies = [Forked(partial(_sent, work, names)) for names in shares[1:]]
    results = [list(work(shares[0]))]
    for names, copy in zip(shares[1:], copies, strict=True):
        data = copy.result()
        # Whatever a copy could not do, it is told of here.
        results.append(_received(data, kind) if data is not None else list(work(names)))
    return [results[number % len(results)][number // len(results)] for number in range(sum(map(len, shares)))]


def _sent(work: Callable[[Sequence[str]], Iterable[T]], names: Sequence[str]) -> bytes:
    encode = msgspec.msgpack.Encoder(enc_hook=list).encode
    return encode(
        [
            _Result(crash=result) if isinstance(result, Crash) else _Result(data=msgspec.Raw(encode(result)))
            for result in work(names)
        ]
    )


def _received(data: bytes, kind: Any) -> list[Any]:
    decode = msgspec.msgpack.Decoder(kind).decode
    results = msgspec.msgpack.decode(data, type=list[_Result])
    return [result.crash or decode(result.data) for result in results]
