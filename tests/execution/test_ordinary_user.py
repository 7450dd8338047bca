"""The sandbox as an ordinary user has it, where the tests run as root: the same Python, started by nobody."""

import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hexapla
from hexapla.execution.sandbox import sandbox

from .sandbox.attempts import baited
from .sandbox.walking import ATTACKS, WALK, faults

NOBODY = 65534
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="all other tests are such a user's"
    ),
    pytest.mark.skipif(bool(sandbox.lacking_layers()), reason="this machine has no sandbox"),
]

DOCTOR = """
import json
from hexapla.execution import doctor
print(json.dumps({row.name: [row.enforced, row.why] for row in doctor.examine()}))
"""
WORK = """
import json, sys
from hexapla.model.program import Cell, Program
from hexapla.model.run import Options
from hexapla.execution.client import ForkServer
code = sys.argv[1]
cell = Cell(id="c", code=code, path="posts/p.md", line=1)
with ForkServer(Options(preload=tuple(sys.argv[2:]))) as server:
    run = server.run(Program(slug="p", variant="", cells=(cell,), languages=("en",))).cells[0]
print(json.dumps([run.status, run.message, [getattr(one, "text", "") for one in run.outputs]]))
"""
LOADER = """
import multiprocessing, os, torch
from torch.utils.data import DataLoader, TensorDataset
loader = DataLoader(TensorDataset(torch.arange(8)), batch_size=4, num_workers=2)
print([batch[0].tolist() for batch in loader])
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, 2]))
open("mine", "w").write("x")
print(os.access("mine", os.R_OK), os.getuid())
"""


def _python() -> str:
    """Return a Python of this version that nobody may start."""
    for python in (sys.executable, f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        command = [python, "-c", "pass"]
        try:
            if subprocess.run(command, user=NOBODY, group=NOBODY, extra_groups=(), cwd="/").returncode == 0:
                return python
        except OSError:
            continue
    pytest.skip("there is no Python of this version outside of root's own folder")


@pytest.fixture(scope="module")
def as_nobody() -> Iterator[Callable[..., str]]:
    """Run Python code as nobody, in an environment of its own with the packages of this one."""
    folder = Path(tempfile.mkdtemp(prefix="hexapla-nobody-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        subprocess.run([_python(), "-m", "venv", "--without-pip", folder / "venv"], check=True)
        packages = next((folder / "venv/lib").glob("python*/site-packages"))
        here = [str(Path(hexapla.__file__).resolve().parent.parent), *site.getsitepackages()]
        (packages / "here.pth").write_text("\n".join(here) + "\n")
        (folder / "home").mkdir()
        os.chown(folder / "home", NOBODY, NOBODY)

        def run(code: str, *arguments: str) -> str:
            done = subprocess.run(
                [folder / "venv/bin/python", "-c", code, *arguments],
                user=NOBODY,
                group=NOBODY,
                extra_groups=(),
                cwd=folder / "home",
                env={"HOME": str(folder / "home"), "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        try:
            run("import torch")
        except AssertionError as error:
            pytest.skip(f"nobody can't read the packages: {error}"[:200])
        yield run
    finally:
        shutil.rmtree(folder)


def _has_namespaces(as_nobody: Callable[..., str]) -> bool:
    code = "import ctypes; print(ctypes.CDLL(None).unshare(0x10020000))"
    return as_nobody(code).strip() == "0"


def test_each_protection_holds(as_nobody: Callable[..., str]) -> None:
    rows = json.loads(as_nobody(DOCTOR))
    assert len(rows) > 15
    allowed = set()
    if (
        as_nobody("from hexapla.execution.sandbox import broker; print(broker.answers_sockets())").strip()
        == "False"
    ):
        allowed |= {"no named sockets of others", "no datagrams to others"}
    if not _has_namespaces(as_nobody):
        allowed |= {
            "no files of others in shared memory",
            "no change of modes and times outside",
            "no list of others' sockets",
        }
    assert {name for name, (enforced, _) in rows.items() if not enforced} <= allowed, rows


def test_ordinary_programs_work(as_nobody: Callable[..., str]) -> None:
    status, message, shown = json.loads(as_nobody(WORK, LOADER, "torch"))
    assert (status, message) == ("ok", "")
    assert "".join(shown) == f"[[0, 1, 2, 3], [4, 5, 6, 7]]\n[1, 2]\nTrue {NOBODY}\n"


def test_each_system_call_is_answered_as_the_table_says(as_nobody: Callable[..., str]) -> None:
    status, message, shown = json.loads(as_nobody(WORK, WALK))
    assert (status, message) == ("ok", "")
    assert faults(json.loads("".join(shown))) == []


LEAVING = """
import contextlib, os
for folder in ("a", "a/b"):
    os.mkdir(folder)
    open(folder + "/file", "w").close()
for folder in ("a/b", "a", ".", "..", "../.."):
    with contextlib.suppress(OSError):
        os.chmod(folder, 0)
"""
SERVED = """
import os, sys
from pathlib import Path
from hexapla.model.program import Cell, Program
from hexapla.model.run import Options
from hexapla.execution.client import ForkServer
with ForkServer(Options(preload=())) as server:
    for code in (sys.argv[1], "print('next')"):
        cell = Cell(id="c", code=code, path="posts/p.md", line=1)
        run = server.run(Program(slug="p", variant="", cells=(cell,), languages=("en",))).cells[0]
        print(run.status, run.message, *(output.text for output in run.outputs))
    folder = server._folder
    print(sorted(path.name for path in folder.iterdir() if path.name.isdigit()))
print(folder.exists())
"""


WITHOUT_NAMESPACES = """
import os
from pathlib import Path
from hexapla.execution import server_environment
known = server_environment.variables
def environment():
    module = "hexapla.execution.sandbox.mounts"
    Path("machine").mkdir(exist_ok=True)
    Path("machine/sitecustomize.py").write_text(f"import {module}\\n{module}.own_namespaces_of_user = lambda **_: False\\n")
    given = known()
    return given | {"PYTHONPATH": f"{os.getcwd()}/machine:{given['PYTHONPATH']}"}
server_environment.variables = environment
"""
"""What makes a machine, before a program of the tests, one that lets users make no namespace."""
NAMESPACES = {"with namespaces": "", "where users may make none": WITHOUT_NAMESPACES}


@pytest.mark.parametrize("machine", NAMESPACES.values(), ids=NAMESPACES)
def test_a_program_that_locks_its_folders_up_leaves_nothing_and_keeps_nobody_out(
    as_nobody: Callable[..., str], machine: str
) -> None:
    lines = as_nobody(machine + SERVED, LEAVING).splitlines()
    assert [line.strip() for line in lines if line.strip()] == ["ok", "ok  next", "[]", "False"]


@pytest.mark.parametrize("machine", NAMESPACES.values(), ids=NAMESPACES)
def test_no_call_reaches_another_process_or_what_processes_share(
    as_nobody: Callable[..., str], machine: str
) -> None:
    assert json.loads(as_nobody(machine + WORK, ATTACKS)) == ["ok", "", ["none\n"]]


WITHOUT_NAMESPACES_OPEN = [
    "a file given another owner",
    "a file's modes by a path handle",
    "the list of connections",
    "the list of sockets",
]
"""What SECURITY.md says is not kept there, of a file that is the user's own."""
OPEN = {"with namespaces": [], "where users may make none": WITHOUT_NAMESPACES_OPEN}


@pytest.mark.parametrize("machine", NAMESPACES)
def test_no_attempt_gets_through_but_what_is_said_to_be_open(
    as_nobody: Callable[..., str], machine: str
) -> None:
    if machine == "with namespaces" and not _has_namespaces(as_nobody):
        pytest.skip("this machine lets users make no namespaces")
    with tempfile.TemporaryDirectory(dir="/tmp") as name, baited(Path(name)) as attempts:
        Path(name).chmod(0o777)
        Path(f"{name}.program").write_text(attempts)
        os.chown(Path(name, "bait"), NOBODY, NOBODY)
        code = WORK.replace("sys.argv[1]", "open(sys.argv[1]).read()")
        try:
            status, message, shown = json.loads(as_nobody(NAMESPACES[machine] + code, f"{name}.program"))
        finally:
            Path(f"{name}.program").unlink()
    *through, last = "".join(shown).splitlines()
    assert (status, message, last) == ("ok", "", "that was all of them")
    assert sorted(through) == OPEN[machine]


def test_without_namespaces_the_doctor_says_what_is_open(as_nobody: Callable[..., str]) -> None:
    rows = json.loads(as_nobody(WITHOUT_NAMESPACES + DOCTOR))
    allowed = {
        "no files of others in shared memory",
        "no change of modes and times outside",
        "no list of others' sockets",
    }
    assert {name for name, (enforced, _) in rows.items() if not enforced} == allowed, rows
    assert all("make a namespace" in rows[name][1] or "lets no user" in rows[name][1] for name in allowed)
