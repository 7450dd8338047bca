"""mkdocs as a process that we start: it ends with who started it, and what the disk refuses is a sentence."""

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

from mkdocs.__main__ import cli
from mkdocs.commands import serve

from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN
from hexapla.execution import scratch
from hexapla.model.errors import system_error_text
from hexapla.storage import signals


def main() -> None:
    """Run mkdocs' command line."""
    if not os.environ.get("PYTHONSAFEPATH"):
        # A hook's modules are found in the folder; a `mkdocs.py` there is not taken for mkdocs.
        sys.path.append(os.getcwd())  # noqa: PTH109 - as `python -m` has it
    if os.environ.get(PAGES_WRITTEN):
        signals.end_with_caller()
        # What it does, its caller says; its `--quiet` would keep warnings, too.
        logging.disable(logging.INFO)
    # As on Ctrl-C: a server is shut down, with what it has started.
    signals.when_told_to_end(signal.default_int_handler)
    try:
        with _held():
            cli(prog_name="mkdocs")
    except OSError as error:
        sys.exit(f"mkdocs cannot go on: {system_error_text(error)}.")


@contextmanager
def _held() -> Iterator[None]:
    """Have mkdocs make the site that it serves in a folder that the next command removes where this one is killed."""
    if os.name != "posix" or "serve" not in sys.argv[1:2]:
        yield
        return
    with scratch.held_folder() as folder:
        # The module that it asks for a temporary folder, and for nothing else.
        vars(serve)["tempfile"] = SimpleNamespace(mkdtemp=partial(tempfile.mkdtemp, dir=folder))
        yield


if __name__ == "__main__":
    main()
