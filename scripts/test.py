#!/usr/bin/env python3
"""Set up what is needed and run every test: `python3 scripts/test.py`. Arguments go to the unit tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from environment import ROOT, ensure, script

QUICK = "not slow and not browser and not cost"
"""The tests that are measured."""
PICTURES = ROOT / "artefacts" / "screenshots"
"""Where `tests/browser/test_screenshots.py` puts them."""


def main() -> int:
    """Run every step, even after one has failed; return 1 if any did."""
    python = str(ensure())
    with tempfile.TemporaryDirectory() as bytecode:
        # Tests start hundreds of Pythons: what each would compile again takes half of their time.
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        failed = _run_all(python)
    if PICTURES.is_dir():
        print(f"\nPictures of the pages are in {PICTURES.relative_to(ROOT)}.")
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything passed.")
    return 1 if failed else 0


def _run_all(python: str) -> list[str]:
    """Run every step; return those that failed."""
    failed = [
        *_failed(
            ("lint", [python, "-m", "ruff", "check", "."]),
            ("format", [python, "-m", "ruff", "format", "--check", "."]),
            ("types", [python, "-m", "mypy"]),
        ),
        *_unit_tests(python, sys.argv[1:]),
        *_failed(
            ("posts", [python, "-m", "hexapla.cli", "test"]),
            ("pages", [python, "-m", "hexapla.cli", "pages"]),
        ),
    ]
    if not _doc_tests(python, _pages()):
        failed.append("doc tests")
    return failed


def _pages() -> list[str]:
    """Return the articles' pages, but for those that stand in for a translation: their code is another page's.

    Not their folders: the scripts beside them are for readers, and collecting one would run it.
    """
    pages = sorted((ROOT / "docs").glob("*/posts/*.md"))
    return [str(path) for path in pages if "\nhexapla_original: " not in path.read_text(encoding="utf-8")]


def _failed(*steps: tuple[str, Sequence[str]]) -> list[str]:
    return [name for name, command in steps if not _step(name, command)]


def _unit_tests(python: str, arguments: Sequence[str]) -> list[str]:
    """Run the tests, branch coverage measured and gated; return the steps that failed.

    What takes long, needs a browser or measures processor time runs once, unmeasured. Arguments choose some tests:
    these run, and nothing is measured.
    """
    plain = [python, "-m", "pytest", "-n", "auto"]
    # Many tests wait: for a program's time limit, a browser, a server.
    workers = ["-n", str((os.cpu_count() or 1) * 3 // 2), "--dist", "worksteal"]
    if arguments:
        return _failed(("unit tests", [*plain, *arguments]))
    with tempfile.TemporaryDirectory() as folder:
        # Every process of ours finds the plugin there, and leaves its measurements in the folder.
        paths = os.pathsep.join(filter(None, (str(ROOT / "tests"), os.environ.get("PYTHONPATH", ""))))
        measured = {"COVERAGE_FILE": str(Path(folder, "coverage")), "PYTHONPATH": paths}
        coverage = [python, "-m", "coverage"]
        steps = (
            ("unit tests", [*coverage, "run", "-m", "pytest", *workers, "-m", QUICK]),
            ("measurements", [*coverage, "combine", "--quiet"]),
            ("branch coverage", [*coverage, "report"]),
        )
        failed = [name for name, command in steps if not _step(name, command, ROOT, **measured)]
    slow = [python, "-m", "pytest", *workers, "--durations", "20", "-m", f"not ({QUICK})"]
    return failed + _failed(("slow tests, browser and cost", slow))


def _step(name: str, command: Sequence[str], cwd: Path = ROOT, **environment: str) -> bool:
    print(f"\n== {name}", flush=True)
    return subprocess.run(command, cwd=cwd, env=os.environ | environment, check=False).returncode == 0


def _doc_tests(python: str, pages: Sequence[str]) -> bool:
    """Run pytest-markdown-docs over the pages of every language, in a folder that is thrown away."""
    options = ["--markdown-docs", "--markdown-docs-syntax=superfences", "-p", "no:cacheprovider", "-q"]
    with tempfile.TemporaryDirectory() as scratch:
        command = [python, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options, *pages]
        return _step("doc tests", command, Path(scratch), MPLBACKEND="Agg")


if __name__ == "__main__":
    script(main)
