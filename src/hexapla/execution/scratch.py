"""Scratch: the folder that the files of programs lie in. Who holds it has it locked, and the kernel lets go of the lock
of who is killed: so whoever makes the next folder knows which of the others nobody needs any more, and removes them.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hexapla.execution.sandbox import operating_system
from hexapla.execution.sandbox.limits import remove_folder

PREFIX = "hexapla-scratch-"
"""How the names of these folders begin, among the temporary files of all."""


def make_folder() -> tuple[Path, int]:
    """Return a new folder, and the open file that holds it for as long as a process has it open."""
    for folder in _folders():
        _remove_if_abandoned(folder)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            # Somebody may have found the folder before it was held: then he removes it before he lets go.
            if _lock(handle, wait=True) and folder.exists():
                return folder, handle
            os.close(handle)


@contextmanager
def held_folder() -> Iterator[Path]:
    """Yield a new folder that is removed in the end: by whoever makes the next one, where this process is killed."""
    if not operating_system.CAN_FORK:
        with TemporaryDirectory(prefix=PREFIX) as name:
            yield Path(name)
        return
    folder, holder = make_folder()
    try:
        yield folder
    finally:
        remove_folder(folder)
        os.close(holder)


def _folders() -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))


def _remove_if_abandoned(folder: Path) -> None:
    """Remove a folder of this user's that nobody holds."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(handle).st_uid == os.geteuid() and _lock(handle, wait=False):
                remove_folder(folder)
        finally:
            os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Hold what is open; return False where somebody else does, and `wait` is not asked for."""
    import fcntl  # where programs can run, there is one

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
