"""What is said of the sandbox, and where running is refused."""

import ctypes
import errno
import io
import sys

import pytest

from hexapla.cli.main import main
from hexapla.execution import client, wire
from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import announcement, operating_system, sandbox, seccomp
from hexapla.execution.sandbox.announcement import PROTECTIONS, refusal
from hexapla.model.errors import RunnerError
from hexapla.model.run import Options

NOTHING = {"landlock": "old kernel", "seccomp": "other machine"}
HALF = {"landlock": "old kernel"}

LINES = {
    "all protections": ("auto", {}, "Sandbox: landlock and seccomp on."),
    "one protection": ("auto", HALF, "Sandbox: seccomp on. No landlock: old kernel."),
    "none, as asked": ("off", {"sandbox": "it was switched off"}, announcement.OPEN),
}


@pytest.mark.parametrize(("choice", "lacking", "expected"), LINES.values(), ids=LINES)
def test_says_in_one_line_which_protections_are_on(choice, lacking, expected):
    assert announcement.announcement(choice, lacking) == expected


REFUSALS = {
    "all protections": ("auto", {}, ""),
    "all protections, required": ("require", {}, ""),
    "one protection": ("auto", HALF, ""),
    "one protection, but all required": ("require", HALF, "not complete here: no landlock"),
    "none": ("auto", NOTHING, "--unsandboxed"),
    "none, for one reason": (
        "require",
        dict.fromkeys(PROTECTIONS, "too old"),
        "no landlock and no seccomp: too old.",
    ),
    "none, as asked": ("off", NOTHING, ""),
}


@pytest.mark.parametrize(("choice", "lacking", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_refuses_where_nothing_protects(choice, lacking, expected):
    said = refusal(choice, lacking)
    assert bool(said) == bool(expected) and expected in said


def test_a_server_without_any_layer_does_not_start(monkeypatch):
    receive = wire.receive

    def without_layers(sock, **options):
        message, files = receive(sock, **options)
        return {**message, "lacking": NOTHING}, files

    monkeypatch.setattr(client.wire, "receive", without_layers)
    with pytest.raises(RunnerError, match="give `--unsandboxed`"), ForkServer(Options(preload=())):
        pass
    said = []
    with ForkServer(Options(preload=(), sandbox="off"), said.append):
        pass
    assert said == [announcement.OPEN]


def test_where_nothing_forks_it_says_what_can_be_done(monkeypatch):
    monkeypatch.setattr(operating_system, "CAN_FORK", False)
    monkeypatch.setattr(operating_system, "NAME", "Windows")
    said = r"can't be run on Windows.* Run them on Linux \(WSL or .* `hexapla pages`"
    with pytest.raises(RunnerError, match=said), ForkServer(Options()):
        pass


def test_in_a_container_that_forbids_filters_it_says_so(monkeypatch):
    class Forbidding:
        """A C library whose calls are all refused, as by a container's own filter."""

        def syscall(self, *_):
            ctypes.set_errno(errno.EPERM)
            return -1

    assert seccomp.why_no_filter("riscv64") == "hexapla has no table of system calls for riscv64"
    monkeypatch.setattr(seccomp.ctypes, "CDLL", lambda *_, **__: Forbidding())
    assert (
        seccomp.why_no_filter("x86_64")
        == "this kernel or container does not allow it (Operation not permitted)"
    )


def test_elsewhere_nothing_is_there_and_the_reason_names_the_system(monkeypatch):
    monkeypatch.setattr(operating_system, "IS_LINUX", False)
    monkeypatch.setattr(operating_system, "NAME", "macOS")
    lacking = sandbox.lacking_layers.__wrapped__()
    assert lacking == dict.fromkeys(announcement.PROTECTIONS, "hexapla has none for macOS")


@pytest.fixture
def unprotected(monkeypatch):
    """A machine that has no layer at all."""
    receive = wire.receive

    def without_layers(sock, **options):
        got = receive(sock, **options)
        return got and ({**got[0], "lacking": NOTHING} if "lacking" in got[0] else got[0], got[1])

    monkeypatch.setattr(client.wire, "receive", without_layers)


SITTING = {
    "somebody who says yes": (True, "", "y\n", 0),
    "somebody who says no": (True, "", "n\n", 2),
    "somebody who says nothing": (True, "", "\n", 2),
    "nobody": (False, "", "y\n", 2),
    "a machine of CI": (True, "true", "y\n", 2),
}


@pytest.mark.parametrize(("terminal", "ci", "answer", "status"), SITTING.values(), ids=SITTING)
def test_where_nothing_protects_only_the_user_can_want_it(
    unprotected, new_site, monkeypatch, capsys, terminal, ci, answer, status
):
    file = new_site({"a.en.md": "```python\nprint(6 * 7)\n```\n"}, languages="en")
    monkeypatch.setenv("CI", ci)
    keyboard = io.StringIO(answer)
    for stream in (keyboard, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("sys.stdin", keyboard)
    assert main(["run", "-f", str(file)]) == status
    said = capsys.readouterr().err
    assert "`--unsandboxed`" in said and "`sandbox: off`" in said
    assert (announcement.OPEN in said) == (status == 0)
    assert (file.parent / "snippets/a/cell-1.out").exists() == (status == 0)
