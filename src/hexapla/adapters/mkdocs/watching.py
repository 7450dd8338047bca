"""Watching: an edit is noticed at once, where the system tells of it; mkdocs itself only looks twice a second.

mkdocs goes on looking, less often: a folder of another machine or outside of a container tells of nothing.
"""

import secrets
from collections.abc import Callable, Iterable
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

NONCE = secrets.token_urlsafe(16)
"""By which a page that is served knows the server's own script (Content Security Policy, level 3)."""

_EDITS = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Not that a file was opened: reading the posts is no edit of them."""
_SELDOM = 5.0
"""Seconds between two looks of mkdocs' own where the system tells of edits: for mkdocs.yml, and for network folders."""


class _Waker(FileSystemEventHandler):
    """Has the server build, as its own observer does."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the thread that builds."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()


def watch(server: LiveReloadServer, folders: Iterable[Path]) -> None:
    """Have the system tell the server of every edit below folders, where it can."""
    observer, waker = Observer(), _Waker(server)
    with suppress(OSError):  # such as too many folders to watch: mkdocs still looks itself
        for folder in folders:
            observer.schedule(waker, str(folder), recursive=True, event_filter=_EDITS)
        observer.daemon = True
        observer.start()
        # To look at every page of a large site twice a second takes a twentieth of a processor.
        server.observer._timeout = _SELDOM
        for emitter in server.observer.emitters:
            emitter._timeout = _SELDOM


def keep_quiet(server: LiveReloadServer) -> None:
    """Have no browser load anew after a build that changed nothing; to be called in it."""
    server._wanted_epoch = server._visible_epoch


def let_reload(server: LiveReloadServer) -> None:
    """Give the script that the server adds to each page the nonce by which it may run."""
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html

    def injected(content: bytes, epoch: int) -> bytes:
        before, opening, script = inject(content, epoch).rpartition(b"<script>")
        return b"%b<script nonce=%b>%b" % (before, NONCE.encode(), script) if opening else script

    server._inject_js_into_html = injected  # type: ignore[method-assign]
