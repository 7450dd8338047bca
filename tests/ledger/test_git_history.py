"""Older texts of a post, from git."""

import subprocess
from pathlib import Path

from hexapla.ledger.git_history import committed_versions, file_history, reference_versions


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
        check=True,
        capture_output=True,
    )


def test_versions_come_newest_first(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    post = tmp_path / "posts" / "ä.md"
    post.parent.mkdir()
    for text in ("one\n", "two\n"):
        post.write_text(text, encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", text)
    assert [version.text for version in committed_versions(tmp_path, "posts/ä.md")] == ["two\n", "one\n"]
    assert [version.text for version in committed_versions(tmp_path, "posts/ä.md", limit=1)] == ["two\n"]


def test_line_ends_are_those_of_a_post_that_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    post = tmp_path / "a.md"
    for data in (b"a\r\n\nb\r\n", b"c\n"):
        post.write_bytes(data)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "a commit")
    history = file_history(tmp_path, "a.md")
    assert (history.now, [version.text for version in history.versions]) == ("c\n", ["c\n", "a\n\nb\n"])
    assert [version.text for version in reference_versions(tmp_path, "a.md")] == ["c\n", "a\n\nb\n"]


def test_a_commit_that_lacks_the_file_is_left_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in ("b.md", "a.md"):
        (tmp_path / name).write_text(name)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "a commit")
    assert [version.text for version in reference_versions(tmp_path, "a.md")] == ["a.md"]


def test_without_git_there_are_none(tmp_path: Path) -> None:
    assert committed_versions(tmp_path, "posts/a.md") == ()
