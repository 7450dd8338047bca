"""Beneath: to open what lies below a folder that a program may change meanwhile, and never what is elsewhere."""

import ctypes
import os
import struct

_C = ctypes.CDLL(None, use_errno=True)
# The numbers are the kernel's interface: linux/openat2.h, asm-generic/unistd.h.
_OPENAT2 = 437
_HOW = 0x02 | 0x04 | 0x08
"""`RESOLVE_NO_MAGICLINKS`, `RESOLVE_NO_SYMLINKS`, `RESOLVE_BENEATH`."""


def open_beneath(root: int, path: bytes) -> int:
    """Return a handle of what stands at a path below the open folder `root`, without opening it for anything.

    Raises OSError: with EXDEV or ELOOP where the path leads out or over a link, with ENOSYS before Linux 5.6.
    """
    how = struct.pack("=QQQ", os.O_PATH | os.O_CLOEXEC, 0, _HOW)
    handle: int = _C.syscall(_OPENAT2, root, path, how, ctypes.c_size_t(len(how)))
    if handle < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return handle
