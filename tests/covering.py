"""Coverage of programs' processes: a plugin of coverage.py that every measured process loads.

A program's process may write in its scratch folder only, so what was measured in it is left there, and the
process that removes the folder brings it to where all the other measurements are.
"""

import base64
import contextlib
import json
import os
import shutil
import sqlite3.dump  # noqa: F401 - what writes the measurements, while files can still be read
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageException

LEFT = "measured-by-coverage"


def coverage_init(registry: Any, options: dict[str, str]) -> None:
    """Called by coverage.py in each process; also after a fork."""
    os.register_at_fork(after_in_child=_watch_exit)
    _watch_removal()
    if not os.access(_folder(), os.W_OK):
        # A Python that a program started in its sandbox: what it would say of that at its end is no output.
        Coverage._atexit = lambda *_, **__: None  # type: ignore[method-assign]


def _folder() -> Path:
    """Return where a process that another one started leaves its measurements."""
    settings = os.environ.get("COVERAGE_PROCESS_CONFIG", "")
    return Path(json.loads(base64.b64decode(settings))["data_file"]).parent if settings else Path.cwd()


def _watch_exit() -> None:
    leave = os._exit

    def measured_exit(status: int) -> None:
        # Whatever becomes of the measurements, the process must end here: a test's own fork would go on as a second pytest.
        try:
            with contextlib.suppress(Exception):
                _leave_behind()
        finally:
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


def _collect(folder: Path) -> None:
    """Take what programs' processes have left in a folder that is removed to the other measurements."""
    coverage = Coverage.current()
    if coverage is None:
        return
    for left in (folder / LEFT, *folder.glob(f"*/{LEFT}")):
        if left.is_file():
            data = CoverageData(no_disk=True)
            data.loads(left.read_bytes())
            suffix = f"program.{os.getpid()}.{os.urandom(6).hex()}"
            target = CoverageData(basename=coverage.config.data_file, suffix=suffix)
            target.update(data)
            target.close()
