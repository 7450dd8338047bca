"""Forked mkdocs: mkdocs' command line in a copy of this process, which needn't load again what both need.

Half of what a build after an edit costs on a small site is to load modules.
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Self

MODULE = "hexapla.adapters.mkdocs"
"""What `python -m` runs it by."""


class ForkedMkdocs:
    """mkdocs at work, whose standard input ends when this process does."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it."""
        said, says = os.pipe()
        reads, self._input = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(said)
            os.close(self._input)
            os._exit(_run(arguments, environment, reads=reads, says=says))
        os.close(reads)
        os.close(says)
        self.stdout = os.fdopen(said, "rb", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._input)
        self.stdout.close()

    def wait(self) -> int:
        """Wait for its end; return its exit status."""
        _, status = os.waitpid(self._process, 0)
        return os.waitstatus_to_exitcode(status)


def _run(arguments: Sequence[str], environment: Mapping[str, str], *, reads: int, says: int) -> int:
    """Do what `python -m` does; return the exit status."""
    status = 1
    try:
        for number, (name, place) in enumerate((("stdin", reads), ("stdout", says), ("stderr", says))):
            os.dup2(place, number)
            # Whatever stood there, such as a caller's that notes what is said.
            mode, errors = ("w", "backslashreplace") if number else ("r", None)
            encoding = getattr(getattr(sys, f"__{name}__"), "encoding", None)
            stream = os.fdopen(number, mode, encoding=encoding, errors=errors, closefd=False)
            setattr(sys, name, stream)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["mkdocs", *arguments]
        gc.freeze()
        import_module(f"{MODULE}.__main__").main()
        status = 0
    except SystemExit as end:
        status = _status_of(end)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return status


def _status_of(end: SystemExit) -> int:
    """Return the status with which Python would end, having said what it would say."""
    if end.code is None or isinstance(end.code, int):
        return int(end.code or 0)
    print(end.code, file=sys.stderr)
    return 1
