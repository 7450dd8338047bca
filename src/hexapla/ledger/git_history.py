"""Git history: older texts of a post, from git where there is one. The only file here that asks git."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.model.post import Version
from hexapla.storage.files import read_post

LIMIT = 50
"""How many older versions are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHistory:
    """The original's file, now and before: only asked for where a translation is behind."""

    now: str
    versions: Sequence[Version]
    """Newest first."""


def committed_versions(root: Path, path: str, *, limit: int = LIMIT) -> tuple[Version, ...]:
    """Return the committed texts of a file below `root`, newest first, also under the names that it had before.

    Nothing where git is missing or does not know the file; what a shallow clone lacks is not there either.
    """
    # A NUL before each commit, since no path holds one; git names paths from the top of the repository.
    listed = _git(
        root, "-c", "core.quotePath=off", "log", "--follow", f"--max-count={limit}",
        "--format=%x00%h", "--name-only", "--", path,
    )  # fmt: skip
    entries = [entry.split("\n") for entry in listed.decode("utf-8", "replace").split("\0")[1:]]
    named = [(lines[0], next(filter(None, lines[1:]), "")) for lines in entries]
    wanted = [(commit, name) for commit, name in named if name]
    asked = "".join(f"{commit}:{name}\n" for commit, name in wanted)
    texts = _objects(_git(root, "cat-file", "--batch", given=asked.encode("utf-8", "surrogatepass")))
    return tuple(
        Version(commit=commit, text=text)
        for (commit, _), text in zip(wanted, texts, strict=False)
        if text is not None
    )


def file_history(root: Path, path: str) -> FileHistory:
    """Return a file below `root` as it is now, and its committed texts."""
    return FileHistory(now=read_post(root / path), versions=committed_versions(root, path))


def reference_versions(root: Path, path: str) -> tuple[Version, ...]:
    """Return a file's text in the last commit, in the one before, and where its branch left the main one.

    That branch is the one that a pull request goes to (GitHub's `GITHUB_BASE_REF`), else `origin`'s own.
    """
    branch = f"origin/{os.environ['GITHUB_BASE_REF']}" if os.environ.get("GITHUB_BASE_REF") else "origin/HEAD"
    base = _git(root, "merge-base", "HEAD", branch).decode().strip()
    commits = [commit for commit in ("HEAD", "HEAD^", base) if commit]
    asked = "".join(f"{commit}:./{path}\n" for commit in commits)
    texts = _objects(_git(root, "cat-file", "--batch", given=asked.encode("utf-8", "surrogatepass")))
    return tuple(
        Version(commit=commit[:8], text=text)
        for commit, text in zip(commits, texts, strict=False)
        if text is not None
    )


def published_commit(root: Path) -> tuple[str, str]:
    """Return the address from which others can fetch a folder's commit, and that commit; empty where nobody can.

    What a branch of `origin` holds has been published; only an address of HTTP is one for everybody.
    """
    address = _git(root, "remote", "get-url", "origin").decode().strip()
    commit = _git(root, "rev-parse", "HEAD").decode().strip()
    known = _git(root, "branch", "--remotes", "--contains", commit) if commit else b""
    is_public = address.startswith("https://") and known.strip()
    return (address, commit) if is_public else ("", "")


def _objects(batch: bytes) -> list[str | None]:
    """Read what `git cat-file --batch` prints: for each object a line with its size, and its bytes."""
    texts: list[str | None] = []
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        words = batch[at:end].split()
        at = end + 1
        # A file that a commit deletes is `<name> missing`.
        if len(words) == 3 and words[1] == b"blob":
            size = int(words[2])
            texts.append(batch[at : at + size].decode("utf-8", "replace").replace("\r\n", "\n"))
            at += size + 1
        else:
            texts.append(None)
    return texts


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    """Return what git prints; empty where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], input=given, capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
