"""Watching: the system tells a server of every edit, where it can.

mkdocs goes on looking, less often: a folder of another machine or outside of a container tells of nothing.
"""

import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

_EDITS = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Not that a file was opened: reading the posts is no edit of them."""
_SELDOM = 5.0
"""Seconds between two looks of mkdocs' own where the system tells of edits: for network folders."""


class _Waker(FileSystemEventHandler):
    """Has the server build, as its own observer does."""

    def __init__(self, server: LiveReloadServer, changes: "EditedFiles", file: Path | None = None) -> None:
        self._server, self._changes = server, changes
        self._file = file
        """The only file whose edits are news, if there is one."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the thread that builds."""
        paths = [path for path in (event.src_path, event.dest_path) if path]
        if not event.is_directory and (self._file is None or str(self._file) in paths):
            self._changes.add(map(os.fsdecode, paths))
            wake(self._server)


def wake(server: LiveReloadServer) -> None:
    """Have the thread that builds do so."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


class EditedFiles:
    """The files that the system has told of, until somebody takes them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: set[Path] = set()

    def add(self, paths: Iterable[str]) -> None:
        """Note files that were written, or are gone."""
        with self._lock:
            self._paths.update(map(Path, paths))

    def taken(self) -> frozenset[Path]:
        """Return the files since this was last asked."""
        with self._lock:
            paths = frozenset(self._paths)
            self._paths.clear()
        return paths


def watch(
    server: LiveReloadServer,
    folders: Iterable[Path],
    file: Path | None = None,
    changes: EditedFiles | None = None,
) -> bool:
    """Have the system tell the server of every edit below folders, and of `file`; return whether it can.

    `changes` are told of the files, too.
    """
    changes = changes or EditedFiles()
    observer, waker = Observer(), _Waker(server, changes)
    with suppress(OSError):  # such as too many folders to watch: mkdocs still looks itself
        for folder in folders:
            observer.schedule(waker, str(folder), recursive=True, event_filter=_EDITS)
        if file is not None:  # editors put another one in its place, of which only its folder is told
            observer.schedule(_Waker(server, changes, file), str(file.parent), event_filter=_EDITS)
        observer.daemon = True
        observer.start()
        # To look at every page of a large site twice a second takes a twentieth of a processor.
        server.observer._timeout = _SELDOM
        for emitter in server.observer.emitters:
            emitter._timeout = _SELDOM
        return True
    return False
