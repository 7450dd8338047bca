"""Second runs: what a program shows only by chance, found by running it again where all is otherwise that may be.

The order of a set, numbers drawn without a seed, the time, an address: readers who run the code see others.
"""

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

from hexapla.execution.client import ForkServer
from hexapla.model.output import Text
from hexapla.model.program import Program
from hexapla.model.run import CellRun, Options, Run

_HASHES, _SEED = "1", 1
"""Not those of first runs (`determinism`); a seed that an author has chosen stays."""


class SecondRuns:
    """A second fork server, with other hashes and addresses, started when it is first needed. Use it in a `with`."""

    def __init__(self, options: Options, *, preload: Sequence[str] = ()) -> None:
        self._options, self._preload = options, preload
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._server: ForkServer | None = None

    def __enter__(self) -> "SecondRuns":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def stop(self) -> None:
        """End what still runs."""
        if self._server:
            self._server.stop()

    def told(self, program: Program, done: Run) -> Run:
        """Return a run that tells which of its cells printed something else in a second one."""
        if not any(_texts(cell) for cell in done.cells):
            return done
        settings = replace(program.settings, seed=program.settings.seed or _SEED)
        again = self._started().run(replace(program, settings=settings))
        pairs = zip(done.cells, again.cells, strict=True)
        return replace(done, cells=tuple(_compared(once, later) for once, later in pairs))

    def _started(self) -> ForkServer:
        with self._lock:
            if self._server is None:
                server = ForkServer(self._options, preload=self._preload, hashes=_HASHES)
                self._server = self._stack.enter_context(server)
            return self._server


def _compared(once: CellRun, later: CellRun) -> CellRun:
    return replace(once, varies=bool(_texts(once)) and _texts(once) != _texts(later))


def _texts(cell: CellRun) -> list[tuple[str, str]]:
    return [(output.kind, output.text) for output in cell.outputs if isinstance(output, Text)]
