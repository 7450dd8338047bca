"""mkdocs as a process: a server that ends, however that may be, leaves no site behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hexapla.execution import scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")


@contextmanager
def served(folder: Path, *before: str) -> Iterator[subprocess.Popen[str]]:
    """Serve a site of two lines, until the block ends; `before` stands before the command."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "index.md").write_text("# A site\n")
    (folder / "tmp").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text("site_name: A site\ntheme:\n  name: mkdocs\nplugins: []\n")
    command = [*before, sys.executable, "-m", "hexapla.adapters.mkdocs", "serve", "--dev-addr", "127.0.0.1:0"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Serving on" in line:
                break
        try:
            yield process
        finally:
            process.kill()


def sites(folder: Path) -> list[str]:
    return [path.parent.name for path in (folder / "tmp").rglob("index.html")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_one_that_is_told_to_end_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as process:
        assert len(sites(tmp_path)) == 1
        process.send_signal(number)
        process.wait(60)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_a_killed_one_leaves_the_next_removes_and_nobody_takes_that_of_one_that_runs(
    tmp_path: Path,
) -> None:
    with served(tmp_path) as killed:
        killed.kill()
        killed.wait()
        left = sites(tmp_path)
    with served(tmp_path):
        kept = sites(tmp_path)
        assert len(left) == len(kept) == 1 and left != kept
        command = [sys.executable, "-c", f"from {scratch.__name__} import *\nmake_folder()"]
        subprocess.run(command, env=os.environ | {"TMPDIR": str(tmp_path / "tmp")}, check=True)
        assert sites(tmp_path) == kept


def test_one_that_outlives_its_terminal_goes_on(tmp_path: Path) -> None:
    with served(tmp_path, "nohup") as process:
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        assert len(sites(tmp_path)) == 1
