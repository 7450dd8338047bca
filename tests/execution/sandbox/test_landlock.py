"""Landlock by itself: in a child, since what it takes away does not come back."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hexapla.execution.sandbox import landlock

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi(), reason="this kernel has no Landlock"
)

RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16, 9: 17}


def test_each_version_knows_more_rights():
    assert {version: landlock.all_rights(version).bit_length() for version in RIGHTS} == RIGHTS


def inside(action: Callable[[], object], folder: Path, **more: object) -> str:
    """Return the name of what an action raises in a process that may read and write below a folder only."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        name = ""
        try:
            landlock.restrict_files(
                **{"readable": [], "writable": [folder], "devices": [], "network": False, **more}
            )
            action()
        except BaseException as error:
            name = type(error).__name__
        os.write(theirs, name.encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(process, 0)
    with os.fdopen(ours) as said:
        return said.read()


def test_below_the_folder_everything_goes(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a/file").write_text("text")
        (tmp_path / "a/file").rename(tmp_path / "file")
        os.mkfifo(tmp_path / "pipe")
        assert (tmp_path / "file").read_text() == "text"

    assert inside(work, tmp_path) == ""


OUTSIDE: dict[str, Callable[[Path], object]] = {
    "reading": lambda path: path.read_text(),
    "writing": lambda path: path.write_text("changed"),
    "removing": lambda path: path.unlink(),
    "listing": lambda path: list(path.parent.iterdir()),
    "moving": lambda path: path.rename(path.parent / "in/moved"),
    "a new folder": lambda path: (path.parent / "new").mkdir(),
}


@pytest.mark.parametrize("action", OUTSIDE.values(), ids=OUTSIDE)
def test_outside_nothing_goes(tmp_path: Path, action: Callable[[Path], object]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").write_text("text")
    assert inside(lambda: action(tmp_path / "out"), tmp_path / "in") in ("PermissionError", "OSError")
    assert (tmp_path / "out").read_text() == "text"


def test_what_may_be_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "read").write_text("text")
    readable = {"readable": [tmp_path / "read", tmp_path / "not there"]}
    assert inside(lambda: (tmp_path / "read").read_text(), tmp_path / "in", **readable) == ""
    write = inside(lambda: (tmp_path / "read").write_text("x"), tmp_path / "in", **readable)
    assert write == "PermissionError"


def test_a_device_is_read_and_written_and_none_is_made(tmp_path: Path) -> None:
    devices = {"devices": [Path("/dev/null")]}
    assert inside(lambda: Path("/dev/null").write_text("x"), tmp_path, **devices) == ""
    assert inside(lambda: os.open("/dev/zero", os.O_RDONLY), tmp_path, **devices) == "PermissionError"


@pytest.mark.skipif(landlock.abi() < 4, reason="it knows no network")
@pytest.mark.parametrize(("network", "raised"), [(False, "PermissionError"), (True, "")])
def test_the_network_is_closed_unless_it_is_asked_for(tmp_path: Path, network: bool, raised: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        address = here.getsockname()
        assert inside(lambda: socket.socket().connect(address), tmp_path, network=network) == raised


@pytest.mark.skipif(landlock.abi() < landlock.SCOPES, reason="it knows no signals")
def test_signals_stay_within(tmp_path: Path) -> None:
    assert inside(lambda: os.kill(os.getppid(), 0), tmp_path) == "PermissionError"
    assert inside(lambda: os.kill(os.getpid(), 0), tmp_path) == ""
