"""`hexapla build`, `pages` and `serve`, as a user types them; mkdocs itself is not started."""

import itertools

import pytest

from hexapla.adapters.mkdocs import builder
from hexapla.cli.main import main

POST = "```python\nprint(1)\n```\n"


@pytest.fixture
def file(new_site):
    return new_site({"a.en.md": POST}, languages="en")


def test_pages_are_written_once(file, capsys):
    assert main(["pages", "-f", str(file)]) == 0
    assert " written, 0 removed." in capsys.readouterr().out
    assert main(["pages", "-f", str(file)]) == 0
    assert ": 0 written, 0 removed." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("outcome", "status", "ending"),
    [
        (builder.Outcome.BUILT, 0, "/site.\n"),
        (builder.Outcome.UNCHANGED, 0, "/site, up to date.\n"),
        (builder.Outcome.FAILED, 2, ""),
    ],
)
def test_a_build_runs_writes_and_has_mkdocs_build(file, capsys, monkeypatch, outcome, status, ending):
    asked = []

    def build(config, *, strict, anew, on_start):
        asked.append((strict, anew))
        on_start("")
        return outcome

    monkeypatch.setattr(builder, "build", build)
    assert main(["build", "-f", str(file)]) == status
    said = capsys.readouterr()
    assert asked == [(False, False)] and "Building the site with mkdocs." in said.err
    assert said.out.endswith(ending) and ("The site is in " in said.out) is bool(ending)
    assert ("mkdocs could not build the site" in said.err) is (not ending)
    assert (file.parent / "snippets/a/cell-1.out").read_text() == "1\n"
    assert (file.parent / "docs/en/posts/a.md").is_file()


def test_a_strict_build_fails_for_warnings(new_site, monkeypatch):
    file = new_site({"a.en.md": f"{POST}\n**Output:**\n\n```\n2\n```\n"}, languages="en")
    monkeypatch.setattr(builder, "build", lambda config, **options: builder.Outcome.BUILT)
    assert main(["build", "--strict", "-f", str(file)]) == 1


@pytest.mark.parametrize(("options", "runs"), [((), True), (("--no-run",), False)])
def test_serving_is_the_builders_which_runs_what_is_stale_unless_told_not_to(
    file, monkeypatch, options, runs
):
    started = []
    monkeypatch.delenv(builder.RUN, raising=False)
    monkeypatch.setattr(builder.os, "execve", lambda *given: started.append(given))
    monkeypatch.setattr(builder.subprocess, "Popen", lambda *given, **_: pytest.fail("it stays in our place"))
    with pytest.raises(pytest.fail.Exception):
        main(["serve", "-f", str(file), "-a", "127.0.0.1:8001", *options])
    ((_, command, environment),) = started
    assert command[command.index("--dev-addr") + 1] == "127.0.0.1:8001"
    assert (environment.get(builder.RUN) == "1") is runs


@pytest.fixture
def own_pages(tmp_path):
    """A site of three pages of its own, of which each build begins the first."""
    (tmp_path / "docs").mkdir()
    for name in "abc":
        (tmp_path / f"docs/{name}.md").write_text(f"# A page\n\n```python\nprint('{name}')\n```\n")
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        "site_name: S\nplugins:\n- hexapla:\n    pages: [docs/**/*.md]\n    budget: 10\n    jobs: 1\n"
    )
    return file


def recorded(file) -> list[str]:
    return sorted(path.parent.name for path in file.parent.glob("snippets/*/*.out"))


def test_a_build_begins_programs_of_its_own_pages_while_there_is_time_and_names_the_others(
    own_pages, monkeypatch, capsys
):
    monkeypatch.setattr(builder, "build", lambda config, **options: builder.Outcome.BUILT)
    times = iter((0.0, 0.0, 10.0, 10.0))
    monkeypatch.setattr("hexapla.cli.build.seconds", lambda: next(times))
    assert main(["build", "-q", "-f", str(own_pages)]) == 0
    said = capsys.readouterr().err
    assert "begin within 10 s (`budget:` in mkdocs.yml): 2 pages were not run: docs/b.md, docs/c.md." in said
    assert recorded(own_pages) == ["pages.a"]
    assert main(["run", "-q", "-f", str(own_pages)]) == 0
    assert recorded(own_pages) == ["pages.a", "pages.b", "pages.c"]
    times = iter([0.0] * 5)
    assert main(["build", "-q", "-f", str(own_pages)]) == 0
    assert "were not run" not in capsys.readouterr().err


def test_programs_take_the_time_that_they_take_where_no_budget_is_set_and_in_posts(
    own_pages, file, monkeypatch
):
    monkeypatch.setattr(builder, "build", lambda config, **options: builder.Outcome.BUILT)
    times = itertools.count(step=1000)
    monkeypatch.setattr("hexapla.cli.build.seconds", lambda: next(times))
    own_pages.write_text(own_pages.read_text().replace("budget: 10", "budget: 0"))
    assert main(["build", "-q", "-f", str(own_pages)]) == 0
    assert recorded(own_pages) == ["pages.a", "pages.b", "pages.c"]
    assert main(["build", "-q", "-f", str(file)]) == 0
    assert recorded(file) == ["a"]
