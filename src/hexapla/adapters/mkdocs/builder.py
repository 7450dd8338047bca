"""Builder: mkdocs as a process. The only place that starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from enum import Enum, auto

from hexapla.adapters.mkdocs.built_site import BuiltSite, anew_because
from hexapla.adapters.mkdocs.forked_mkdocs import MODULE, ForkedMkdocs
from hexapla.config.config import Config
from hexapla.storage.crashes import crashes_of
from hexapla.storage.forked import may_fork

PAGES_WRITTEN = "HEXAPLA_PAGES_WRITTEN"
"""Tells the mkdocs plugin that the pages have just been written, and mkdocs' process to end with who started it."""

KEEP = "HEXAPLA_KEEP"
"""Lets the mkdocs plugin keep the pages that lie there as they would be built; `ANEW` only lets it remember them."""
ANEW = "anew"

STDERR = 2
"""The file descriptor: mkdocs' messages are no output of ours."""

RUN = "HEXAPLA_RUN"
"""Lets the mkdocs plugin run what is stale, in a fork server that stays warm."""

_PART = 65536
_MKDOCS = (sys.executable, "-P", "-m", MODULE)


class Outcome(Enum):
    """How building a site ended."""

    BUILT = auto()
    UNCHANGED = auto()
    FAILED = auto()


def build(
    config: Config,
    *,
    strict: bool = False,
    anew: bool = False,
    on_start: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Build the site, unless it is there as mkdocs would build it; mkdocs' messages go to standard error.

    `anew` builds it in any case. `on_start` is called before mkdocs starts, with the reason why no page can be
    kept as it lies there, if there is one.
    """
    before = BuiltSite(config, strict=strict)
    if not anew and (messages := before.messages()) is not None:
        os.write(STDERR, messages.encode())
        return Outcome.UNCHANGED
    on_start(reason := anew_because(config))
    keep = {} if reason else {KEEP: ANEW if anew else "1"}
    status, messages = _heard("build", *(("--strict",) if strict else ()), config=config, keep=keep)
    if status != 0:
        return Outcome.FAILED
    # What is told of in another file is not among the messages: the next build has to find it again.
    if not crashes_of(config.root):
        before.remember(messages)
    return Outcome.BUILT


def serve_site(config: Config, address: str, *, runs: bool) -> int:
    """Serve the site until the user stops it; return mkdocs' exit status. What becomes stale is run, if it `runs`."""
    environment = _environment(RUN) if runs else _environment()
    # Live reload is off by default in click's broken releases, so it is asked for.
    options = _arguments("serve", "--livereload", "--dev-addr", address, config=config)
    command = [*_MKDOCS, *options]
    if os.name == "posix":
        # In our place, so that whoever ends this process ends mkdocs, and no server stays behind.
        os.execve(sys.executable, command, environment)
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, bufsize=0) as process:
        return process.wait()


def _heard(verb: str, *options: str, config: Config, keep: dict[str, str]) -> tuple[int, str]:
    """Run mkdocs, passing on what it says; return its exit status, and that."""
    with _started(_arguments(verb, *options, config=config), _environment(PAGES_WRITTEN) | keep) as process:
        assert process.stdout is not None
        said = bytearray()
        while part := process.stdout.read(_PART):
            os.write(STDERR, part)
            said += part
        return process.wait(), said.decode("utf-8", "replace")


def _started(arguments: list[str], environment: dict[str, str]) -> "ForkedMkdocs | subprocess.Popen[bytes]":
    """Start mkdocs; what it would read from its standard input ends when this process does, however that may be."""
    if may_fork():
        return ForkedMkdocs(arguments, environment)
    return subprocess.Popen(
        [*_MKDOCS, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
    )


def _arguments(verb: str, *options: str, config: Config) -> list[str]:
    return [verb, "-f", str(config.file), *options]


def _environment(*marks: str) -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1"} | dict.fromkeys(marks, "1")
