#!/usr/bin/env python3
"""Ask the Python advisory database about every version in constraints.txt: `python3 scripts/audit.py`.

1 where one has a known vulnerability. Where the database can't be asked, that is said and nothing fails: nobody could
mend it here.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from environment import ROOT, script

TOOL = "pip-audit==2.10.1"


def main() -> int:
    """Audit in an environment of its own, whatever else is installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", TOOL], check=False)
        if installed.returncode:
            return _unasked(f"{TOOL} can't be installed")
        options = (
            "--requirement",
            str(ROOT / "constraints.txt"),
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
        )
        asked = subprocess.run(
            [python, "-m", "pip_audit", *options], capture_output=True, text=True, check=False
        )
    try:
        report = json.loads(asked.stdout)
    except ValueError:
        return _unasked(asked.stderr.strip().rpartition("\n")[2] or "it did not answer")
    return judge(report)


def judge(report: Mapping[str, Any]) -> int:
    """Print what a report of pip-audit's says, and return the exit status."""
    packages = report["dependencies"]
    skipped = [package for package in packages if "skip_reason" in package]
    vulnerable = [package for package in packages if package.get("vulns")]
    for package in vulnerable:
        for found in package["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            print(f"::error::{package['name']} {package['version']} has {found['id']}; mended in {mended}.")
    for package in skipped:
        print(f"{package['name']} was not audited: {package['skip_reason']}")
    if len(skipped) == len(packages):
        return _unasked("it knows none of the packages")
    print(
        f"{len(packages) - len(skipped)} packages audited, {len(vulnerable)} vulnerable, {len(skipped)} unknown."
    )
    return 1 if vulnerable else 0


def _unasked(why: str) -> int:
    print(f"::warning::The dependencies were not audited: the advisory database can't be asked ({why}).")
    return 0


if __name__ == "__main__":
    script(main)
