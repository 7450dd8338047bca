"""What the processes of a program use together, and ending and removing all that is left of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexapla.execution.sandbox import limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture
def sleeping() -> Iterator[list[int]]:
    """A process, its child and that one's child; the last is in a session of its own."""
    code = (
        "import os, time\nif os.fork() == 0:\n    if os.fork() == 0: os.setsid()\n"
        "print('x', flush=True)\ntime.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-S", "-c", code], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        for _ in range(3):
            first.stdout.readline()
        processes = [first.pid, *limits.descendants(first.pid)]
        yield processes
        for process in processes:
            limits.kill_group(process)


def test_descendants_are_told_parents_first(sleeping: list[int]) -> None:
    assert len(sleeping) == 3
    parents = [limits._parent(process) for process in sleeping]
    assert parents == [os.getpid(), *sleeping[:2]]
    assert limits.children(sleeping[2]) == ()


def test_a_process_that_is_gone_has_none_and_is_ended_again_in_vain() -> None:
    done = subprocess.Popen(["true"])
    done.wait()
    assert limits.children(done.pid) == ()
    limits.kill_group(done.pid)


def test_a_group_ends_in_one_step(sleeping: list[int]) -> None:
    def has_ended() -> bool:
        stat = Path(f"/proc/{sleeping[2]}/stat")
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"

    limits.kill_group(sleeping[2])
    until = time.monotonic() + 30
    while not has_ended() and time.monotonic() < until:
        time.sleep(0.01)
    assert has_ended()


def test_removing_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    limits.remove_folder(tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_removed_whatever_its_modes(tmp_path: Path) -> None:
    folder = tmp_path / "-locked ü"
    (folder / "a/b").mkdir(parents=True)
    (folder / "a/b/file").touch(mode=0)
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "link").symlink_to(outside)
    for path in (folder / "a/b", folder / "a", folder):
        path.chmod(0)
    limits.remove_folder(folder)
    assert list(tmp_path.iterdir()) == [outside]
    assert outside.stat().st_mode & 0o777 == 0o755


def test_a_folder_is_removed_however_deep_it_is(tmp_path: Path) -> None:
    here = Path.cwd()
    (tmp_path / "deep").mkdir()
    os.chdir(tmp_path / "deep")
    try:
        for _ in range(1500):
            Path("d" * 20).mkdir()
            os.chdir("d" * 20)
    finally:
        os.chdir(here)
    limits.remove_folder(tmp_path / "deep")
    assert list(tmp_path.iterdir()) == []


def test_a_child_is_told_of_once_it_has_ended() -> None:
    process = os.fork()
    if process == 0:
        time.sleep(600)
    child = limits.Child(process)
    try:
        assert not child.has_ended()
        assert child.pause == float("inf")
        os.kill(process, signal.SIGTERM)
        assert child.has_ended(wait=True) and child.has_ended()
        assert os.WTERMSIG(child.status) == signal.SIGTERM
    finally:
        child.close()


def test_what_a_user_has_is_counted() -> None:
    assert limits.count_of_user(os.geteuid()) >= 1
    assert limits.count_of_user(61999) == 0
