"""Interpreter: a fork of the server made to look like a Python that was started for this program."""

import contextlib
import ctypes
import io
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path

_C = ctypes.CDLL(None)


def begin_program(scratch: Path) -> None:
    """Set the streams, the paths and the warnings as a program finds them that lies in a folder."""
    _prepare_streams()
    _prepare_python(scratch)


def flush_streams() -> None:
    """Write out what Python and C have kept so far."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    _C.fflush(None)


def _prepare_streams() -> None:
    """Open standard output and error on the pipe, unbuffered, so that all that is written keeps its order."""
    for name, fd in (("stdout", 1), ("stderr", 2)):
        raw = os.fdopen(fd, "wb", buffering=0, closefd=False)
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    for name in ("stdout", "__stdoutp"):  # as glibc and musl call it, and as macOS does
        with contextlib.suppress(ValueError, OSError):
            # What C code prints is line-buffered, as on a terminal, or it would come after Python's.
            _C.setvbuf(ctypes.c_void_p.in_dll(_C, name), None, 1, 0)


def _prepare_python(scratch: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = [str(scratch / "program.py")]
    sys.path.insert(0, str(scratch))
    sys.dont_write_bytecode = True
    tempfile.tempdir = None  # it is remembered where the preload has asked for it
    # The modules of the preload were imported by our parent, whose warnings are not this program's.
    warnings.resetwarnings()
    warnings.simplefilter("default", DeprecationWarning)
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.filterwarnings("ignore", category=category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    # A program that asks for no GPU is kept from the driver: what torch says to that is not for readers.
    warnings.filterwarnings("ignore", message="CUDA initialization: ", category=UserWarning)
