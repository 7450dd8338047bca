"""mkdocs as a process that we start: it ends with who started it, and what the disk refuses is a sentence."""

import os
import signal
import sys
import threading

from mkdocs.__main__ import cli

from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN
from hexapla.model.errors import system_error_text


def main() -> None:
    """Run mkdocs' command line."""
    if os.environ.get(PAGES_WRITTEN):
        threading.Thread(target=_end_with_caller, daemon=True).start()
    # As on Ctrl-C: a server is shut down, with what it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        cli(prog_name="mkdocs")
    except OSError as error:
        sys.exit(f"mkdocs cannot go on: {system_error_text(error)}.")


def _end_with_caller() -> None:
    """Wait for the end of standard input, which the caller keeps open as long as it is there."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
