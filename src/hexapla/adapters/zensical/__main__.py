"""Zensical as a process that we start: it ends with who started it."""

import os
import sys
import threading
from pathlib import Path

from hexapla.adapters.zensical.site import build_site
from hexapla.model.errors import HexaplaError, system_error_text


def main() -> None:
    """Build the site of the mkdocs.yml that is named; with `--strict`, what is warned of is a failure."""
    file, *options = sys.argv[1:]
    threading.Thread(target=_end_with_caller, daemon=True).start()
    # What Zensical says of its progress, our caller says.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    warned = 0
    try:
        for remark in build_site(Path(file)):
            warned += 1
            print(f"WARNING -  {remark}", file=sys.stderr)
    except HexaplaError as error:
        sys.exit(f"Zensical cannot go on: {error}")
    except OSError as error:
        sys.exit(f"Zensical cannot go on: {system_error_text(error)}.")
    if warned and options:
        sys.exit("`--strict`: there are warnings.")


def _end_with_caller() -> None:
    """Wait for the end of standard input, which the caller keeps open as long as it is there."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
