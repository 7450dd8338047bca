"""Building once what the workers of one test run share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hexapla.storage import files


def once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Path]) -> Path:
    """Return what `build` makes in an empty folder, after building it where no other worker has.

    `name` tells the sites of one module apart: two modules never share one.
    """
    top = factory.getbasetemp()
    folder = (top.parent if "PYTEST_XDIST_WORKER" in os.environ else top) / f"once-{build.__module__}-{name}"
    with files.locked(folder):
        done = folder / "done"
        if not done.is_file():
            done.write_text(str(build(folder / "site of one's own")), encoding="utf-8")
    return Path(done.read_text(encoding="utf-8"))
