"""Mounts: which files a program sees, in namespaces that go with it.

Landlock says which files may be opened; it knows no right to change a mode or a time, nor can it give a program a
shared memory of its own. Where the kernel gives no namespace, what was there stays.
"""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_C = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_NETWORK = 0x20000, 0x08000000, 0x10000000, 0x40000000
_NOSUID, _NODEV, _BIND, _RECURSIVELY, _PRIVATE = 2, 4, 0x1000, 0x4000, 1 << 18
_MOUNT_SETATTR, _RECURSIVE, _READ_ONLY = 442, 0x8000, 1
"""Linux 5.12, and the same number on every machine."""
_ENTER = 0o001
_MOST_LINKS = 40


def own_namespaces(*, network: bool) -> bool:
    """Enter namespaces of mounts and System V objects, and of sockets' names unless the `network` is to be used.

    Returns False where root may have none.
    """
    if _C.unshare(_NEW_MOUNTS):
        return False
    _enter_others(network=network)
    return _are_private()


def own_namespaces_of_user(*, network: bool) -> bool:
    """Do so as an ordinary user, who stays the same and may mount within; False where users may have none."""
    user, group = os.geteuid(), os.getegid()
    if _C.unshare(_NEW_USER | _NEW_MOUNTS):
        return False
    _enter_others(network=network)
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return _are_private()


def _enter_others(*, network: bool) -> None:
    """Enter those that can be had; a second line, behind the filter of system calls."""
    for kind in (_NEW_IPC, *([] if network else [_NEW_NETWORK])):
        _C.unshare(kind)


def _are_private() -> bool:
    """Keep what is mounted from now on to ourselves."""
    return not _C.mount(b"none", b"/", None, _RECURSIVELY | _PRIVATE, None)


def arrange_mounts(writable: Iterable[Path], shared: int) -> None:
    """Have all files read-only but those in `writable`, and an empty /dev/shm of `shared` bytes."""
    places = [place for path in writable if not _bind(place := os.fsencode(path))]
    if places:
        read_only = struct.pack("QQQQ", _READ_ONLY, 0, 0, 0), struct.pack("QQQQ", 0, _READ_ONLY, 0, 0)
        _C.syscall(_MOUNT_SETATTR, -1, b"/", _RECURSIVE, read_only[0], ctypes.c_size_t(32))
        for place in places:
            _C.syscall(_MOUNT_SETATTR, -1, place, 0, read_only[1], ctypes.c_size_t(32))
        os.chdir(Path.cwd())  # the folder that it was in lies below the mount
    _C.mount(b"tmpfs", b"/dev/shm", b"tmpfs", _NOSUID | _NODEV, f"size={shared},mode=1777".encode())


def _bind(place: bytes) -> int:
    """Make a place a mount of its own; returns 0 where that is possible."""
    return int(_C.mount(place, place, None, _BIND, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a path is reached: the symbolic links on it, and where it ends."""

    links: tuple[Path, ...]
    end: Path


def way(path: Path) -> Way:
    """Follow a path from the root, link by link."""
    links: list[Path] = []
    here, parts = Path("/"), [*path.parts[1:]]
    while parts:
        part = parts.pop(0)
        here = here.parent if part == ".." else here / part
        if part != ".." and here.is_symlink() and len(links) < _MOST_LINKS:
            links.append(here)
            target = here.readlink()
            here = Path("/") if target.is_absolute() else here.parent
            parts = [*(part for part in target.parts if part != "/"), *parts]
    return Way(links=tuple(links), end=here)


def closed(path: Path) -> Path | None:
    """Return the topmost folder above a path that lets nobody but its owner and group through; None if open."""
    for folder in reversed(path.parents):
        with contextlib.suppress(OSError):
            if not folder.stat().st_mode & _ENTER:
                return folder
    return None


def open_ways(paths: Iterable[Path]) -> None:
    """Have everybody reach these paths, in namespaces of one's own.

    In the place of each folder that lets nobody but its owner through stands one with nothing but what leads there.
    """
    if _C.unshare(_NEW_MOUNTS) or not _are_private():
        return
    ways = [way(path) for path in paths]
    ends: dict[Path, list[tuple[Path, int]]] = {}
    links: list[tuple[Path, Path]] = []
    try:
        for end in sorted({passage.end for passage in ways}):
            if (folder := closed(end)) and end.exists():
                ends.setdefault(folder, []).append((end, os.open(end, os.O_PATH | os.O_CLOEXEC)))
        links += [
            (link, link.readlink()) for passage in ways for link in passage.links if closed(link) in ends
        ]
        for folder, below in ends.items():
            options = b"size=1m,mode=0755"
            if _C.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", _NOSUID | _NODEV, options):
                continue
            for end, fd in below:
                _show(end, fd)
        for link, target in links:
            if not os.path.lexists(link):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(target)
    finally:
        for below in ends.values():
            for _, fd in below:
                os.close(fd)


def _show(end: Path, fd: int) -> None:
    """Mount what is open at a path that is empty, unless a folder above it is shown already."""
    if end.exists():
        return
    end.parent.mkdir(parents=True, exist_ok=True)
    source = f"/proc/self/fd/{fd}"
    if Path(source).is_dir():
        end.mkdir()
    else:
        end.touch()
    _C.mount(os.fsencode(source), os.fsencode(end), None, _BIND | _RECURSIVELY, None)
