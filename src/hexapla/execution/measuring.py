"""Measuring: coverage.py where the caller is measured too, of what programs run of the author's own package.

A program's process may write in its scratch folder only, and what it says is a stranger's. So whoever is measured
there (the process, its forks, Pythons that it starts) leaves files in that folder; the process reads them itself, and
what comes over the wire is lines, which are added to the caller's measurements here. What is imported before all
programs is measured once, in the fork server.

Sources: https://coverage.readthedocs.io/en/latest/subprocess.html, /config.html, /api_coveragedata.html.
"""

import contextlib
import os
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FOLDER = ".cache/coverage"
"""Where in a folder of ours the measurements lie."""
LONGEST = 4 * 2**20
"""Bytes that a program may say of what it ran."""
_PATTERNS = ("include", "omit")
_WARNINGS = (
    "already-imported", "dynamic-conflict", "fork", "include-ignored", "module-not-imported", "module-not-measured",
    "module-not-python", "no-ctracer", "no-data-collected", "no-sysmon", "no-sysmon-context",
)  # fmt: skip
"""All that coverage.py would say where it measures: that would be an output of the program's."""
_NEXT = "\n    "
"""Between the lines of a setting."""
_PAIR = re.compile(r"(-?\d{1,7}),(-?\d{1,7})")
_LOCK = threading.Lock()


def wanted() -> dict[str, list[str]]:
    """Return the settings of the caller's coverage.py, for a program's process; empty where there is none."""
    current = _current()
    if current is None:
        return {}
    said = {name: _lines(current.get_option(f"run:{name}")) for name in ("source", "source_pkgs", *_PATTERNS)}
    # Of the caller's folder; programs have another.
    said["source"] = [str(Path(name).resolve()) if Path(name).is_dir() else name for name in said["source"]]
    for name in _PATTERNS:
        said[name] = [text if text[:1] in "*?" else str(Path.cwd() / text) for text in said[name]]
    return {**said, "branch": [str(bool(current.get_option("run:branch"))).lower()]}


class Measurement:
    """What is measured in this process, and in those that it begins."""

    def __init__(self, asked: Mapping[str, Iterable[str]], folder: Path, *, forks: bool) -> None:
        """Begin; `forks` says whether the processes that this one begins are measured as well."""
        from coverage import Coverage, version_info

        self._folder = folder / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        settings: dict[str, Iterable[str]] = {
            **asked,
            "data_file": [str(self._folder / "data")],
            "parallel": ["true"],
            "sigterm": ["true"],
            "disable_warnings": _WARNINGS,
        }
        if forks and version_info >= (7, 10):
            settings["patch"] = ["_exit", "fork"]
        file = self._folder / "settings"
        text = "".join(f"{name} = {_NEXT.join(lines)}\n" for name, lines in settings.items())
        file.write_text(f"[run]\n{text}", encoding="utf-8")
        if forks:
            os.environ["COVERAGE_PROCESS_START"] = str(file)
        self._coverage = Coverage(config_file=str(file))
        self._coverage.start()

    def taken(self) -> dict[str, str]:
        """End, and return by file the steps from line to line, or the lines, that were run here and in what ended."""
        from coverage import CoverageData

        self._coverage.stop()
        self._coverage.save()
        steps: dict[str, set[tuple[int, int]]] = {}
        for file in sorted(self._folder.glob("data.*")):
            data = CoverageData(basename=str(file))
            # One that a killed process was writing says nothing.
            with contextlib.suppress(Exception):
                data.read()
                for name in data.measured_files():
                    lines = data.arcs(name) or [(line, line) for line in data.lines(name) or ()]
                    steps.setdefault(name, set()).update(lines)
        return {name: " ".join(f"{first},{last}" for first, last in sorted(of)) for name, of in steps.items()}


def measured_here(asked: object, folder: Path, *, forks: bool) -> Measurement | None:
    """Begin to measure this process where that is asked for; None where it is not, or it is measured already."""
    if not isinstance(asked, dict) or not asked or _current() is not None:
        return None
    return Measurement(asked, folder, forks=forks)


def add(said: object) -> None:
    """Add what a process said that it ran to the caller's measurements: what names no file of Python's is left out."""
    current = _current()
    if current is None or not isinstance(said, dict) or not said:
        return
    here = Path.cwd() if current.get_option("run:relative_files") else Path("/nowhere")
    steps = {
        str(Path(name).relative_to(here)) if Path(name).is_relative_to(here) else str(name): {
            (int(first), int(last)) for first, last in _PAIR.findall(str(text))
        }
        for name, text in said.items()
        if str(name).endswith(".py") and Path(name).is_file()
    }
    with _LOCK:
        # What it would say of the caller's own process is wrong now.
        silent = (*(current.get_option("run:disable_warnings") or ()), *_WARNINGS)
        current.set_option("run:disable_warnings", list(dict.fromkeys(silent)))
        data = _data_of(current)
        if current.get_option("run:branch"):
            data.add_arcs(steps)
        else:
            data.add_lines({name: {line for line, _ in of} for name, of in steps.items()})


def _data_of(current: Any) -> Any:
    """Return where measurements are added: beside the caller's own, where such files are combined at the end."""
    from coverage import CoverageData

    if current.get_option("run:parallel") or getattr(current, "_data_suffix_specified", None):
        return CoverageData(basename=str(current.get_option("run:data_file")), suffix=True)
    return current.get_data()


def _current() -> Any:
    """Return the coverage.py that measures this process; None where none does."""
    return sys.modules["coverage"].Coverage.current() if "coverage" in sys.modules else None


def _lines(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []
