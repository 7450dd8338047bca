"""What root gives up for a program, and what is removed of it."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import privileges, sandbox
from hexapla.model.run import Options, Run

from ..conftest import another_machine, program, shown

Runner = Callable[..., Run]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root has privileges to give up"),
]

STATUS = (
    "for line in open('/proc/self/status'):\n"
    "    if line.split(':')[0] in ('Uid', 'Gid', 'Groups') or line.startswith('Cap'): print(*line.split())"
)


def test_no_id_and_no_capability_of_roots_is_left(run: Runner) -> None:
    rows = dict(
        line.split(" ", 1) for line in f"{shown(run(STATUS).cells[0])} ".replace("\n", " \n").splitlines()
    )
    for kind in ("Uid:", "Gid:"):
        assert len(set(rows[kind].split())) == 1
        assert privileges.lent_user(0) <= int(rows[kind].split()[0]) < privileges.lent_user(0) + 478
    assert rows["Groups:"].split() == []
    assert {int(value, 16) for kind, value in rows.items() if kind.startswith("Cap")} == {0}


def test_python_is_read_where_it_lies_in_a_closed_folder(run: Runner) -> None:
    code = (
        "import os, subprocess, sys\n"
        "print(subprocess.run([sys.executable, '-c', 'import json; print(json.loads(\"[1]\"))'], "
        "capture_output=True, text=True).stdout)\nprint(os.access(os.__file__, os.R_OK))"
    )
    assert shown(run(code).cells[0]) == "[1]\n\nTrue\n"


CLOSED = {
    "root comes back neither really nor for good": (
        "import os\ntry: os.setresuid(0, 0, 0)\nexcept PermissionError: print(os.getuid() >= 60706, os.geteuid())",
        "True 0\n",
    ),
    "a shell": ("import subprocess\nprint(subprocess.run('echo $((6 * 7))', shell=True).returncode)", "42\n0\n"),
    "workers": (
        "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
        "[1, 2]\n",
    ),
    "the limits of another": (
        "import os, resource\ntry: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (9, 9))\n"
        "except PermissionError: print('refused')",
        "refused\n",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def lending_nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    """A server as where root's packages are root's alone."""
    folder = tmp_path_factory.mktemp("closed")
    name = "hexapla.execution.sandbox.privileges"
    (folder / "sitecustomize.py").write_text(f"import {name}\n{name}.can_lend = lambda *_: False\n")
    with another_machine(folder), ForkServer(Options(preload=())) as server:
        yield server


@pytest.mark.parametrize("name", CLOSED)
def test_where_nobody_is_lent_programs_run_and_are_kept_all_the_same(
    lending_nothing: ForkServer, name: str
) -> None:
    code, printed = CLOSED[name]
    (cell,) = lending_nothing.run(program(code)).cells
    assert (cell.message, shown(cell)) == ("", printed)


def test_what_a_lent_user_leaves_in_shared_memory_is_removed_and_nothing_else() -> None:
    kept, gone, folder = (Path("/dev/shm") / f"hexapla-test-{name}" for name in ("kept", "gone", "folder"))
    try:
        kept.touch()
        gone.touch()
        folder.mkdir()
        for path in (gone, folder):
            privileges.give(path, 5)
        privileges.remove_shared(5)
        assert [path.exists() for path in (kept, gone, folder)] == [True, False, False]
    finally:
        kept.unlink()


def test_nobody_is_lent_what_nobody_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    packages = tmp_path / "site-packages"
    (packages / "closed").mkdir(parents=True)
    (packages / "closed").chmod(0o700)
    assert not privileges.can_lend(tmp_path, [packages])
    (packages / "closed").chmod(0o755)
    assert privileges.can_lend(tmp_path, [packages])
    assert not privileges.can_lend(tmp_path / "other", [packages])  # there is no such folder to try it in
    assert list(tmp_path.iterdir()) == [packages]
