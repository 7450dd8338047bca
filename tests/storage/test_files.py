"""Writing whole or not at all."""

import json

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
    assert files.is_settled(folder)
    (folder / files.JOURNAL).write_text(json.dumps({"a": "2"}))
    (folder / f".a.x7{files.ASIDE}").write_text("ha")
    (folder / ".gitattributes").write_text("* text=auto")
    assert not files.is_settled(folder)
    files.settle(folder)
    assert files.is_settled(folder) and files.read_folder(folder) == {"a": "2"}
    assert sorted(path.name for path in folder.iterdir()) == [".gitattributes", "a"]
