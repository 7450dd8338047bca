"""What an article brings along for its program, and what it may not."""

import os
import re
import shutil
import zipfile
from dataclasses import replace

import pytest

from examples import article
from hexapla.model.problem import Problem
from hexapla.storage import attachments
from hexapla.storage.attachments import archive, archive_name, told_how, with_files
from test_site import hexapla

POST = """---
title: Data
files: {}
---

```python
print(open("points.csv").read(), end="")
```

```python
import helper
from pathlib import Path

helper.VALUE, sorted(path.name for path in Path("images").iterdir())
```

```python
open("points.csv", "w")
```
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "posts"
    (folder / "images" / ".hidden").mkdir(parents=True)
    (folder / "images" / "a.txt").write_text("a")
    (folder / "points.csv").write_text("1,2\n")
    (folder / "helper.py").write_text("VALUE = 41\n")
    (folder / ".env").write_text("secret")
    (tmp_path / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "alias.csv").symlink_to(folder / "points.csv")
    return folder


def brought(tmp_path, files: object) -> tuple[list[str], list[str]]:
    """Return the names of the files that a post brings along, and what is said of the others."""
    base = article({"en": "```python\n1\n```\n"})
    base.posts["en"].front_matter["files"] = files
    made, problems = with_files(base, tmp_path)
    return [file.name for file in made.programs[0].files], [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([], []),
        (["points.csv", "helper.py"], ["points.csv", "helper.py"]),
        (["images/"], ["images/a.txt"]),
        (["./images/a.txt"], ["images/a.txt"]),
    ],
)
def test_files_beside_the_post_come_along(folder, files, names):
    assert brought(folder.parent, files) == (names, [])


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("../outside.txt", "it leaves the post's folder"),
        ("/etc/passwd", "it leaves the post's folder"),
        (".env", "it is hidden"),
        (".", "it is hidden, or the post's folder itself"),
        ("link.txt", "a link leads out of it"),
        ("linked/outside.txt", "a link leads out of it"),
        ("linked", "a link leads out of it"),
        ("gone.csv", "there is no such file"),
        (3, "it is no file's name"),
        ("a\0b", "it is no file's name"),
    ],
)
def test_nothing_else_does_and_the_reason_is_said(folder, entry, why):
    names, (message,) = brought(folder.parent, ["points.csv", entry])
    assert names == ["points.csv"] and why in message


def test_what_is_no_list_is_refused(folder):
    names, (message,) = brought(folder.parent, "points.csv")
    assert names == [] and "takes a list of files and folders beside the post" in message


def test_what_is_too_large_is_not_even_read(folder, monkeypatch):
    with (folder / "large.bin").open("wb") as large:
        large.truncate(2 * 2**30)
    names, (message,) = brought(folder.parent, ["large.bin", "points.csv"])
    assert names == ["points.csv"] and "large.bin has 2048 MB, and all together may have 64" in message
    monkeypatch.setattr(attachments, "MOST", 6)
    names, (message,) = brought(folder.parent, ["points.csv", "images", "helper.py"])
    assert names == ["points.csv", "images/a.txt"] and "helper.py" in message


def test_a_program_reads_imports_and_cannot_change_what_its_article_brings(new_site, capsys, folder):
    file = new_site({"a.en.md": POST.format("[points.csv, helper.py, images]")}, languages="en")
    posts = file.parent / "posts"
    for name in ("points.csv", "helper.py"):
        (posts / name).write_bytes((folder / name).read_bytes())
    (posts / "images").mkdir()
    (posts / "images/a.txt").write_text("a")
    said = hexapla(capsys, "run", "-f", file)[1]
    assert (file.parent / "snippets/a/cell-1.out").read_text() == "1,2\n"
    assert (file.parent / "snippets/a/cell-2.out").read_text() == "(41, ['a.txt'])\n"
    assert "W-cannot-run Cell cell-3 of a" in said and (posts / "points.csv").read_text() == "1,2\n"
    assert "no program was run" in hexapla(capsys, "run", "-f", file)[1]
    (posts / "helper.py").write_text("VALUE = 42\n")
    assert "E-stale-output" in hexapla(capsys, "check", "-f", file)[1]
    hexapla(capsys, "run", "-f", file)
    assert (file.parent / "snippets/a/cell-2.out").read_text() == "(42, ['a.txt'])\n"


@pytest.mark.slow
def test_readers_get_the_files_with_the_notebook_and_the_script(new_site, capsys, folder):
    names = "[points.csv, helper.py, images/, aé.txt, ß.txt]"
    file = new_site({"a.en.md": POST.format(names), "b.en.md": "```python\n1\n```\n"}, languages="en,de")
    shutil.copytree(folder, file.parent / "posts", dirs_exist_ok=True, symlinks=True)
    for name in ("aé.txt", "ß.txt"):
        (file.parent / "posts" / name).write_text("a")

    def built():
        for command in ("run", "build"):
            hexapla(capsys, command, "-f", file)
        (found,) = (file.parent / "docs/assets/hexapla").glob("*/*.zip")
        return found, found.stat().st_mtime_ns

    first, written = built()
    with zipfile.ZipFile(first) as opened:
        inside = {name: opened.read(name).decode() for name in opened.namelist()}
    assert inside == {
        "points.csv": "1,2\n",
        "helper.py": "VALUE = 41\n",
        "images/a.txt": "a",
        "aé.txt": "a",
        "ß.txt": "a",
    }
    # The German page is a fallback page, with the downloads of the English one.
    for language in ("en", "de"):
        page = (file.parent / "docs" / language / "posts/a.md").read_text()
        assert (
            "[`points.csv`, `helper.py`, <code>images" in page
            and "…" in page
            and f'(../../assets/hexapla/a/{first.name}){{ download="a.files.zip" }}' in page
        )
        assert ".zip" not in (file.parent / "docs" / language / "posts/b.md").read_text()
    (html,) = (file.parent / "site").glob("posts/a/index.html")
    place = re.search(rf'href="([^"]+/{first.name})"', html.read_text())
    assert place is not None and (html.parent / place[1]).read_bytes() == first.read_bytes()
    assert built() == (first, written)
    (file.parent / "posts/points.csv").write_text("3,4\n")
    assert built()[0] != first and not first.exists()


def test_an_archive_has_the_same_bytes_for_the_same_content(folder):
    base = article({"en": "```python\n1\n```\n"})
    assert archive_name(base) == ""
    base.posts["en"].front_matter["files"] = ["points.csv"]
    made = with_files(base, folder.parent)[0]
    first = archive(made)
    os.utime(folder / "points.csv", (0, 0))
    assert archive(made) == first


def test_a_cell_that_fails_on_what_lies_beside_it_is_told_how(new_site, capsys):
    file = new_site({"a.en.md": POST.replace("files: {}\n", "")}, languages="en")
    for name in ("points.csv", "helper.py"):
        (file.parent / "posts" / name).write_text("1")
    for command in ("run", "check"):
        said = hexapla(capsys, command, "-f", file)[1]
        for name in ("points.csv", "helper.py"):
            assert f"It lies beside the post: `files: [{name}]` in the front matter brings it along." in said
    for cause, subject in (
        ("file", "../outside.txt"),
        ("file", ""),
        ("name", "points.csv"),
        ("file", "gone"),
    ):
        other = Problem(path="posts/a.en.md", line=1, code="x", message="x", cause=cause, subject=subject)
        assert told_how(other, file.parent) is other


def test_a_package_of_the_project_around_is_told_of_as_what_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lacking = Problem(path="docs/a.md", line=3, code="x", message="x", cause="package", subject="lib")
    (tmp_path / "docs").mkdir()
    beside, own = tmp_path / "docs/lib/__init__.py", tmp_path / "src/lib/__init__.py"
    assert told_how(lacking, tmp_path) is lacking
    beside.parent.mkdir()
    beside.touch()
    assert "`files: [lib]` in the front matter" in told_how(lacking, tmp_path).hint
    own.parent.mkdir(parents=True)
    own.touch()
    assert "lies beside" in told_how(lacking, tmp_path).hint, "no project without its file"
    (tmp_path / "pyproject.toml").touch()
    assert "`pip install -e .` installs it" in told_how(lacking, tmp_path).hint
    other = replace(lacking, subject="other")
    assert told_how(other, tmp_path) is other


def test_files_of_any_markdown_are_named_on_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "points.csv").write_text("1,2\n")
    (tmp_path / "README.md").write_text("```python\nprint(open('points.csv').read())\n```\n")
    status, said = hexapla(capsys, "test", "README.md")
    assert "`--files points.csv`, or `files: [points.csv]` in the front matter, brings it along." in said
    status, said = hexapla(capsys, "test", "README.md", "--files", "points.csv")
    assert status == 0 and "0 problems" in said
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/other.md").write_text("```python\nprint(1)\n```\n")
    assert hexapla(capsys, "test", "README.md", "docs", "--files", "points.csv")[0] == 0
    status, said = hexapla(capsys, "test", "README.md", "docs", "--files", "point.csv")
    assert status == 1 and said.count("there is no such file") == 2
    status, said = hexapla(capsys, "test", "README.md", "--files", "../x")
    assert status == 1 and "it leaves the post's folder" in said
