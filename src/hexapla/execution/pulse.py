"""Pulse: whether a program's cell does anything, so that one which waits for nobody is interrupted and not waited for.

A server without clients, an app without users and a queue without messages take no processor time and write nothing.
Nor does `time.sleep`, but that ends: who is in one and the same sleep, though for a minute, is waited for, and not who
looks once a second whether anybody comes.
A page of memory that the program's process shares with its worker says whether a cell runs, and whether it was
interrupted: then that, and not what the program made of it, is how the cell ended.
"""

import contextlib
import mmap
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from hexapla.execution.sandbox import operating_system

IDLE = 10.0
"""Seconds without a sign of life after which a cell is interrupted."""
AGAIN = 2.0
"""The same in a program that has waited for nobody before: for a database that is not there, one cell after another."""
_INTERVAL = 1.0
_BUSY = 0.03
"""Seconds of processor time in a second that are one."""
_WORKS = frozenset("RD")
"""The states of a process that has, or waits for, a processor or a disk: others may have them on a busy machine."""
_SLEEPS = "hrtimer_nanosleep"
"""Where Linux has a process that sleeps for a given time (proc(5), /proc/pid/wchan)."""
_NONE, _RUNS, _INTERRUPTED = 0, 1, 2
_PROC = Path("/proc")


class Pulse:
    """What the two processes share: made before the one is forked from the other."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, 1)

    def begin(self, *, patient: bool) -> None:
        """Say that a cell begins; a patient one waits for what it asks for."""
        self._page[0] = _NONE if patient else _RUNS

    def end(self) -> bool:
        """Say that the cell has ended; return whether it was interrupted."""
        state, self._page[0] = self._page[0], _NONE
        return state == _INTERRUPTED

    @property
    def runs(self) -> bool:
        """Whether a cell runs that may be interrupted, once."""
        return self._page[0] == _RUNS

    def interrupt(self, process: int) -> None:
        """Interrupt the cell, as a user does who presses Ctrl-C."""
        self._page[0] = _INTERRUPTED
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGINT)


class PulseWatch:
    """Looks now and then whether a program shows a sign of life."""

    def __init__(self, pulse: Pulse, process: int) -> None:
        self._pulse, self._process = pulse, process
        self._asked = self._alive = time.monotonic()
        self._spent, self._written = 0.0, 0
        self._sleeps: frozenset[tuple[int, str]] = frozenset()
        self._patience = IDLE

    def look(self, processes: Iterable[int]) -> None:
        """Look at the program's processes, where it is time to; interrupt a cell without a sign of life for long."""
        now = time.monotonic()
        if now - self._asked < _INTERVAL:
            return
        spent, written, works = 0.0, 0, not operating_system.IS_LINUX
        sleeps: set[tuple[int, str]] = set()
        for process in processes:
            with contextlib.suppress(OSError, ValueError, IndexError):
                state, seconds = _state(process)
                spent, works = spent + seconds, works or state in _WORKS
                written += _written(process)
                sleeps.update((process, sleep) for sleep in _sleeps(process))
        works = works or not self._sleeps.isdisjoint(sleeps)
        busy = works or spent - self._spent > _BUSY * (now - self._asked) or written != self._written
        self._asked, self._spent, self._written, self._sleeps = now, spent, written, frozenset(sleeps)
        if busy or not self._pulse.runs:
            self._alive = now
        elif now - self._alive > self._patience:
            self._pulse.interrupt(self._process)
            self._alive, self._patience = now, min(AGAIN, self._patience)


def _state(process: int) -> tuple[str, float]:
    """Return the state of a process, and the seconds of processor time that it has taken (proc(5), /proc/pid/stat)."""
    fields = (_PROC / f"{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return fields[0], (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sleeps(process: int) -> Iterator[str]:
    """Yield what tells a process's sleep, where it is in one, from its others: how often it has waited for anything."""
    if (_PROC / f"{process}/wchan").read_text() == _SLEEPS:
        yield (_PROC / f"{process}/status").read_text().partition("\nvoluntary_ctxt_switches:")[2].split()[0]


def _written(process: int) -> int:
    """Return the bytes that a process has written, to whatever it is."""
    text = (_PROC / f"{process}/io").read_text()
    return int(text.partition("wchar:")[2].split()[0])
