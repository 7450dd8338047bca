"""Control groups: read and written in a folder that stands in for the kernel's, and real ones where there are some."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from hexapla.execution import worker
from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import control_groups
from hexapla.execution.sandbox.control_groups import Delegation, Group, found, own_folders, settings
from hexapla.model.run import Limits, Options, Status

from ..conftest import program, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="control groups are Linux's")

GIB = 2**30
UNIFIED = "26 20 0:24 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
HYBRID = (
    "30 20 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "31 20 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
)
PLACES = {
    "the user's": (
        UNIFIED,
        "0::/user.slice/a.scope\n",
        ["/sys/fs/cgroup/user.slice/a.scope", "/sys/fs/cgroup/user.slice", "/sys/fs/cgroup"],
    ),
    "the top": (UNIFIED, "0::/\n", ["/sys/fs/cgroup"]),
    "beside version 1": (
        HYBRID,
        "4:memory:/x\n0::/y\n",
        ["/sys/fs/cgroup/unified/y", "/sys/fs/cgroup/unified"],
    ),
    "a part is mounted": (
        UNIFIED.replace(" / /sys", " /box /sys"),
        "0::/box/a\n",
        ["/sys/fs/cgroup/a", "/sys/fs/cgroup"],
    ),
    "another part is mounted": (UNIFIED.replace(" / /sys", " /box /sys"), "0::/other\n", []),
    "ours is above what is mounted": (UNIFIED, "0::/../../other\n", []),
    "a blank in the name": (UNIFIED.replace("/sys/fs", "/a\\040b"), "0::/\n", ["/a b/cgroup"]),
    "a blank in the group": (UNIFIED, "0::/a b\n", ["/sys/fs/cgroup/a b", "/sys/fs/cgroup"]),
    "version 1 alone": (HYBRID.splitlines()[0], "4:memory:/x\n", []),
    "not mounted": ("22 1 0:20 / /proc rw - proc proc rw\n", "0::/a\n", []),
    "nothing": ("", "", []),
}


@pytest.mark.parametrize(("mountinfo", "membership", "folders"), PLACES.values(), ids=PLACES)
def test_where_the_groups_of_a_process_are(mountinfo: str, membership: str, folders: list[str]) -> None:
    assert list(map(str, own_folders(mountinfo, membership))) == folders


def test_what_a_group_is_told() -> None:
    assert settings(Limits(memory=GIB, processes=7)) == {
        "memory.max": "1073741824",
        "memory.swap.max": "0",
        "memory.oom.group": "1",
        "pids.max": "7",
    }


EVENTS = {
    "its own limit": ("low 0\nhigh 0\nmax 9\noom 1\noom_kill 2\noom_group_kill 1\n", True),
    "the machine's": ("max 0\noom 0\noom_kill 1\n", False),
    "memory was found in time": ("max 900\noom 0\noom_kill 0\n", False),
    "nobody was ended": ("max 9\noom 1\noom_kill 0\n", False),
    "strange": ("oom\noom_kill many\n\n", False),
    "empty": ("", False),
}


@pytest.mark.parametrize(("events", "past"), EVENTS.values(), ids=EVENTS)
def test_who_was_past_its_memory(tmp_path: Path, events: str, past: bool) -> None:
    (tmp_path / "memory.events").write_text(events)
    assert Group(folder=tmp_path).is_past_memory() is past


def test_a_group_that_is_gone_was_past_nothing(tmp_path: Path) -> None:
    Group(folder=tmp_path / "gone").remove()
    assert not Group(folder=tmp_path / "gone").is_past_memory()


NOT_HERE = {
    "nothing": ((), "", "no version 2 of control groups is mounted"),
    "neither": (("",), "", "control groups of version 2 have no controller of memory and pids here"),
    "one": (("",), "cpu io pids", "control groups of version 2 have no controller of memory here"),
}


@pytest.mark.parametrize(("folders", "controllers", "why"), NOT_HERE.values(), ids=NOT_HERE)
def test_why_there_are_none(tmp_path: Path, folders: tuple[str, ...], controllers: str, why: str) -> None:
    (tmp_path / "cgroup.controllers").write_text(controllers)
    assert found(tuple(tmp_path / name for name in folders)) == Delegation(folder=None, why=why)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, "no control group is given to this user (Permission denied)"),
        (errno.EROFS, "no control group is given to this user (Read-only file system)"),
        (
            errno.EBUSY,
            "this process's control group has processes in it and none above it is this user's: start hexapla by "
            "`systemd-run --user --scope`",
        ),
    ],
)
def test_the_first_reason_is_told_where_no_group_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "cgroup.controllers").write_text("memory pids\n")

    def write(file: Path, value: str) -> None:
        assert value == "+memory +pids"
        raise OSError(number if file.parent.name == "a" else errno.EPERM, "no")

    monkeypatch.setattr(control_groups, "_write", write)
    assert found((tmp_path / "a", tmp_path)) == Delegation(folder=None, why=why)


Written = list[tuple[str, str]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """What is written to the kernel's files, which are not there: the folder stays as empty as a group's looks to `rmdir`."""
    said: Written = []
    monkeypatch.setattr(control_groups, "_write", lambda file, value: said.append((file.name, value)))
    return said


MAKES = [("memory.max", "4294967296")]
ENDS = [("cgroup.kill", "1")]


def test_the_nearest_group_that_limits_is_taken(tmp_path: Path, written: Written) -> None:
    (tmp_path / "a").mkdir()
    for folder in (tmp_path, tmp_path / "a"):
        (folder / "cgroup.controllers").write_text("cpu memory pids\n")
        (folder / "cgroup.subtree_control").write_text("memory\n")
    assert found((tmp_path / "a", tmp_path)) == Delegation(folder=tmp_path / "a")
    # A child of this process has entered it meanwhile, whose writing is not seen here.
    assert written == [("cgroup.subtree_control", "+pids"), *MAKES, *ENDS]


def test_a_group_that_hands_down_already_is_told_nothing(tmp_path: Path, written: Written) -> None:
    (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("pids memory\n")
    assert found((tmp_path,)) == Delegation(folder=tmp_path)
    assert written == [*MAKES, *ENDS]
    Group(folder=tmp_path / "a").enter()
    assert written[-1] == ("cgroup.procs", "0")


def test_where_a_process_may_not_enter_there_is_no_group(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter(_: Group) -> None:
        raise PermissionError

    (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    monkeypatch.setattr(Group, "enter", enter)
    why = "no control group is given to this user (Permission denied)"
    assert found((tmp_path,)) == Delegation(folder=None, why=why)
    assert written[-1:] == ENDS
    assert not list(tmp_path.glob("hexapla-*"))


def test_what_those_left_who_were_killed_is_removed(tmp_path: Path, written: Written) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    for name in (f"hexapla-{child.pid}", f"hexapla-{os.getppid()}", f"hexapla-{os.getpid()}", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    assert found((tmp_path,)).folder == tmp_path
    left = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert left == {f"hexapla-{os.getppid()}", "other"}


def real() -> Path:
    given = control_groups.delegation()
    if given.folder is None:
        pytest.skip(given.why)
    return given.folder


@pytest.fixture
def group() -> Iterator[Group]:
    made = Group.make(real(), Limits(memory=64 * 2**20, processes=8))
    yield made
    made.remove()
    assert not made.folder.exists()


def inside(group: Group, code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a group."""
    return subprocess.run(
        [sys.executable, "-S", "-c", code],
        preexec_fn=group.enter,
        capture_output=True,
        text=True,
        check=False,
    )


HUNGRY: Mapping[str, str] = {
    "one process": "x = b'x' * (96 * 2**20)",
    "several": "import os, time\nfor n in range(4):\n    if os.fork() == 0:\n        x = b'x' * (24 * 2**20)\n        time.sleep(60)\ntime.sleep(60)",
    "a file in memory": "import os\nhandle = os.memfd_create('x')\nfor _ in range(96): os.write(handle, bytes(2**20))",
    "memory that nobody maps any more": "import mmap\nx = mmap.mmap(-1, 96 * 2**20)\nfor _ in range(96): x.write(bytes(2**20))",
}


@pytest.mark.parametrize("code", HUNGRY.values(), ids=HUNGRY)
def test_the_kernel_ends_all_of_who_is_past_its_memory(group: Group, code: str) -> None:
    assert inside(group, code).returncode == -9
    assert group.is_past_memory()
    assert (group.folder / "cgroup.procs").read_text() == ""


def test_the_kernel_counts_its_processes(group: Group) -> None:
    code = "import os, time\ntry:\n    while True:\n        if os.fork() == 0:\n            time.sleep(60)\nexcept BlockingIOError: print('no more', flush=True)"
    with subprocess.Popen(
        [sys.executable, "-S", "-c", code], preexec_fn=group.enter, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "no more\n"
        assert len((group.folder / "cgroup.procs").read_text().split()) == 8
        group.remove()


def test_an_abandoned_group_is_removed_and_one_in_use_is_not(group: Group) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    abandoned = group.folder.parent / f"hexapla-{child.pid}"
    abandoned.mkdir()
    control_groups._remove_abandoned(group.folder.parent)
    assert not abandoned.exists()
    assert group.folder.exists()


@pytest.mark.parametrize("sandbox", ["auto", "off"])
def test_a_program_is_limited_by_its_group_and_leaves_none(sandbox: str) -> None:
    parent = real()
    limits = Limits(memory=200 * 2**20, processes=16)
    before = set(parent.iterdir())
    with ForkServer(Options(preload=(), limits=limits, sandbox=sandbox)) as server:
        hidden = (
            "import os\nhandle = os.memfd_create('x')\nfor _ in range(400): os.write(handle, bytes(2**20))"
        )
        (ran,) = server.run(program(hidden)).cells
        assert (ran.status, ran.message) == (
            Status.LIMIT,
            "Its processes used more than 200 MiB of memory together.",
        )
        (ran,) = server.run(program("print(open('/proc/self/cgroup').read())")).cells
        assert "/hexapla-" in shown(ran)
        (ran,) = server.run(program("import os\nprint(os.getpid() > 0)")).cells
        assert shown(ran) == "True\n"
    assert set(parent.iterdir()) - before == set()


def test_a_program_runs_where_no_group_can_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(control_groups, "delegation", lambda: Delegation(folder=tmp_path / "gone"))
    assert worker._group(Limits()) is None
    monkeypatch.setattr(control_groups, "delegation", lambda: Delegation(folder=None))
    assert worker._group(Limits()) is None
    monkeypatch.setattr(control_groups, "delegation", lambda: Delegation(folder=tmp_path))
    assert worker._group(Limits()) is None  # no file of the kernel's in it
    assert list(tmp_path.iterdir()) == []


def test_the_present_process_has_a_group_or_a_reason() -> None:
    given = control_groups.delegation()
    assert (given.folder is None) == bool(given.why)
    if given.folder:
        assert not (given.folder / f"hexapla-{os.getpid()}").exists()
