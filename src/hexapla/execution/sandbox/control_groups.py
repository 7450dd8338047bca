"""Control groups: what all processes of a program may use together, kept by the kernel where a user may make groups.

Of version 2 (https://docs.kernel.org/admin-guide/cgroup-v2.html), which systemd gives to each user. A program's group
stands beside ours, or above: one that holds processes limits no groups in it. Elsewhere `usage` looks.
"""

import contextlib
import errno
import functools
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hexapla.model.run import Limits

_CONTROLLERS = frozenset({"memory", "pids"})
_PREFIX = "hexapla-"
_MEMBERS, _HANDED_DOWN = "cgroup.procs", "cgroup.subtree_control"
_SECONDS_TO_END = 2.0
_TICK = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Where groups can be made; None with the reason, as the end of a sentence, where nowhere."""

    folder: Path | None
    why: str = ""


@functools.cache
def delegation() -> Delegation:
    """Find where this process may make groups that limit memory and processes, by making one and entering it."""
    try:
        mountinfo = Path("/proc/self/mountinfo").read_text(errors="surrogateescape")
        membership = Path("/proc/self/cgroup").read_text(errors="surrogateescape")
    except OSError:
        return Delegation(folder=None, why="this system has no control groups")
    return found(own_folders(mountinfo, membership))


def own_folders(mountinfo: str, membership: str) -> tuple[Path, ...]:
    """Return the group of a process and those above it that can be seen, by its `mountinfo` and `cgroup` in /proc."""
    path = next((line[3:] for line in membership.split("\n") if line.startswith("0::/")), None)
    if path is None:
        return ()
    for line in mountinfo.split("\n"):
        before, _, after = line.partition(" - ")
        if after.split(" ")[0] != "cgroup2":
            continue
        root, mounted = (Path(_unescaped(field)) for field in before.split(" ")[3:5])
        with contextlib.suppress(ValueError):
            below = Path(path).relative_to(root)
            if ".." not in below.parts:
                return tuple(mounted / folder for folder in (below, *below.parents))
    return ()


def _unescaped(field: str) -> str:
    """Return a path of a mountinfo, in which blanks and line ends are octal."""
    for code in ("040", "011", "012", "134"):
        field = field.replace(f"\\{code}", chr(int(code, 8)))
    return field


def found(folders: tuple[Path, ...]) -> Delegation:
    """Return the first of some groups in which one can be made and entered."""
    if not folders:
        return Delegation(folder=None, why="no version 2 of control groups is mounted")
    if missing := _CONTROLLERS - _words(folders[-1] / "cgroup.controllers"):
        names = " and ".join(sorted(missing))
        return Delegation(folder=None, why=f"control groups of version 2 have no controller of {names} here")
    why = ""
    for folder in folders:
        try:
            _hand_down(folder)
            _remove_abandoned(folder)
            _try(folder)
        except OSError as error:
            why = why or _reason(error)
        else:
            return Delegation(folder=folder)
    return Delegation(folder=None, why=why)


def _reason(error: OSError) -> str:
    if error.errno == errno.EBUSY:
        return (
            "this process's control group has processes in it and none above it is this user's: start hexapla by "
            "`systemd-run --user --scope`"
        )
    return f"no control group is given to this user ({os.strerror(error.errno or errno.EIO)})"


def _hand_down(folder: Path) -> None:
    """Have groups in a group limit memory and processes. Raises OSError where it may not, or holds processes itself."""
    if missing := _CONTROLLERS - _words(folder / _HANDED_DOWN):
        _write(folder / _HANDED_DOWN, " ".join(f"+{name}" for name in sorted(missing)))


def _try(folder: Path) -> None:
    """Make a group, and have a child of this process enter it."""
    group = Group.make(folder, Limits())
    try:
        process = os.fork()
        if process == 0:
            with contextlib.suppress(BaseException):
                group.enter()
                os._exit(0)
            os._exit(1)
        if os.waitpid(process, 0)[1]:
            raise PermissionError(errno.EACCES, "no process of this user may change its control group")
    finally:
        group.remove()


def _remove_abandoned(folder: Path) -> None:
    """Remove groups of those who were killed before they could: the kernel keeps one in which a process lives."""
    for group in folder.glob(f"{_PREFIX}*"):
        if not Path("/proc", group.name.removeprefix(_PREFIX)).exists():
            with contextlib.suppress(OSError):
                group.rmdir()


def settings(limits: Limits) -> Mapping[str, str]:
    """Return what a group's files are to say. Who is past the limit of memory is ended with all its processes."""
    return {
        "memory.max": str(limits.memory),
        "memory.swap.max": "0",
        "memory.oom.group": "1",
        "pids.max": str(limits.processes),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The group of one program's processes."""

    folder: Path

    @staticmethod
    def make(parent: Path, limits: Limits) -> "Group":
        """Make a group for a program that this process starts; one at a time. Raises OSError where it can't limit."""
        group = Group(folder=parent / f"{_PREFIX}{os.getpid()}")
        with contextlib.suppress(OSError):  # somebody had our number and was killed
            group.folder.rmdir()
        group.folder.mkdir()
        try:
            for name, value in settings(limits).items():
                # A machine without swap has no file for it.
                if name == "memory.max" or (group.folder / name).exists():
                    _write(group.folder / name, value)
        except OSError:
            group.remove()
            raise
        return group

    def enter(self) -> None:
        """Have this process, and all that it will start, be in the group for good."""
        _write(self.folder / _MEMBERS, "0")

    def is_past_memory(self) -> bool:
        """Return whether processes were ended because the group was past its limit, not because the machine was."""
        events = dict(_pairs(self.folder / "memory.events"))
        return events.get("oom", 0) > 0 and events.get("oom_kill", 0) > 0

    def remove(self) -> None:
        """End what is in it, and remove it; whose end the kernel delays for long keeps it."""
        with contextlib.suppress(
            OSError
        ):  # Linux before 5.14 has no such file; the worker has ended them all
            _write(self.folder / "cgroup.kill", "1")
        until = time.monotonic() + _SECONDS_TO_END
        while True:
            try:
                self.folder.rmdir()
            except OSError as error:
                if error.errno == errno.EBUSY and time.monotonic() < until:
                    time.sleep(_TICK)
                    continue
            return


def _pairs(file: Path) -> Iterator[tuple[str, int]]:
    with contextlib.suppress(OSError):
        for line in file.read_text().splitlines():
            name, _, value = line.partition(" ")
            if value.isdecimal():
                yield name, int(value)


def _words(file: Path) -> frozenset[str]:
    try:
        return frozenset(file.read_text().split())
    except OSError:
        return frozenset()


def _write(file: Path, value: str) -> None:
    """Write to a file of the kernel's, which is never made."""
    handle = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(handle, value.encode())
    finally:
        os.close(handle)
