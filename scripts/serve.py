#!/usr/bin/env python3
"""Set up what is needed and serve the site, pages rebuilt as posts change: `python3 scripts/serve.py`."""

import os
import subprocess
import sys

from environment import ROOT, ensure, script


def main() -> int:
    """Serve the site; arguments go to `hexapla serve`."""
    python = str(ensure())
    command = [python, "-m", "hexapla.cli", "serve", "-f", "mkdocs.yml", *sys.argv[1:]]
    os.chdir(ROOT)
    if os.name == "posix":
        # In our place: ending this script ends the server.
        os.execv(python, command)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    script(main)
