"""Exceptions: what a cell raised, as Python prints it without our own frames, and what else is asked of it."""

import ast
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

from hexapla.model.program import Cell

_HERE = str(Path(__file__).parent)


def format_error(error: BaseException, paths: Iterable[str]) -> str:
    """Return the traceback as Python prints it, without our own frames."""
    known = frozenset(paths)
    for link in chain(error):
        link.__traceback__ = _from_program(link.__traceback__, known)
    return "".join(traceback.format_exception(error))


def error_summary(error: BaseException) -> str:
    """Return the last line of a traceback: the exception's name and what it says."""
    return traceback.format_exception_only(error)[-1].strip()


def message_of(value: object, say: Callable[[object], str] = str) -> str:
    """Return what an exception, or another value of the program's, says; nothing where saying it raises."""
    try:
        return say(value)
    except BaseException:  # whatever it raises is no failure of ours
        return ""


def names_of(error: BaseException) -> frozenset[str]:
    """Return the names by which a `raises:` directive may call the exception."""
    classes = type(error).__mro__
    return frozenset(
        name
        for kind in classes
        for name in (kind.__name__, kind.__qualname__, f"{kind.__module__}.{kind.__qualname__}")
    )


def row_of(error: BaseException, cell: Cell) -> int:
    """Return the line of a cell's post that an exception came through first; 0 where it came through none."""
    walked = traceback.walk_tb(error.__traceback__)
    return next((row for frame, row in walked if frame.f_code.co_filename == cell.path), 0)


def ends_program(error: SystemExit, cell: Cell) -> bool:
    """Return whether a cell's last statement ended the program without a fault, as a script's does."""
    last = ast.parse(cell.code).body[-1]
    clean = error.code is None or (isinstance(error.code, int) and not error.code)
    return clean and row_of(error, cell) - cell.line + 1 >= last.lineno


def frames(error: BaseException) -> Iterator[str]:
    """Return the files of all frames of an exception and of those that led to it."""
    for link in chain(error):
        for frame, _ in traceback.walk_tb(link.__traceback__):
            yield frame.f_code.co_filename


def _from_program(trace: TracebackType | None, paths: frozenset[str]) -> TracebackType | None:
    """Drop the frames before the program's first; where it has none, our own that lead to the failure."""
    start = trace
    while start is not None and start.tb_frame.f_code.co_filename not in paths:
        start = start.tb_next
    if start is None:
        start = trace
        while start is not None and _HERE in start.tb_frame.f_code.co_filename:
            start = start.tb_next
    return start


def chain(error: BaseException) -> Iterator[BaseException]:
    """Return the exception, its causes and contexts, and the members of groups, each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__cause__, link.__context__]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions
