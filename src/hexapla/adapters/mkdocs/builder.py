"""Builder: mkdocs as a process. The only place that starts it."""

import os
import subprocess
import sys
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from hexapla.config.config import Config

PAGES_WRITTEN = "HEXAPLA_PAGES_WRITTEN"
"""Tells the mkdocs plugin that the pages have just been written, and mkdocs' process to end with who started it."""

STDERR = 2
"""The file descriptor: mkdocs' messages are no output of ours."""

RUN = "HEXAPLA_RUN"
"""Lets the mkdocs plugin run what is stale, in a fork server that stays warm."""


def build(config: Config, *, strict: bool = False) -> bool:
    """Build the site; return whether mkdocs succeeded. Its messages go to standard error."""
    return _mkdocs("build", "--quiet" if not strict else "--strict", config=config) == 0


def serve_site(config: Config, address: str) -> int:
    """Serve the site until the user stops it, running what becomes stale; return mkdocs' exit status."""
    # Live reload is off by default in click's broken releases, so it is asked for.
    options = ("--livereload", "--dev-addr", address)
    if os.name == "posix":
        # In our place, so that whoever ends this process ends mkdocs, and no server stays behind.
        os.execve(sys.executable, _command("serve", *options, config=config), _environment(RUN))
    return _mkdocs("serve", *options, config=config, mark=RUN)


def _mkdocs(verb: str, *options: str, config: Config, mark: str = PAGES_WRITTEN) -> int:
    command = _command(verb, *options, config=config)
    # What it would read there ends when this process does, however that may be.
    with subprocess.Popen(
        command, env=_environment(mark), stdin=subprocess.PIPE, stdout=STDERR, bufsize=0
    ) as process:
        return process.wait()


def _command(verb: str, *options: str, config: Config) -> list[str]:
    return [sys.executable, "-m", "hexapla.adapters.mkdocs", verb, "-f", str(config.file), *options]


def _environment(mark: str) -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", mark: "1"}


class Compiled(BytecodeCache):
    """Compiled templates, kept for as long as the process lives."""

    def __init__(self) -> None:
        self._codes: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, where it was compiled from the same text."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = Compiled()
