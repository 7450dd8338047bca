"""What a Python finds that has this folder on its path: a POSIX without any of Linux's own means.

They are taken away, not only denied: whoever uses one here fails as on such a system.
"""

import ctypes
import os
import sys

for name in ("O_PATH", "memfd_create", "pidfd_open", "pipe2", "sched_getaffinity", "setresgid", "setresuid"):
    delattr(os, name)


def refuse(event, arguments):
    """Have no /proc."""
    if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith("/proc"):
        raise FileNotFoundError(2, "No such file or directory", str(arguments[0]))


sys.addaudithook(refuse)

known = ctypes.CDLL.__getattr__


def only_posix(library, name):
    if name in ("capset", "mount", "prctl", "syscall", "unshare"):
        raise AttributeError(f"symbol not found: {name}")
    return known(library, name)


ctypes.CDLL.__getattr__ = only_posix

# Everything else that asks for the system's name may know the truth: torch loads its libraries by it.
truth, sys.platform = sys.platform, "darwin"
import hexapla.execution.sandbox.operating_system  # noqa: E402, F401

sys.platform = truth
