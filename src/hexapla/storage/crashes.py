"""Crashes: where the tracebacks of hexapla's own exceptions lie, for whoever reports them."""

import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from hexapla import __version__
from hexapla.model.codes import problem
from hexapla.model.errors import Crash
from hexapla.model.problem import Problem
from hexapla.storage import files

FOLDER = Path(".hexapla", "crashes")
"""Below the site's folder; safe to delete, and never to be committed."""


def crash_problems(root: Path, crashes: Iterable[Crash]) -> tuple[Problem, ...]:
    """Write the traceback of each crash below the site's folder, and return what is to be said of it."""
    return tuple(_problem(root, crash) for crash in crashes)


def forget_crashes(root: Path) -> None:
    """Remove what earlier commands wrote there."""
    files.remove(crashes_of(root))


def crashes_of(root: Path) -> tuple[Path, ...]:
    """Return the tracebacks that were written since they were last forgotten."""
    return tuple(sorted((root / FOLDER).glob("*.txt")))


def told_in(tracebacks: Iterable[Path]) -> tuple[Problem, ...]:
    """Return the problems whose tracebacks another process has written."""
    texts = ((file, file.read_text(encoding="utf-8")) for file in sorted(tracebacks))
    return tuple(
        _of(text.partition("\n")[0].split(", ", 2)[2], text.rstrip("\n").rpartition("\n")[2], file.name)
        for file, text in texts
    )


def _problem(root: Path, crash: Crash) -> Problem:
    digest = hashlib.sha256(f"{crash.path}\n{crash.message}".encode("utf-8", "surrogatepass")).hexdigest()
    name = f"{PurePosixPath(crash.path).stem[:40]}-{digest[:8]}.txt"
    head = f"hexapla {__version__}, Python {platform.python_version()}, {crash.path}\n\n"
    text = (head + crash.traceback).encode("utf-8", "backslashreplace")
    files.write_bytes(root / FOLDER / name, text, durable=False)
    return _of(crash.path, crash.message, name)


def _of(path: str, message: str, name: str) -> Problem:
    """Return the problem that hexapla went wrong over a post; `name` is that of the file with the traceback."""
    words = f"hexapla cannot go on with this article: {message.rstrip('.')}. "
    return problem("internal-error", path, 1, f"{words}The traceback is in {(FOLDER / name).as_posix()}.")
