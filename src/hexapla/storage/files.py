"""Every read and every write of the engine. Writes are whole or not at all, and only of what changed."""

import errno
import filecmp
import json
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import glob
from importlib import resources
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has none; two builds at once are not kept apart there.
    fcntl = None  # type: ignore[assignment]

JOURNAL = ".journal.json"
ASIDE = ".hexapla-aside"
"""How the name of a file ends that is still being written."""


def user_cache() -> Path:
    """Return the folder of this user's that what can be made again is kept in; it may not be there."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hexapla"


def posts_below(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files below a folder, sorted; hidden files and folders are left out."""
    for path in sorted(folder.rglob("*.md")):
        if path.is_file() and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts):
            yield path


def read_post(path: Path) -> str:
    """Return a post's text with `\\n` line ends and without a byte order mark.

    Raises:
        UnicodeDecodeError: it is not UTF-8; `object` and `start` say where.
        OSError: it cannot be read.
    """
    text = path.read_bytes().decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_if_there(path: Path) -> str:
    """Return a text that may be missing or damaged: then empty."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def holds(path: Path, text: str) -> bool:
    """Return whether a file is there, with just this text."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def read_folder(folder: Path) -> dict[str, str]:
    """Return the files of a folder by name; empty where there is no such folder.

    Where a `replace_folder` was cut off, returns what it was about to write. A file that is not UTF-8 comes
    with replacement characters, so that its digest tells that it is damaged.
    """
    journal = _journal(folder)
    if journal is not None:
        return journal
    if not folder.is_dir():
        return {}
    return {
        path.name: path.read_bytes().decode("utf-8", errors="replace")
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }


def replace_folder(folder: Path, files: Mapping[str, str]) -> bool:
    """Make a folder hold just these files; return whether anything changed.

    A crash at any moment leaves either the old or the new files, never a mixture: all of them are first
    written into a journal, which `read_folder` prefers and the next call finishes.
    """
    finish_replacing(folder)
    if read_folder(folder) == dict(files):
        return False
    write(folder / JOURNAL, json.dumps(dict(files), ensure_ascii=False))
    _apply(folder, files)
    return True


def finish_replacing(folder: Path) -> None:
    """Finish a `replace_folder` that was cut off, and remove what was left of it; nobody else may write there."""
    if (folder / JOURNAL).exists():
        _apply(folder, _journal(folder) or read_folder(folder))
    remove(list(folder.glob(f"*{ASIDE}")))


def is_complete(folder: Path) -> bool:
    """Return whether nothing in a folder is half written, or just being written."""
    return not any(path.name == JOURNAL or path.name.endswith(ASIDE) for path in folder.iterdir())


def _journal(folder: Path) -> dict[str, str] | None:
    """Return what a `replace_folder` that was cut off was about to write; None where there is no such thing.

    A damaged journal is none, nor is one that names files elsewhere: the folder may be a stranger's. The files
    that stand there then speak for themselves.
    """
    try:
        files = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(files, dict) and all(
        isinstance(text, str) and name and Path(name).name == name and name[0] != "."
        for name, text in files.items()
    )
    return files if whole else None


def _apply(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        write(folder / name, text)
    gone = [path for path in folder.iterdir() if not path.name.startswith(".") and path.name not in files]
    remove(gone)
    remove([folder / JOURNAL])


@contextmanager
def locked(folder: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a folder against other hexapla processes on this machine; `on_wait` is called where one has it now."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                on_wait()
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write(path: Path, text: str, *, durable: bool = True) -> bool:
    """Write a file if its content differs, aside first and then renamed; return whether it was written.

    What a build makes anew anyway need not be `durable`: waiting for the disk costs more than the page.
    """
    return write_bytes(path, text.encode("utf-8"), durable=durable)


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write a file as `write` does."""
    mode = 0o644
    try:
        if path.read_bytes() == data:
            return False
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = _open_aside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(handle)
            if aside is not None:
                aside.chmod(mode)
            else:
                os.fchmod(handle, mode)
                if _link(handle, path):
                    return True
                aside = path.with_name(f".{secrets.token_hex(8)}{ASIDE}")
                _link(handle, aside)
        aside.replace(path)
    except BaseException as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # what has no name yet has none to tell of
        raise
    return True


def _link(handle: int, path: Path) -> bool:
    """Give an open file that has no name one; return False where another file has it."""
    try:
        # With a folder given, even where the path is absolute, the link is followed.
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle, follow_symlinks=True)
    except FileExistsError:
        return False
    return True


def _open_aside(path: Path) -> tuple[int, Path | None]:
    """Open a new file beside a path: without a name where the system has such files, so that none can be left over."""
    with suppress(OSError, AttributeError):
        if Path("/proc/self/fd").is_dir():
            return os.open(path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600), None
    handle, named = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ASIDE)
    return handle, Path(named)


def remove_asides(folder: Path) -> None:
    """Remove what killed processes were writing below a folder; nobody else may write there."""
    for place in glob(f"**/.*{ASIDE}", root_dir=folder, recursive=True, include_hidden=True):  # noqa: PTH207
        (folder / place).unlink(missing_ok=True)


def template(name: str) -> str:
    """Return a file that comes with hexapla."""
    return (resources.files("hexapla") / "templates" / name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """Return a file that comes with hexapla and is no text."""
    return (resources.files("hexapla") / "templates" / name).read_bytes()


def copy(source: Path, target: Path) -> bool:
    """Copy a file if its content differs; return whether it was copied."""
    if target.is_file() and not target.is_symlink() and filecmp.cmp(source, target, shallow=False):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        # Not to write where it leads.
        target.unlink()
    shutil.copyfile(source, target)
    return True


def is_writable(path: Path) -> bool:
    """Return whether a file is this user's to write: renaming another over it would go round its permissions."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def write_as(path: Path, text: str) -> bool:
    """Write a post's text with the line ends and the byte order mark that the file has.

    Raises:
        PermissionError: the file is not this user's to write.
    """
    if not is_writable(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    old = path.read_bytes()
    text = text.replace("\n", "\r\n") if b"\r\n" in old else text
    return write(path, ("\ufeff" if old.startswith(b"\xef\xbb\xbf") else "") + text)


def remove(paths: Iterable[Path]) -> int:
    """Remove files and the folders that this empties; return how many files went."""
    count = 0
    for path in paths:
        path.unlink(missing_ok=True)
        count += 1
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    return count
