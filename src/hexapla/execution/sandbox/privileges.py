"""Privileges: what root gives up before it runs a program, and the limits that hold for everybody."""

import contextlib
import ctypes
import os
import resource
from collections.abc import Sequence
from pathlib import Path

from hexapla.execution.sandbox import limits as processes
from hexapla.execution.sandbox import mounts, operating_system
from hexapla.model.run import Limits

_C = ctypes.CDLL(None, use_errno=True)
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_SECUREBITS, _PR_CAP_AMBIENT = 4, 24, 28, 47
_NO_ROOT_LOCKED = 0b11_00_11_11
"""Capabilities don't come back by being root, nor by a change of user; and this can't be undone."""
_VERSION_3 = 0x20080522
_FIRST_USER, _USERS = 60706, 477
"""User numbers that systemd's list of ranges leaves unused: one is lent to a program run by root."""
OPEN_FILES = 1024
_TRIED = "lent"
"""The folder in which it is tried whether a user can be lent."""


def lent_user(worker: int) -> int:
    """Return the number of the user and the group that a program of a worker runs as, where root runs it."""
    return _FIRST_USER + worker % _USERS


def drop(worker: int, writable: Sequence[Path], *, shared: int, network: bool, lends: bool) -> None:
    """Give up every capability and root itself, have a shared memory of one's own, and write only in `writable`.

    `shared` is the size of that memory. Without the `network`, names of sockets are the program's own too.

    An ordinary user gets that in a namespace of its own, where the machine lets users make one. Where root
    `lends`, a program becomes a user of its own, really, effectively and for good: no other program's, and none
    whose processes the kernel does not count. Where that user could not read Python, which may lie in files of
    root's own, the effective user stays, and only the filter keeps the real one from coming back.
    """
    if os.geteuid() != 0:
        if mounts.own_namespaces_of_user(network=network):
            mounts.arrange_mounts(writable, shared)
            _no_capabilities()
        return
    if mounts.own_namespaces(network=network):
        mounts.arrange_mounts(writable, shared)
    os.setgroups([])
    # The bits before the user: changing the user must not be what decides about capabilities.
    _C.prctl(_PR_SET_SECUREBITS, _NO_ROOT_LOCKED, 0, 0, 0)
    user = lent_user(worker)
    if lends:
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        os.umask(
            0o002
        )  # `access` asks for the real user, who gets at the scratch folder through root's group
        os.setresuid(user, 0, 0)
    _no_capabilities()
    _C.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # or its own /proc/self would be root's


def _no_capabilities() -> None:
    for capability in range(64):
        _C.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _C.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _C.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset failed")


def limit(limits: Limits, *, cpu_seconds: float) -> None:
    """Set the kernel's own limits on this process and each of its descendants."""
    _set(resource.RLIMIT_DATA, limits.memory)
    _set(resource.RLIMIT_FSIZE, limits.file_size)
    _set(resource.RLIMIT_CPU, int(cpu_seconds) + 1)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    if operating_system.IS_LINUX:
        # The kernel counts all that the user has; root's programs get a user of their own, with nothing else.
        others = processes.count_of_user(os.getuid()) if os.geteuid() else 0
        _set(resource.RLIMIT_NPROC, limits.processes + others)
        Path("/proc/self/oom_score_adj").write_text("500")


def may_open(files: int) -> bool:
    """Return whether this process may have so many files open at a time, once it has asked for what it is granted."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < files:
        soft = min(files, hard) if hard >= 0 else files  # "without a limit" is -1
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return not 0 <= soft < files


def _set(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def can_lend(folder: Path, readable: Sequence[Path]) -> bool:
    """Return whether root can lend programs a user who reads Python; tried in a child, in `folder`.

    A machine may have packages that nobody but root can read, or give root no right to become somebody else.
    """
    if not operating_system.IS_LINUX or os.geteuid() != 0:
        return False
    process = os.fork()
    if process == 0:
        with contextlib.suppress(BaseException):
            _be_lent(folder, readable)
            os._exit(0)
        os._exit(1)
    could = os.waitpid(process, 0)[1] == 0
    processes.remove_folder(folder / _TRIED)
    return could


def _be_lent(folder: Path, readable: Sequence[Path]) -> None:
    """Be the child that a user is lent to; raises where it can't do what programs must."""
    expected = [path for path in readable if path.exists()]
    inside = [path for folder in expected if folder.name.endswith("-packages") for path in folder.iterdir()]
    scratch = folder / _TRIED
    scratch.mkdir()
    give(scratch, 0)
    mounts.open_ways((*readable, folder))
    drop(0, (scratch,), shared=2**20, network=False, lends=True)
    (scratch / "file").touch()
    for path in (*expected, *inside):
        if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
            raise PermissionError(path)


def give(path: Path, worker: int) -> None:
    """Make a file or folder belong to the user that is lent to a worker's program."""
    user = lent_user(worker)
    os.chown(path, user, user)


def remove_shared(worker: int) -> None:
    """Remove what the user that was lent to a worker's program left in the machine's own shared memory.

    A program has one of its own where there are namespaces; this is for containers in which root may make none.
    """
    with contextlib.suppress(OSError), os.scandir("/dev/shm") as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.stat(follow_symlinks=False).st_uid != lent_user(worker):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    processes.remove_folder(Path(entry.path))
                else:
                    Path(entry.path).unlink()
