"""Rest: what other pages show of an article that was edited, written by a process that its author does not wait for."""

import os
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from hexapla.render.write import is_ours

_NICE = 10
"""How nice the process is to those whose author waits for them (POSIX, `nice`)."""


class Rest:
    """The process of a site that writes all of its pages below docs/."""

    def __init__(self, file: Path) -> None:
        """Take the site's mkdocs.yml."""
        self._file = file
        self.process: subprocess.Popen[bytes] | None = None
        """The one that began last."""

    def begin(self) -> None:
        """Begin to write what differs."""
        command = [sys.executable, "-m", "hexapla.cli", "pages", "-f", str(self._file)]
        with suppress(OSError):
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if os.name == "posix":
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICE)

    def end(self) -> None:
        """End the process: a later one repeats what it would have done."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def has_written(self, paths: Collection[Path], docs: Path) -> bool:
        """Return whether edited files are such as only this process writes: pages of ours."""
        return bool(paths) and all(
            path.is_relative_to(docs) and path.suffix == ".md" and path.exists() and is_ours(path)
            for path in paths
        )
