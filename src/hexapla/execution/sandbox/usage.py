"""Usage: what the processes of a program use together, of memory, files and processes.

A limit of the kernel's is one process's. So all of a program's are asked, now and then: for memory of their own, for
what they share, whether it has a name or only an open file, and for files that were removed and are still open, or
wait in a socket to be received.
"""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hexapla.execution.sandbox import operating_system
from hexapla.execution.sandbox.beneath import open_beneath
from hexapla.execution.sandbox.in_flight import in_flight
from hexapla.execution.sandbox.limits import descendants, threads
from hexapla.model.run import Limits

_PROC = Path("/proc")
_ENTRY = 4096
_SOCKETS, _QUEUE = -1, 2**17
"""Stands for the device of sockets; and the bytes that one may hold unread, which nobody says: half of the most."""
_SHARED_MEMORY = "dev/shm"
_MAPPING = re.compile(
    r"^(?P<place>[0-9a-f]++-[0-9a-f]++) \S++ [0-9a-f]++ (?P<major>[0-9a-f]++):(?P<minor>[0-9a-f]++) "
    r"(?P<inode>[0-9]++)[ ]++(?P<path>/.*+)"
)
"""A line of /proc/PID/maps that names a file."""

Inode = tuple[int, int]
"""A device and a number on it: what tells a file from all others, named or not."""


def past_memory(limits: Limits) -> str:
    """Say that a program was past its limit of memory, whoever looked."""
    return f"Its processes used more than {limits.memory // 2**20} MiB of memory together."


def may_look_into(process: int) -> bool:
    """Return whether one may see which files a process has open, unless it has ended."""
    try:
        os.scandir(_PROC / f"{process}/fd").close()
    except PermissionError:
        return _has_ended(process)
    except OSError:
        pass
    return True


def _alive(process: int) -> int:
    """Return a process, or one of its threads that goes on where the first one has ended: all is told of that one."""
    with contextlib.suppress(OSError):
        if _has_ended(process):
            return next((thread for thread in threads(process) if not _has_ended(thread)), process)
    return process


def _has_ended(thread: int) -> bool:
    """Return whether a thread has no memory any more; who is just ending may not be looked into, like who hides."""
    with contextlib.suppress(OSError):
        return "\nVmSize:" not in (_PROC / f"{thread}/status").read_text(errors="replace")
    return True


def excess(process: int, scratch: Path, limits: Limits, *, grouped: bool = False, seen: bool = False) -> str:
    """Say which limit the descendants of `process` are past together; empty where none.

    Where they are `grouped`, the kernel looks to their memory and number. `seen` says that one could look into them
    when they began: who executes what it may not read is hidden from its own user.
    """
    try:
        disk = _disk_use(scratch, limits.file_size)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return "It nested folders deeper than a path can tell."
    processes = tuple(map(_alive, descendants(process)))
    if seen and not all(map(may_look_into, processes)):
        return "It started something that may not be read, and nobody can tell what that uses."
    nameless, unseen = _nameless_files(processes)
    if unseen > 1 and unseen * limits.file_size > limits.memory:
        return "It left files in sockets, where nobody can tell how large they are."
    with contextlib.suppress(FileNotFoundError):
        device = scratch.stat().st_dev
        disk += sum(size for (place, _), size in nameless.items() if place == device)
        nameless = {inode: size for inode, size in nameless.items() if inode[0] != device}
    if disk > limits.file_size:
        return f"It wrote more than {limits.file_size // 2**20} MiB of files."
    if grouped:
        return ""
    if operating_system.IS_LINUX and _memory_use(process, processes, nameless) > limits.memory:
        return past_memory(limits)
    if len(processes) > limits.processes + 1:
        return f"It started more than {limits.processes} processes."
    return ""


def _memory_use(parent: int, processes: Sequence[int], nameless: Mapping[Inode, int]) -> int:
    """Return the bytes of memory that processes use, beyond what each has of its parent's."""
    inherited = _private_memory(parent)
    private = sum(max(0, _private_memory(process) - inherited) for process in processes)
    place, shared = _shared_memory(processes)
    return private + shared + sum(size for (device, _), size in nameless.items() if device != place)


def _private_memory(process: int) -> int:
    """Return the bytes of a process's anonymous memory, in RAM or swapped out, and of the tables of its pages."""
    size = 0
    with contextlib.suppress(OSError):
        for line in (_PROC / f"{process}/status").read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name in ("RssAnon", "VmSwap", "VmPTE"):
                size += int(value.split()[0]) * 1024
    return size


def _shared_memory(processes: Sequence[int]) -> tuple[int, int]:
    """Return the device of the /dev/shm that a program has of its own, and the bytes in it; 0 where it has none."""
    for process in processes:
        with contextlib.suppress(OSError):
            folder = _PROC / f"{process}/root" / _SHARED_MEMORY
            device = folder.stat().st_dev
            if device == (Path("/") / _SHARED_MEMORY).stat().st_dev:
                break  # the machine's, with the files of others
            use = os.statvfs(folder)
            return device, (use.f_blocks - use.f_bfree) * use.f_frsize
    return 0, 0


def _nameless_files(processes: Sequence[int]) -> tuple[dict[Inode, int], int]:
    """Return the bytes of files without a name that processes have open, mapped or in sockets, and of shared memory.

    And how many are in sockets where they can't be looked at.
    """
    sizes: dict[Inode, int] = {}
    unseen: dict[int, int] = {}
    for process in processes:
        for inode, size in (*_open_files(process, unseen), *_mapped_files(process)):
            sizes[inode] = max(size, sizes.get(inode, 0))
    return sizes, sum(unseen.values())


def _open_files(process: int, unseen: dict[int, int]) -> Iterator[tuple[Inode, int]]:
    """Yield files without a name; put into `unseen` how many wait in which socket, where nobody can look at them."""
    with contextlib.suppress(OSError), os.scandir(_PROC / f"{process}/fd") as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                target = Path(entry.path).readlink().name
                if target.endswith(" (deleted)"):
                    yield _size(entry.path)
                elif target.startswith("socket:["):
                    number = int(target[8:-1])
                    yield (_SOCKETS, number), _QUEUE
                    waiting = in_flight(process, int(entry.name))
                    for status in waiting.files:
                        if stat.S_ISSOCK(status.st_mode):
                            yield (_SOCKETS, status.st_ino), _QUEUE
                        elif not status.st_nlink:
                            yield _taken(status)
                    unseen[number] = max(waiting.unseen, unseen.get(number, 0))


def _mapped_files(process: int) -> Iterator[tuple[Inode, int]]:
    """Yield what is mapped: root sees the whole of a file, others what of it is in memory."""
    with contextlib.suppress(OSError):
        text = (_PROC / f"{process}/maps").read_text(errors="replace")
        mappings = [
            match for line in text.splitlines() if _is_shared(line) and (match := _MAPPING.match(line))
        ]
        try:
            for mapping in mappings:
                with contextlib.suppress(FileNotFoundError):
                    yield _size(f"/proc/{process}/map_files/{mapping['place']}")
        except PermissionError:
            yield from _resident_files(process)


def _is_shared(line: str) -> bool:
    return line.endswith(" (deleted)") or f" /{_SHARED_MEMORY}/" in line


def _resident_files(process: int) -> Iterator[tuple[Inode, int]]:
    """Yield what of each shared mapping is in memory, of all mappings of a file together."""
    sizes: dict[Inode, int] = {}
    inode: Inode | None = None
    for line in (_PROC / f"{process}/smaps").read_text(errors="replace").splitlines():
        if line.startswith("Rss:") and inode:
            sizes[inode] = sizes.get(inode, 0) + int(line.split()[1]) * 1024
        elif not line[:1].isupper():
            match = _MAPPING.match(line) if _is_shared(line) else None
            inode = (
                (os.makedev(int(match["major"], 16), int(match["minor"], 16)), int(match["inode"]))
                if match
                else None
            )
    yield from sizes.items()


def _size(path: str) -> tuple[Inode, int]:
    """Return which file is open at a path below /proc, and the bytes that it takes."""
    return _taken(os.stat(path))  # noqa: PTH116 - for every open file


def _taken(status: os.stat_result) -> tuple[Inode, int]:
    return (status.st_dev, status.st_ino), status.st_blocks * 512


def _disk_use(folder: Path, enough: int) -> int:
    """Return the bytes that the files below a folder take, or anything above `enough`.

    Each counts as `_ENTRY` at least: a disk has room for so many files only. A folder that its owner has closed is
    opened for the while. Raises OSError where a path is too long.
    """
    total = 0
    waiting = [folder]
    with contextlib.ExitStack() as stack:
        while waiting and total <= enough:
            here = waiting.pop()
            with (
                contextlib.suppress(FileNotFoundError, NotADirectoryError),
                _entries(here, folder, stack) as entries,
            ):
                for entry in entries:
                    total += _ENTRY
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        total += max(0, entry.stat(follow_symlinks=False).st_blocks * 512 - _ENTRY)
    return total


def _entries(
    folder: Path, top: Path, stack: contextlib.ExitStack
) -> "contextlib.AbstractContextManager[Iterable[os.DirEntry[str]]]":
    """Return what lists a folder; one that is closed has its mode back when `stack` unwinds."""
    try:
        return os.scandir(folder)
    except PermissionError:
        with contextlib.suppress(OSError):
            stack.enter_context(_opened(folder.relative_to(top), top))
            return os.scandir(folder)
        return contextlib.nullcontext(())


@contextlib.contextmanager
def _opened(folder: Path, top: Path) -> Iterator[None]:
    """Let its owner look into a folder for the while; never one elsewhere, whatever links are put on the way."""
    root = os.open(top, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        handle = open_beneath(root, os.fsencode(folder))
    finally:
        os.close(root)
    try:
        mode = os.fstat(handle).st_mode & 0o7777
        Path(f"/proc/self/fd/{handle}").chmod(mode | 0o700)
        yield
        Path(f"/proc/self/fd/{handle}").chmod(mode)
    finally:
        os.close(handle)
