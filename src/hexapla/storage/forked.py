"""Forked: work done in a copy of this process, which knows all that this one does, while this one goes on."""

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from hexapla.storage.signals import WATCH

CAN_FORK = hasattr(os, "fork")
"""Whether there is such a thing here."""
_LOOK = 0.5
"""How often, in seconds, the copy looks whether the process that it is of is still there."""


def may_fork() -> bool:
    """Return whether a copy of this process would be whole: of several threads that work it has only one."""
    working = [thread for thread in threading.enumerate() if thread.name != WATCH]
    return CAN_FORK and sys.platform == "linux" and len(working) == 1


class Forked:
    """A piece of work in a copy of this process. The copy says nothing, and ends with the process that it is of."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        """Begin the work."""
        # No name that somebody else could take it by.
        self._result = tempfile.TemporaryFile()  # noqa: SIM115 - closed where it is read
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            status = 1
            with suppress(BaseException):
                _begin(parent)
                self._result.write(work())
                self._result.flush()
                status = 0
            os._exit(status)

    def result(self) -> bytes | None:
        """Wait for what the work gives; None where it came to no end."""
        _, status = os.waitpid(self._process, 0)
        with self._result as file:
            file.seek(0)
            return file.read() if status == 0 else None


def _begin(parent: int) -> None:
    """Have this process say nothing, and end at once where it is told to, or when the one that it is of has ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
