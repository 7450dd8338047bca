"""Processes: the descendants of one of ours, what they use, and ending them all."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from hexapla.run import Limits

_PR_SET_CHILD_SUBREAPER = 36
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def become_subreaper() -> None:
    """Have orphaned descendants become this process's children, so that none can leave it."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(process: int) -> tuple[int, ...]:
    """Return the processes that `process` is the parent of, ended ones that nobody waited for included."""
    try:
        text = (_PROC / f"{process}/task/{process}/children").read_text()
    except OSError:
        return tuple(pid for pid in _all() if _parent(pid) == process)
    return tuple(map(int, text.split()))


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


def sweep(seconds: float) -> bool:
    """End every descendant of this process, and wait for them. Returns False where some outlived
    `seconds`.
    """
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


def excess(process: int, scratch: Path, limits: Limits) -> str:
    """Say which limit the descendants of `process` are past together; empty where none."""
    private = shared = count = 0
    base = _resident(process)[0]
    for pid in descendants(process):
        count += 1
        own, common = _resident(pid)
        private += max(0, own - base)
        shared = max(shared, common)
    if private + shared > limits.memory:
        return f"Its processes used more than {limits.memory // 2**20} MiB of memory together."
    if count > limits.processes + 1:
        return f"It started more than {limits.processes} processes."
    if _disk_use(scratch, limits.file_size) > limits.file_size:
        return f"It wrote more than {limits.file_size // 2**20} MiB of files."
    return ""


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


def _resident(process: int) -> tuple[int, int]:
    """Return the bytes of anonymous and of shared memory that a process has in RAM."""
    found = {"RssAnon": 0, "RssShmem": 0}
    with contextlib.suppress(OSError):
        for line in (_PROC / f"{process}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in found:
                found[name] = int(value.split()[0]) * 1024
    return found["RssAnon"], found["RssShmem"]


def _disk_use(folder: Path, enough: int) -> int:
    """Return the bytes that the files below a folder take, or anything above `enough`."""
    total = 0
    waiting = [folder]
    while waiting and total <= enough:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total
