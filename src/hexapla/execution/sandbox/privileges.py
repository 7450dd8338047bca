"""Privileges: what root gives up before it runs a program, and the limits that hold for everybody."""

import contextlib
import ctypes
import os
import resource
import struct
from pathlib import Path

from hexapla.execution.sandbox import limits as processes
from hexapla.execution.sandbox import means
from hexapla.model.run import Limits

_C = ctypes.CDLL(None, use_errno=True)
_PR_CAPBSET_DROP, _PR_SET_SECUREBITS, _PR_CAP_AMBIENT = 24, 28, 47
_NO_ROOT_LOCKED = 0b11_00_11_11
"""Capabilities don't come back by being root, nor by a change of user; and this can't be undone."""
_VERSION_3 = 0x20080522
_FIRST_USER, _USERS = 60706, 477
"""User numbers that systemd's list of ranges leaves unused: one is lent to a program run by root."""
OPEN_FILES = 1024
_CLONE_NEWNS, _CLONE_NEWUSER = 0x20000, 0x10000000
_MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_PRIVATE = 2, 4, 0x1000, 0x4000, 1 << 18
_MOUNT_SETATTR, _RECURSIVE, _READ_ONLY = 442, 0x8000, 1
"""Linux 5.12, and the same number on every machine."""


def drop(seat: int, scratch: Path, *, shared: int) -> None:
    """Give up every capability of root, have a shared memory that is the program's own, and write only in `scratch`.

    An ordinary user gets that in a namespace of its own, where the machine lets users make one; where not,
    the machine's shared memory stays. Root's *real* user becomes one of its own: the kernel counts processes
    by it, and never limits root's. The effective one stays, since Python may lie in root's own folder.
    Landlock draws the line for files. `shared` is the size of that memory.
    """
    if os.geteuid() != 0:
        if _own_namespace():
            _mount(scratch, shared)
            _no_capabilities()
        return
    if not _C.unshare(_CLONE_NEWNS):
        _mount(scratch, shared)
    user = _FIRST_USER + seat % _USERS
    os.setgroups([])
    # `access` asks for the real user, who gets at the scratch folder through root's group.
    os.umask(0o002)
    # The bits before the user: changing the user must not be what decides about capabilities.
    _C.prctl(_PR_SET_SECUREBITS, _NO_ROOT_LOCKED, 0, 0, 0)
    os.setresuid(user, 0, 0)
    _no_capabilities()


def _no_capabilities() -> None:
    for capability in range(64):
        _C.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _C.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _C.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset failed")


def _own_namespace() -> bool:
    """Enter a namespace in which the user is the same and may mount, where ordinary users may have one."""
    user, group = os.geteuid(), os.getegid()
    if _C.unshare(_CLONE_NEWUSER | _CLONE_NEWNS):
        return False
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def _mount(scratch: Path, size: int) -> None:
    """Have all files read-only but those in `scratch`, and an empty /dev/shm that goes with the program.

    Landlock draws the same line, but knows no right to change a file's mode or times. Where the kernel refuses,
    what was there stays.
    """
    place = os.fsencode(scratch)
    _C.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
    if not _C.mount(place, place, None, _MS_BIND, None):
        read_only = struct.pack("QQQQ", _READ_ONLY, 0, 0, 0), struct.pack("QQQQ", 0, _READ_ONLY, 0, 0)
        _C.syscall(_MOUNT_SETATTR, -1, b"/", _RECURSIVE, read_only[0], ctypes.c_size_t(32))
        _C.syscall(_MOUNT_SETATTR, -1, place, 0, read_only[1], ctypes.c_size_t(32))
        os.chdir(scratch)  # the folder that it was in lies below the mount
    _C.mount(b"tmpfs", b"/dev/shm", b"tmpfs", _MS_NOSUID | _MS_NODEV, f"size={size},mode=1777".encode())


def limit(limits: Limits, *, cpu_seconds: float) -> None:
    """Set the kernel's own limits on this process and each of its descendants."""
    _set(resource.RLIMIT_DATA, limits.memory)
    _set(resource.RLIMIT_FSIZE, limits.file_size)
    _set(resource.RLIMIT_CPU, int(cpu_seconds) + 1)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    if means.LINUX:
        # The kernel counts all that the user has; root's programs get a user of their own, with nothing else.
        others = processes.count_of_user(os.getuid()) if os.geteuid() else 0
        _set(resource.RLIMIT_NPROC, limits.processes + others)
        Path("/proc/self/oom_score_adj").write_text("500")


def _set(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
