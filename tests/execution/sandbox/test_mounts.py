"""Which files a program sees: the way to what it reads, through folders that let nobody but their owner through."""

import os
import sys
from pathlib import Path

import pytest

from hexapla.execution.sandbox import mounts, sandbox

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder that lets nobody through, with a Python behind links, as `uv` has it."""
    closed = tmp_path / "home"
    (closed / "pythons/3.11.7/bin").mkdir(parents=True)
    (closed / "pythons/3.11.7/bin/python").touch()
    (closed / "pythons/3.11").symlink_to("3.11.7")
    (closed / "secret").touch()
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv/python").symlink_to(closed / "pythons/3.11/bin/python")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    closed.chmod(0o700)
    return tmp_path


def test_a_way_names_each_link_and_the_end(tree: Path) -> None:
    way = mounts.way(tree / "venv/python")
    assert way.links == (tree / "venv/python", tree / "home/pythons/3.11")
    assert way.end == tree / "home/pythons/3.11.7/bin/python"


def test_a_link_to_itself_ends(tree: Path) -> None:
    (tree / "round").symlink_to("round")
    assert mounts.way(tree / "round/x").end.name == "x"


def test_what_leads_there_is_open_and_all_else_is_gone(tree: Path) -> None:
    process = os.fork()
    if process == 0:
        try:
            mounts.open_ways([tree / "venv/python"])
            os.setresuid(60706, 60706, 60706)
            seen = sorted(path.name for path in (tree / "home").rglob("*"))
            readable = os.access(tree / "venv/python", os.R_OK)
            os._exit(0 if (seen, readable) == (["3.11", "3.11.7", "bin", "python", "pythons"], True) else 1)
        finally:
            os._exit(2)
    assert os.waitpid(process, 0)[1] == 0
    assert (tree / "home/secret").exists()
