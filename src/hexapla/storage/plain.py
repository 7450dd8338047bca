"""Plain: our frozen dataclasses as lists that JSON can hold, and back, by the types of their fields.

No class name is written: what a text may become is said by who reads it, never by the text.
"""

import functools
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")
Turn = Callable[[Any], Any]


@functools.cache
def encoder(kind: Any) -> Turn | None:
    """Return what turns a value of a type into lists, dicts, texts and numbers; None where it is such already."""
    return _turn(kind, encoder, _of_dataclass, lambda one: lambda value: value.value)


@functools.cache
def decoder(kind: Any) -> Turn | None:
    """Return what turns it back; None where nothing changes. It raises where the value cannot be of the type."""
    return _turn(kind, decoder, _to_dataclass, lambda one: one)


def apart(value: Any, *, but: str) -> dict[str, Any]:
    """Return the fields of a dataclass by name in their plain form, `but` one that has none."""
    kind: Any = type(value)
    turns = [(name, encoder(hint) or _same) for name, hint in _hints(kind) if name != but]
    return {name: turn(getattr(value, name)) for name, turn in turns}


def together(kind: Callable[..., T], plain: Mapping[str, Any], **others: Any) -> T:
    """Make a dataclass of what `apart` gave, and of the field that was left out."""
    turns = {name: decoder(hint) or _same for name, hint in _hints(kind) if name in plain}
    return kind(**{name: turns[name](value) for name, value in plain.items()}, **others)


def _turn(
    kind: Any,
    inner: Callable[[Any], Turn | None],
    of_class: Callable[[Any], Turn],
    of_enum: Callable[[type[Enum]], Turn],
) -> Turn | None:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in (str, int, bool, float):
        return None
    if is_dataclass(kind):
        return of_class(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return of_enum(kind)
    if origin in (types.UnionType, typing.Union) and arguments[1:] == (types.NoneType,):
        one = inner(arguments[0])
        return one and (lambda value: None if value is None else one(value))
    if origin is tuple and arguments[1:] == (...,):
        return _each(inner(arguments[0]))
    if origin is tuple:
        turns = [inner(argument) or _same for argument in arguments]
        return lambda value: tuple(turn(part) for turn, part in zip(turns, value, strict=True))
    if origin is Mapping and arguments[0] is str:
        turn = inner(arguments[1]) or _same
        return lambda value: {key: turn(part) for key, part in value.items()}
    raise TypeError(f"{kind} has no plain form")


def _same(value: Any) -> Any:
    return value


def _each(turn: Turn | None) -> Turn:
    return (lambda value: tuple(map(turn, value))) if turn else tuple


def _of_dataclass(kind: Any) -> Turn:
    turns = [(name, encoder(hint) or _same) for name, hint in _hints(kind)]
    return lambda value: [turn(getattr(value, name)) for name, turn in turns]


def _to_dataclass(kind: Any) -> Turn:
    names = [name for name, _ in _hints(kind)]
    turns = [(index, turn) for index, (_, hint) in enumerate(_hints(kind)) if (turn := decoder(hint))]

    def turn_all(plain: Sequence[Any]) -> Any:
        values = list(plain)
        if len(values) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, not {len(values)}")
        for index, turn in turns:
            values[index] = turn(values[index])
        return kind(**dict(zip(names, values, strict=False)))

    return turn_all


@functools.cache
def _hints(kind: Any) -> Sequence[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]
