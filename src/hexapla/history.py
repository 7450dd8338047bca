"""History: older texts of a post, from git where there is one. The only file here that asks git."""

import subprocess
from pathlib import Path

from hexapla.comparing import Version

LIMIT = 50
"""How many older versions are looked at."""


def versions(root: Path, path: str, *, limit: int = LIMIT) -> tuple[Version, ...]:
    """Return the older texts of a file below `root`, newest first; nothing where git does not know it."""
    listed = _git(root, "log", f"--max-count={limit}", "--format=%h", "--", path)
    found: list[Version] = []
    for commit in listed.split():
        text = _git(root, "show", f"{commit}:./{path}")
        if text:
            found.append(Version(commit=commit, text=text))
    return tuple(found)


def _git(root: Path, *words: str) -> str:
    """Return what git prints; empty where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
