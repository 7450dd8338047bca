"""Serving: what mkdocs' server does after an edit, which it is told of at once where the system tells of it.

mkdocs goes on looking, less often: a folder of another machine or outside of a container tells of nothing.

"""

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
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

from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.forgetting import Forgetting
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.config import load
from hexapla.model.errors import HexaplaError

DELAY = 0.05
"""Seconds that the files must have been quiet before something is built; mkdocs waits five times as long."""

log = logging.getLogger("mkdocs.plugins.hexapla")


def watch_and_rebuild(
    server: LiveReloadServer,
    config: MkDocsConfig,
    build: Callable[[], None],
    *,
    preview: Preview,
    writing: Writing,
    framing: Framing,
) -> None:
    """Have a server watch what the pages are made from, and build only what an edit changes.

    `build` builds the whole site.
    """
    file = Path(config.config_file_path)
    site = load(file)
    # What this process records itself is no news to it.
    recorded = () if os.environ.get(RUN) else (site.snippets,)
    folders = tuple(filter(Path.is_dir, (site.posts, *recorded)))
    for folder in folders:
        server.watch(str(folder))
    watch(server, (*folders, Path(config.docs_dir)))
    let_reload(server)
    if os.environ.get(RUN):
        writing.warm(site)
    forgetting = Forgetting()
    forgetting.forget()

    def rebuild() -> None:
        started = time.monotonic()
        with preview.reading((*folders, file)) as changed:
            if not changed:
                keep_quiet(server)
                return
            try:
                site = load(file)
                writing.write(site)
                framing.begin(config, site)
                only_pages = preview.rebuild(framing.end_pages)
            except HexaplaError as error:
                log.error("hexapla cannot go on: %s", error)
                return
            if only_pages:
                log.info("The changed pages are built, in %.2f seconds", time.monotonic() - started)
            else:
                build()
            forgetting.forget()

    preview.look()
    server.builder = rebuild
    server.build_delay = DELAY


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
