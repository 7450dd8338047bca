"""What is said of the sandbox, and where running is refused."""

import pytest

from hexapla.errors import RunnerError
from hexapla.run import Options, forkserver, layers, wire
from hexapla.run.forkserver import ForkServer
from hexapla.run.layers import line, refusal

NOTHING = {"landlock": "old kernel", "seccomp": "other machine"}
HALF = {"landlock": "old kernel"}

LINES = {
    "all layers": ("auto", {}, "Sandbox: landlock and seccomp on."),
    "one layer": ("auto", HALF, "Sandbox: seccomp on. No landlock: old kernel."),
    "none, as asked": ("off", {"sandbox": "it was switched off"}, layers.OPEN),
}


@pytest.mark.parametrize(("choice", "lacking", "expected"), LINES.values(), ids=LINES)
def test_says_in_one_line_which_layers_are_on(choice, lacking, expected):
    assert line(choice, lacking) == expected


REFUSALS = {
    "all layers": ("auto", {}, ""),
    "all layers, required": ("require", {}, ""),
    "one layer": ("auto", HALF, ""),
    "one layer, but all required": ("require", HALF, "not complete here: no landlock"),
    "none": ("auto", NOTHING, "--unsandboxed"),
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

    monkeypatch.setattr(forkserver.wire, "receive", without_layers)
    with pytest.raises(RunnerError, match="give `--unsandboxed`"), ForkServer(Options(preload=())):
        pass
    said = []
    with ForkServer(Options(preload=(), sandbox="off"), said.append):
        pass
    assert said == [layers.OPEN]


def test_elsewhere_than_on_linux_it_says_what_can_be_done(monkeypatch):
    monkeypatch.delattr("os.pidfd_open")
    with pytest.raises(RunnerError, match=r"Run them on Linux .* `hexapla pages`"), ForkServer(Options()):
        pass
