"""Writing whole or not at all."""

import json
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from hexapla.storage import files


def test_writing_the_same_changes_nothing(tmp_path):
    path = tmp_path / "a" / "b.md"
    assert files.write(path, "ü\n")
    before = path.stat().st_mtime_ns
    assert not files.write(path, "ü\n")
    assert path.stat().st_mtime_ns == before
    assert [entry.name for entry in path.parent.iterdir()] == ["b.md"]


def test_line_ends_and_byte_order_mark_are_read_away(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert files.read_post(path) == "a\nb\nc\n"


def test_hidden_files_and_drafts_are_no_posts(tmp_path):
    for name in (".git/x.md", "_drafts/x.md", "a/x.md", "b.md", "c.txt"):
        files.write(tmp_path / name, "x")
    assert [path.name for path in files.posts_below(tmp_path)] == ["x.md", "b.md"]


def test_a_folder_is_replaced_whole(tmp_path):
    folder = tmp_path / "s"
    assert files.replace_folder(folder, {"a": "1", "b": "2"})
    assert not files.replace_folder(folder, {"a": "1", "b": "2"})
    assert files.replace_folder(folder, {"b": "3", "c": "4"})
    assert files.read_folder(folder) == {"b": "3", "c": "4"}
    assert sorted(entry.name for entry in folder.iterdir()) == ["b", "c"]


@pytest.mark.parametrize("crash_after", range(4))
def test_a_crash_leaves_the_old_or_the_new_folder(tmp_path, monkeypatch, crash_after):
    folder = tmp_path / "s"
    old, new = {"a": "1", "b": "2"}, {"a": "9", "c": "8"}
    files.replace_folder(folder, old)
    calls = 0
    write = files.write

    def crashing(path, text):
        nonlocal calls
        if calls == crash_after:
            raise KeyboardInterrupt
        calls += 1
        return write(path, text)

    monkeypatch.setattr(files, "write", crashing)
    try:
        files.replace_folder(folder, new)
    except KeyboardInterrupt:
        assert files.read_folder(folder) in (old, new)
    monkeypatch.undo()
    files.replace_folder(folder, new)
    assert files.read_folder(folder) == new
    assert not (folder / files.JOURNAL).exists()


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff",
        b'{"a": 1}',
        b'{"../b": "x"}',
        b'{"c/d": "x"}',
        b'{".lock": "x"}',
        b'{"": "x"}',
    ],
)
def test_a_journal_that_is_none_is_not_followed_and_goes(tmp_path, journal):
    folder = tmp_path / "s"
    files.replace_folder(folder, {"a": "1"})
    (folder / files.JOURNAL).write_bytes(journal)
    assert files.read_folder(folder) == {"a": "1"}
    files.replace_folder(folder, {"a": "2"})
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        "s/a"
    ]


def test_the_journal_is_what_a_reader_sees(tmp_path):
    folder = tmp_path / "s"
    files.replace_folder(folder, {"a": "1"})
    (folder / files.JOURNAL).write_text(json.dumps({"a": "2"}))
    assert files.read_folder(folder) == {"a": "2"}


def test_what_a_killed_process_left_is_finished_and_what_is_others_stays(tmp_path):
    folder = tmp_path / "s"
    files.replace_folder(folder, {"a": "1", "b": "1"})
    assert files.is_complete(folder)
    (folder / files.JOURNAL).write_text(json.dumps({"a": "2"}))
    (folder / f".a.x7{files.ASIDE}").write_text("ha")
    (folder / ".gitattributes").write_text("* text=auto")
    assert not files.is_complete(folder)
    files.finish_replacing(folder)
    assert files.is_complete(folder) and files.read_folder(folder) == {"a": "2"}
    assert sorted(path.name for path in folder.iterdir()) == [".gitattributes", "a"]


def test_what_is_held_is_just_this_text(tmp_path):
    path = tmp_path / "a"
    assert not files.holds(path, "")
    path.write_bytes("ü\r\n".encode())
    assert files.holds(path, "ü\r\n")
    assert not files.holds(path, "ü\n")


@pytest.mark.parametrize(("content", "text"), [(b"\xc3\xbc\r\n", "ü\r\n"), (b"\xff", ""), (None, "")])
def test_a_text_that_may_be_missing_or_damaged_is_then_empty(tmp_path, content, text):
    path = tmp_path / "a"
    if content is not None:
        path.write_bytes(content)
    assert files.read_if_there(path) == text


def test_a_file_that_is_not_written_leaves_nothing_and_the_old_one_stays(tmp_path, monkeypatch):
    path = tmp_path / "a"
    files.write(path, "old")
    monkeypatch.setattr(files.Path, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        files.write(path, "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"] and path.read_text() == "old"


def killed_while_it_writes(path, text):
    """Have a process of its own write a file, and be killed when all but the file's name is there."""
    child = os.fork()
    if child == 0:
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        files.write(path, text)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="files without a name are Linux's")
def test_who_is_killed_while_he_writes_leaves_nothing(tmp_path):
    path = tmp_path / "a"
    killed_while_it_writes(path, "first")
    assert list(tmp_path.iterdir()) == []
    files.write(path, "old")
    killed_while_it_writes(path, "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"] and path.read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_where_a_file_needs_a_name_what_is_left_is_removed(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    path = tmp_path / "a folder" / "a"
    assert files.write(path, "old") and path.read_text() == "old" and path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    killed_while_it_writes(path, "new")
    assert len(list(path.parent.iterdir())) == 2
    files.remove_asides(tmp_path)
    assert [entry.name for entry in path.parent.iterdir()] == ["a"] and path.read_text() == "old"
    assert files.write(path, "new") and path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o600


def test_where_many_write_one_file_each_is_whole(tmp_path):
    texts = [str(number) * 10_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: files.write(tmp_path / "a", text, durable=False), texts * 8))
    assert (tmp_path / "a").read_text() in texts and len(list(tmp_path.iterdir())) == 1


def test_an_error_names_the_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError) as caught:
        files.write(tmp_path / "a", "new")
    assert caught.value.filename == str(tmp_path / "a")


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_keeps_its_mode(tmp_path, durable):
    path = tmp_path / "a"
    files.write(path, "old")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    assert files.write_bytes(path, b"new", durable=durable)
    assert path.stat().st_mode & 0o777 == 0o600 and path.read_text() == "new"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\n", b"x\ny\n"),
        (b"a\r\nb\r\n", b"x\r\ny\r\n"),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfx\ny\n"),
        (b"\xef\xbb\xbfa\r\n", b"\xef\xbb\xbfx\r\ny\r\n"),
    ],
)
def test_a_post_keeps_its_line_ends_and_its_byte_order_mark(tmp_path, before, after):
    path = tmp_path / "a.md"
    path.write_bytes(before)
    assert files.write_as(path, "x\ny\n")
    assert path.read_bytes() == after
    assert not files.write_as(path, "x\ny\n")


def test_a_copy_is_made_where_the_content_differs(tmp_path):
    source, target = tmp_path / "a", tmp_path / "b" / "c"
    source.write_bytes(b"1")
    assert files.copy(source, target) and not files.copy(source, target)
    source.write_bytes(b"2")
    assert files.copy(source, target) and target.read_bytes() == b"2"


def test_a_folder_that_files_leave_empty_goes_with_them(tmp_path):
    for name in ("a/1", "a/2", "b/1"):
        files.write(tmp_path / name, "")
    assert files.remove(tmp_path / name for name in ("a/1", "b/1", "a/missing")) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_two_do_not_hold_a_folder_at_once(tmp_path):
    inside, most = 0, []

    def hold(_):
        nonlocal inside
        with files.locked(tmp_path / "s"):
            inside += 1
            most.append(inside)
            time.sleep(0.001)
            inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hold, range(32)))
    assert most == [1] * 32


def test_who_waits_for_a_folder_is_told(tmp_path):
    told, free = threading.Event(), threading.Event()

    def hold():
        with files.locked(tmp_path, told.set):
            free.set()

    with files.locked(tmp_path, pytest.fail):
        waiting = threading.Thread(target=hold)
        waiting.start()
        assert told.wait(30) and not free.is_set()
    assert free.wait(30)
    waiting.join()


def test_what_comes_with_hexapla_is_read(tmp_path):
    assert files.template("mkdocs.yml").startswith("site_name:")
    assert files.data("hexapla.css").decode() == files.template("hexapla.css")
