"""The command line: which status a command ends with, and what it says when it cannot go on."""

import click
import pytest

from hexapla.cli import main as command_line
from hexapla.cli import output
from hexapla.cli.main import cli, main
from hexapla.model.errors import ConfigError, UnprotectedError

VERBS = "build pages serve run test doctor check explain status coverage normalize import fix confirm new init doctest-conftest"


def test_every_verb_has_its_name_and_says_what_it_does():
    assert set(cli.commands) == set(VERBS.split())
    assert all(command.get_short_help_str() for command in cli.commands.values())


@pytest.fixture
def fails(monkeypatch):
    """Return what makes `hexapla status` raise."""

    def make(error: BaseException):
        def load(*_):
            raise error

        monkeypatch.setattr("hexapla.cli.options.config", load)

    return make


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ConfigError("Add a `site_name`.", path="mkdocs.yml"), 2, "hexapla cannot go on: mkdocs.yml"),
        (click.UsageError("No such thing."), 2, "No such thing."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (click.Abort(), 130, "Stopped."),
        (OSError(13, "Permission denied", "posts"), 2, "hexapla cannot go on: posts: Permission denied."),
        (OSError(2, "No such file", "a/b"), 2, "a/b: No such file. Make the folder that it belongs into"),
        (OSError(20, "Not a directory", "a/b"), 2, "A file stands where a folder is wanted"),
        (OSError("no space"), 2, "hexapla cannot go on: no space."),
        (UnprotectedError("There is no sandbox."), 2, "hexapla cannot go on: There is no sandbox."),
    ],
    ids=[
        "a setting",
        "an argument",
        "Ctrl-C",
        "a refusal",
        "a file",
        "a folder that is not there",
        "a file for a folder",
        "an error without a file",
        "no sandbox",
    ],
)
def test_what_ends_a_command_is_a_sentence_and_a_status(fails, capsys, error, status, message):
    fails(error)
    assert main(["status"]) == status
    said = capsys.readouterr()
    assert message in said.err and "Traceback" not in said.err and said.out == ""


def test_who_sits_there_may_run_without_a_sandbox_this_once(fails, monkeypatch):
    fails(UnprotectedError("There is no sandbox."))
    asked, tried = [], []
    monkeypatch.setattr(output, "ask", lambda question: asked.append(question) or True)
    first = command_line.main

    def again(argv):
        tried.append(list(argv))
        return 0

    monkeypatch.setattr(command_line, "main", again)
    assert first(["run", "-j", "1"]) == 0
    assert tried == [["run", "--unsandboxed", "-j", "1"]] and "There is no sandbox." in asked[0]
