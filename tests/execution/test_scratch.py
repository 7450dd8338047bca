import errno
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from hexapla.execution import client, scratch, server, server_environment, wire
from hexapla.execution.client import ForkServer
from hexapla.model.run import Options


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_new_and_stays_while_it_is_held(temporary):
    first, holder = scratch.make_folder()
    (first / "file").touch()
    second, other = scratch.make_folder()
    assert first != second and (first / "file").exists()
    assert {first, second} == {path.resolve() for path in temporary.iterdir()}
    for handle in (holder, other):
        os.close(handle)


def test_what_nobody_holds_any_more_is_removed(temporary):
    first, holder = scratch.make_folder()
    (first / "1" / "home").mkdir(parents=True)
    (first / "1").chmod(0)
    os.close(holder)
    second, holder = scratch.make_folder()
    assert [path.resolve() for path in temporary.iterdir()] == [second]
    os.close(holder)


def test_a_process_that_was_started_holds_it_too():
    first, holder = scratch.make_folder()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(theirs)
        os.read(ours, 1)
        os._exit(0)
    os.close(holder)
    _, other = scratch.make_folder()
    assert first.exists()
    os.close(theirs)
    os.waitpid(child, 0)
    _, third = scratch.make_folder()
    assert not first.exists()
    for handle in (ours, other, third):
        os.close(handle)


@pytest.mark.parametrize(
    "name", ["hexapla-site", "hexapla-scratch", "my-hexapla-scratch-abcdefgh"], ids=lambda name: name
)
def test_other_folders_stay(temporary, name):
    (temporary / name).mkdir()
    _, holder = scratch.make_folder()
    assert (temporary / name).is_dir()
    os.close(holder)


def test_a_link_and_a_file_of_that_name_stay_and_what_the_link_leads_to(temporary):
    target = temporary / "elsewhere"
    target.mkdir()
    (target / "file").touch()
    (temporary / f"{scratch.PREFIX}aaaaaaaa").symlink_to(target)
    (temporary / f"{scratch.PREFIX}bbbbbbbb").touch()
    _, holder = scratch.make_folder()
    assert (target / "file").exists()
    assert len(list(temporary.iterdir())) == 4
    os.close(holder)


def test_one_that_was_removed_before_it_was_held_is_made_again(temporary, monkeypatch):
    made = tempfile.mkdtemp
    gone: list[str] = []

    def mkdtemp(**options):
        path = made(**options)
        if not gone:
            gone.append(path)
            Path(path).rmdir()
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    folder, holder = scratch.make_folder()
    assert folder.is_dir() and str(folder) not in gone
    os.close(holder)


def test_who_starts_a_server_has_no_folder_before_that_runs(temporary, monkeypatch):
    def interrupted(*_, **__):
        assert list(temporary.iterdir()) == []
        raise KeyboardInterrupt

    monkeypatch.setattr(client.subprocess, "Popen", interrupted)
    with pytest.raises(KeyboardInterrupt), ForkServer(Options(preload=())):
        pytest.fail("it is started")
    assert list(temporary.iterdir()) == []


def test_a_server_whose_client_is_gone_before_it_runs_leaves_no_folder(temporary):
    ours, theirs = socket.socketpair()
    ours.close()
    command = [sys.executable, "-P", "-m", "hexapla.execution.server", str(theirs.fileno())]
    with theirs:
        subprocess.run(command, pass_fds=[theirs.fileno()], env=server_environment.variables(), check=True)
    assert list(temporary.iterdir()) == []


def test_where_there_is_no_room_for_the_folder_the_server_says_so(monkeypatch):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(server.scratch, "make_folder", full)
    ours, theirs = socket.socketpair()
    server.main(theirs.detach())
    with ours:
        assert wire.receive(ours) == ({"fault": "No space left on device"}, [])


def test_a_held_folder_is_gone_in_the_end_and_with_who_held_it(temporary):
    with scratch.held_folder() as folder:
        (folder / "file").touch()
        assert [path.resolve() for path in temporary.iterdir()] == [folder]
    assert list(temporary.iterdir()) == []
    code = "import os, signal\nfrom hexapla.execution import scratch\nwith scratch.held_folder():\n    os.kill(0, signal.SIGKILL)"
    environment = os.environ | {"TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-c", code], env=environment, start_new_session=True, check=False)
    (left,) = temporary.iterdir()
    with scratch.held_folder() as folder:
        assert not left.exists() and folder.exists()
