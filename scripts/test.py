#!/usr/bin/env python3
"""Set up what is needed and run every test: `python3 scripts/test.py`. Arguments go to the unit tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from environment import ROOT, ensure, script

QUICK = "not slow and not browser and not cost"
"""The tests that are measured."""
PICTURES = ROOT / "artefacts" / "screenshots"
"""Where `tests/browser/test_screenshots.py` puts them."""


def main() -> int:
    """Run every step, even after one has failed; return 1 if any did."""
    python = str(ensure())
    # Tests start hundreds of Pythons: what each would compile again takes half of their time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = _run_all(python, sys.argv[1:])
    if PICTURES.is_dir():
        print(f"\nPictures of the pages are in {PICTURES.relative_to(ROOT)}.")
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything passed.")
    return 1 if failed else 0


def _run_all(python: str, arguments: Sequence[str]) -> list[str]:
    """Run every step; return those that failed. What keeps one processor busy has another one's beside it.

    Arguments choose some tests: these run, and nothing is measured.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as beside:
        posts = beside.submit(_posts, python, Path(folder))
        failed = _failed(
            ("lint", [python, "-m", "ruff", "check", "."]),
            ("format", [python, "-m", "ruff", "format", "--check", "."]),
            ("types", [python, "-m", "mypy"]),
        )
        failed += posts.result()
        # Many tests wait: for a program's time limit, a browser, a server.
        tests = ["-m", "pytest", "-n", str((os.cpu_count() or 1) * 3 // 2), "--dist", "worksteal"]
        if arguments:
            return failed + _failed(("unit tests", [python, *tests, *arguments]))
        measured = _measured(Path(folder))
        failed += _failed(
            ("unit tests", [python, "-m", "coverage", "run", *tests, "-m", QUICK]), given=measured
        )
        figures = beside.submit(_figures, python, measured)
        slow = [python, *tests, "--durations", "20", "-m", f"not ({QUICK})"]
        return failed + _failed(("slow tests, browser and cost", slow)) + figures.result()


def _posts(python: str, folder: Path) -> list[str]:
    """Run the posts again, write their pages, and have pytest-markdown-docs run these, in a folder of their own."""
    scratch = folder / "doc tests"
    scratch.mkdir()
    options = ["--markdown-docs", "--markdown-docs-syntax=superfences", "-p", "no:cacheprovider", "-q"]
    failed = _failed(
        ("posts", [python, "-m", "hexapla.cli", "test"]),
        ("pages", [python, "-m", "hexapla.cli", "pages"]),
        is_held=True,
    )
    command = [python, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options, *_pages()]
    # Threads of torch's that wait for one another keep the processors from what runs beside them.
    alone = {"MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"}
    return failed + _failed(("doc tests", command), cwd=scratch, is_held=True, given=alone)


def _pages() -> list[str]:
    """Return the articles' pages, but for those that stand in for a translation: their code is another page's.

    Not their folders: the scripts beside them are for readers, and collecting one would run it.
    """
    pages = sorted((ROOT / "docs").glob("*/posts/*.md"))
    return [str(path) for path in pages if "\nhexapla_original: " not in path.read_text(encoding="utf-8")]


def _measured(folder: Path) -> dict[str, str]:
    """Return the environment in which every process of ours leaves its measurements in a folder."""
    paths = os.pathsep.join(filter(None, (str(ROOT / "tests"), os.environ.get("PYTHONPATH", ""))))
    return {"COVERAGE_FILE": str(folder / "coverage"), "PYTHONPATH": paths}


def _figures(python: str, measured: Mapping[str, str]) -> list[str]:
    """Put the measurements together, and say which lines and branches no test has run."""
    return _failed(
        ("measurements", [python, "-m", "coverage", "combine", "--quiet"]),
        ("branch coverage", [python, "-m", "coverage", "report"]),
        is_held=True,
        given=measured,
    )


def _failed(
    *steps: tuple[str, Sequence[str]],
    cwd: Path = ROOT,
    is_held: bool = False,
    given: Mapping[str, str] | None = None,
) -> list[str]:
    """Run steps one after the other; return those that failed. What they say may be held until each has ended."""
    failed = []
    for name, command in steps:
        head = f"\n== {name}"
        if not is_held:
            print(head, flush=True)
        done = subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | dict(given or {}),
            stdout=subprocess.PIPE if is_held else None,
            stderr=subprocess.STDOUT if is_held else None,
            check=False,
        )
        if is_held:
            print(f"{head}\n{done.stdout.decode(errors='replace')}", flush=True)
        failed += [name] if done.returncode else []
    return failed


if __name__ == "__main__":
    script(main)
