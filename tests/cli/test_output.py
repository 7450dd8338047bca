"""What commands say in the terminal."""

from pathlib import Path

import pytest

from hexapla.cli import output
from hexapla.cli.main import main


@pytest.mark.parametrize(("number", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_a_count_has_its_noun(number, said):
    assert output.count(number, "post") == said


def test_a_path_is_shown_as_it_is_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert output.path_from_here(tmp_path / "a/b.md") == "a/b.md"
    assert output.path_from_here(Path("a.md")) == "a.md"
    assert output.path_from_here(tmp_path.parent) == str(tmp_path.parent)


def test_nobody_is_asked_where_nobody_sits(monkeypatch):
    monkeypatch.setenv("CI", "1")
    assert not output.ask("Go on?")


def test_quiet_tells_problems_and_nothing_else(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("```python\nprint(1)\n```\n")
    for command in (["test", "--quiet", "a.md"], ["-q", "test", "a.md"], ["test", "a.md", "-q"]):
        assert main(command) == 0
        assert capsys.readouterr() == ("", "")
    Path("a.md").write_text("```python\n1 / 0\n```\n")
    assert main(["-q", "test", "a.md"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("a.md:2: E-cell-raised ")
    # That there is no sandbox is never passed over.
    main(["-q", "test", "--unsandboxed", "a.md"])
    assert "Sandbox: OFF" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [(True, {}, True), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False), (False, {}, False)],
)
def test_colours_are_for_terminals_that_want_them(monkeypatch, terminal, variables, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    assert output.has_colours() is coloured


def test_a_site_is_found_above_and_in_a_folder(new_site, monkeypatch, capsys):
    file = new_site({"a.en.md": "```python\nprint(1)\n```\n"})
    monkeypatch.chdir(file.parent / "posts")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert "The site is that of" in said and "posts/a.en.md:2: E-stale-output" in said
    monkeypatch.chdir(file.parent.parent)
    assert main(["check", "-f", file.parent.name]) == 1


DOORS = {
    "no site": (["check"], "`hexapla test README.md` needs none"),
    "a file misspelt": (["test", "READM.md"], "did you mean `README.md`?"),
    "a language that nobody knows": (["new", "site", "--languages", "en,xx"], "Nobody knows a language `xx`"),
    "a language by its name": (["new", "site", "--languages", "Deutsch"], "write `de` in `--languages`."),
    "a folder that has such files": (["new", "."], "have the site in a folder of its own"),
    "a notebook": (["test", "tour.ipynb"], "nbconvert --to markdown"),
    "a verb misspelt": (["chek"], "No such command 'chek'"),
    "an option misspelt": (["check", "--stric"], "--strict"),
    "an article and a file": (["test", "README.md", "slug"], "Name either articles or Markdown files"),
}


@pytest.mark.parametrize(("arguments", "next_step"), DOORS.values(), ids=DOORS)
def test_at_the_door_the_next_step_is_told(tmp_path, monkeypatch, capsys, arguments, next_step):
    monkeypatch.chdir(tmp_path)
    for name in ("README.md", "requirements.txt", "tour.ipynb"):
        Path(name).write_text("x\n")
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert next_step in said and "Traceback" not in said
    assert sorted(path.name for path in Path().iterdir()) == ["README.md", "requirements.txt", "tour.ipynb"]
