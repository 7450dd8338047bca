#!/usr/bin/env python3
"""Set up what is needed and serve the site, pages rebuilt as posts change: `python3 scripts/serve.py`."""

import subprocess
import sys

from environment import ROOT, ensure, script


def main() -> int:
    """Serve the site; arguments go to `hexapla serve`."""
    python = ensure()
    return subprocess.run(
        [python, "-m", "hexapla.cli", "serve", "-f", "mkdocs.yml", *sys.argv[1:]], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    script(main)
