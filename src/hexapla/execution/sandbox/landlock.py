"""Landlock: what files a process may read and write, and whom it may connect to and signal.

Linux lets any process give up rights for itself and its descendants, without privilege or daemon. Called
through `ctypes`: the numbers are the kernel's interface and never change.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

_C = ctypes.CDLL(None, use_errno=True)
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_NO_NEW_PRIVILEGES = 38
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REFER, TRUNCATE, IOCTL_DEVICE, CONNECT = 1 << 13, 1 << 14, 1 << 15, 1 << 16
SCOPES = 6
"""The version from which on it keeps signals and abstract sockets to a program's own processes (Linux 6.12)."""
NAMED_SOCKETS = 9
"""The version from which on Landlock decides who is connected to a socket that has a path (Linux 7.1)."""
READ = EXECUTE | READ_FILE | READ_DIR
_MAKE_SPECIAL = 1 << 6 | 1 << 11
"""Character and block devices: never."""
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE | CONNECT
"""The rights that a rule for a single file may name."""
_TCP = 0b11
_SCOPES = 0b11
"""Abstract Unix sockets and signals."""


def abi() -> int:
    """Return the version of Landlock that the kernel offers; 0 where there is none."""
    return max(0, int(_C.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)))


def all_rights(version: int) -> int:
    """Return every file right that a version of Landlock knows."""
    return (1 << (13 + (version >= 2) + (version >= 3) + (version >= 5) + (version >= NAMED_SOCKETS))) - 1


def restrict_files(
    *, readable: Iterable[Path], writable: Iterable[Path], devices: Iterable[Path], network: bool
) -> None:
    """Give up every file but these, and TCP and other processes' signals where the kernel can.

    `devices` may be read and written but not created; a path that is not there is left out. No program that is
    started from then on has more rights than who started it. Raises OSError where Landlock is missing.
    """
    version = abi()
    if not version:
        raise OSError("the kernel has no Landlock")
    known = all_rights(version)
    rules = _create(known, 0 if network or version < 4 else _TCP, _SCOPES if version >= SCOPES else 0)
    try:
        for path in readable:
            _allow(rules, path, READ & known)
        for path in writable:
            _allow(rules, path, known & ~_MAKE_SPECIAL)
        for path in devices:
            _allow(rules, path, (READ | WRITE_FILE | TRUNCATE | IOCTL_DEVICE) & ~EXECUTE & known)
        _check(_C.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _check(_C.syscall(_RESTRICT, rules, 0))
    finally:
        os.close(rules)


def _create(files: int, network: int, scopes: int) -> int:
    attributes = struct.pack("QQQ", files, network, scopes)
    size = 24 if scopes else 16 if network else 8
    return _check(_C.syscall(_CREATE, attributes, ctypes.c_size_t(size), 0))


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _OF_FILES
        _check(_C.syscall(_ADD, rules, _PATH_BENEATH, struct.pack("=Qi", rights, fd), 0))
    finally:
        os.close(fd)


def _check(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return result
