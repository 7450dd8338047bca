#!/usr/bin/env python3
"""Set up what is needed, run what is stale, build the site: `python3 scripts/build.py`."""

import subprocess
import sys

from environment import ROOT, ensure, script


def main() -> int:
    """Build the site; arguments go to `hexapla build`."""
    python = ensure()
    status = subprocess.run(
        [python, "-m", "hexapla.cli", "build", "-f", "mkdocs.yml", *sys.argv[1:]], cwd=ROOT, check=False
    ).returncode
    if status != 2 and (ROOT / "site" / "index.html").exists():
        print("To look at it: python3 scripts/serve.py")
    return status


if __name__ == "__main__":
    script(main)
