"""However many programs one fork server runs, it holds no more than at first; `benchmarks/soak.py` is the long way."""

import gc
import sys
from pathlib import Path

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.executor import run_programs
from hexapla.execution.sandbox import limits
from hexapla.model.run import Options

from .conftest import program

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")]
CODES = (
    "import subprocess\nsubprocess.run(['true'])",
    "open('file', 'wb').write(bytes(10**6))",
    "import os\nif os.fork() == 0:\n    os.setsid()\n    os.execv('/bin/sleep', ['sleep', '60'])",
    "1 / 0",
)


def use(process: int) -> tuple[int, int]:
    """Return the open files and the processes of a server."""
    processes = [process, *limits.descendants(process)]
    return sum(len(list(Path(f"/proc/{each}/fd").iterdir())) for each in processes), len(processes)


def test_files_processes_and_folders_stay_as_they_are() -> None:
    with ForkServer(Options(preload=(), jobs=2)) as server:
        gc.disable()  # what is closed only by chance would be seen
        try:
            uses = []
            for _ in range(4):
                programs = [program(CODES[number % len(CODES)], slug=f"p{number}") for number in range(24)]
                assert len(list(run_programs(programs, server.options, server=server))) == len(programs)
                ours = len(list(Path("/proc/self/fd").iterdir()))
                uses.append((ours, *use(server._process.pid)))
        finally:
            gc.enable()
        assert uses[1] == uses[2] == uses[3]
        assert [path for path in server._folder.iterdir() if path.name.isdigit()] == []
