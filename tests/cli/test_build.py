"""`hexapla build`, `pages` and `serve`, as a user types them; mkdocs itself is not started."""

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
