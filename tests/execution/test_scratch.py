import os
import tempfile
from pathlib import Path

import pytest

from hexapla.execution import client, scratch
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


def test_who_is_interrupted_before_a_server_runs_leaves_no_folder(temporary, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(client.subprocess, "Popen", interrupted)
    with pytest.raises(KeyboardInterrupt), ForkServer(Options(preload=())):
        pytest.fail("it is started")
    assert list(temporary.iterdir()) == []
