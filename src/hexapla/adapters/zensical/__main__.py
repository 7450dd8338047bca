"""Zensical as a process that we start: it ends with who started it."""

import os
import sys
from pathlib import Path

from hexapla.adapters.zensical.site import build_site
from hexapla.model.errors import HexaplaError, system_error_text
from hexapla.storage import signals


def main() -> None:
    """Build the site of the mkdocs.yml that is named; with `--strict`, what is warned of is a failure."""
    file, *options = sys.argv[1:]
    signals.end_with_caller()
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


if __name__ == "__main__":
    main()
