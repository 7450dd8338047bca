"""Limits: the processes of a program, and ending them all.

Where the operating system has nothing but POSIX, a program's processes are those of its group.
"""

import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Container, Iterator
from pathlib import Path

from hexapla.execution.sandbox import operating_system

_PR_SET_PARENT_DEATH_SIGNAL, _PR_SET_CHILD_SUBREAPER = 1, 36
_PROC = Path("/proc")
_TICK = 0.02
"""Seconds after which one looks again whether a process has ended, where its end doesn't wake us."""


class Child:
    """A process that we forked: how its end is waited for beside other things. Close it at the end."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.status = 0
        """The wait status, once it has ended."""
        self._handle = os.pidfd_open(process) if operating_system.IS_LINUX else -1
        self._has_ended = False

    def wake(self, waiting: select.poll) -> None:
        """Have its end wake a poll, where something can."""
        if self._handle >= 0:
            waiting.register(self._handle, select.POLLIN)

    @property
    def pause(self) -> float:
        """Seconds until one must look whether it has ended, though nothing woke us."""
        return float("inf") if self._handle >= 0 else _TICK

    def has_ended(self, *, wait: bool = False) -> bool:
        """Return whether it has ended, and reap it if so."""
        if not self._has_ended:
            ended, self.status = os.waitpid(self.process, 0 if wait else os.WNOHANG)
            self._has_ended = ended != 0
        return self._has_ended

    def close(self) -> None:
        """Let go of it."""
        if self._handle >= 0:
            os.close(self._handle)


def become_subreaper() -> None:
    """Have orphaned descendants become this process's children, so that none can leave it, where that is."""
    if operating_system.IS_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(parent: int) -> None:
    """Have this process end when `parent`, which has forked it, does: its watcher may be killed, where that is."""
    if operating_system.IS_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def children(process: int) -> tuple[int, ...]:
    """Return the processes that `process` is the parent of, ended ones that nobody waited for included."""
    if not operating_system.IS_LINUX:
        return ()
    started: list[int] = []
    try:
        for thread in threads(process):  # a child is that of the thread that started it
            started += map(int, (_PROC / f"{process}/task/{thread}/children").read_text().split())
    except OSError:
        return tuple(pid for pid in _all() if _parent(pid) == process)
    return tuple(started)


def threads(process: int) -> tuple[int, ...]:
    """Return the threads of a process. Raises OSError where it has gone."""
    return tuple(map(int, os.listdir(_PROC / f"{process}/task")))  # noqa: PTH208 - for every process


def descendants(process: int) -> Iterator[int]:
    """Return all processes below `process`, parents first; a snapshot that may be stale when it is read."""
    waiting = list(children(process))
    seen: set[int] = set()
    while waiting:
        pid = waiting.pop(0)
        if pid not in seen:
            seen.add(pid)
            yield pid
            waiting.extend(children(pid))


def kill_group(process: int) -> None:
    """End a process and its group in one step."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)


def sweep(program: int, seconds: float) -> bool:
    """End every descendant of this process, and wait for them. Returns False where some outlived
    `seconds`. `program` was one of them, led its own group, and has been waited for.
    """
    if not operating_system.IS_LINUX:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program, signal.SIGKILL)
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
            for pid in descendants(os.getpid()):
                kill_group(pid)
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)
            continue
        return True


def end_strays(known: Container[int], seconds: float) -> None:
    """End the children of this process that it did not start: what those left who should have ended them.

    `known` are those it did start, and `seconds` how long to wait for the others.
    """
    deadline = time.monotonic() + seconds
    while strays := [process for process in children(os.getpid()) if process not in known]:
        for process in strays:
            kill_group(process)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
        if time.monotonic() > deadline:
            return
        time.sleep(0.001)


def count_of_user(user: int) -> int:
    """Return how many tasks a user has: what RLIMIT_NPROC counts."""
    total = 0
    for pid in _all():
        with contextlib.suppress(OSError):
            if (_PROC / str(pid)).stat().st_uid == user:
                total += len(list((_PROC / str(pid) / "task").iterdir()))
    return total


def _all() -> Iterator[int]:
    return (int(path.name) for path in _PROC.iterdir() if path.name.isdigit())


def _parent(process: int) -> int:
    try:
        return int((_PROC / f"{process}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def remove_folder(folder: Path) -> None:
    """Remove a folder however deep it is, and whatever modes there are in it; what cannot be removed stays."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", folder], stderr=subprocess.DEVNULL, check=False)
