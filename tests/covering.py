"""Coverage of programs' processes: a plugin of coverage.py that every measured process loads.

A program's process may write in its scratch folder only, so what was measured in it is left there, and the
process that removes the folder brings it to where all the other measurements are.
"""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageException

LEFT = "measured-by-coverage"


def coverage_init(registry: Any, options: dict[str, str]) -> None:
    """Called by coverage.py in each process; also after a fork."""
    os.register_at_fork(after_in_child=_watch_exit)
    _watch_removal()


def _watch_exit() -> None:
    leave = os._exit

    def measured_exit(status: int) -> None:
        with contextlib.suppress(CoverageException, OSError):
            _leave_behind()
        leave(status)

    if getattr(leave, "__name__", "") != "measured_exit":
        os._exit = measured_exit  # type: ignore[assignment]


def _leave_behind() -> None:
    """Where this process may not write the measurements, write them into its scratch folder."""
    coverage = Coverage.current()
    scratch = Path(os.environ.get("HOME", "/nowhere"))
    if coverage is None or os.access(Path(coverage.config.data_file).parent, os.W_OK) or not scratch.is_dir():
        return
    data = CoverageData(no_disk=True)
    coverage._collector.covdata = data
    coverage._collector.flush_data()
    (scratch / LEFT).write_bytes(data.dumps())
    coverage.stop()


def _watch_removal() -> None:
    remove = shutil.rmtree

    def measured_rmtree(path: Any, *arguments: Any, **named: Any) -> None:
        with contextlib.suppress(CoverageException, OSError):
            _collect(Path(path))
        remove(path, *arguments, **named)

    if remove.__name__ != "measured_rmtree":
        shutil.rmtree = measured_rmtree  # type: ignore[assignment]


def _collect(scratch: Path) -> None:
    """Take what a program's process has left in its scratch folder to the other measurements."""
    left = scratch / LEFT
    coverage = Coverage.current()
    if coverage is None or not left.is_file():
        return
    data = CoverageData(no_disk=True)
    data.loads(left.read_bytes())
    target = CoverageData(
        basename=coverage.config.data_file, suffix=f"program.{os.getpid()}.{os.urandom(6).hex()}"
    )
    target.update(data)
    target.close()
