"""Serving: what mkdocs' server does after an edit, which it is told of at once where the system tells of it.

mkdocs goes on looking, less often: a folder of another machine or outside of a container tells of nothing.

"""

import logging
import os
import secrets
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer, _timestamp
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
from hexapla.adapters.mkdocs.notices import Notices, default_first
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.adapters.mkdocs.telling import say_less
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.config import load
from hexapla.execution.sandbox import limits
from hexapla.model.errors import HexaplaError
from hexapla.model.problem import Problem, Severity

DELAY = 0.05
"""Seconds that the files must have been quiet before something is built; mkdocs waits five times as long."""

log = logging.getLogger("mkdocs.plugins.hexapla")


class Serving:
    """What a server does after an edit."""

    def __init__(
        self,
        server: LiveReloadServer,
        config: MkDocsConfig,
        build: Callable[[], None],
        *,
        preview: Preview,
        writing: Writing,
        framing: Framing,
    ) -> None:
        """Take what builds: `build` the whole site, `preview` single pages."""
        self._server, self._config, self._build = server, config, build
        self._preview, self._writing, self._framing = preview, writing, framing
        self._file = Path(config.config_file_path)
        self._has_run = threading.Event()
        """Set where a program has run since pages were last built."""
        self._unfinished = False
        """Whether pages that were written have not been built."""
        self._notices = Notices()
        self._forgetting = Forgetting()
        self._sources: tuple[Path, ...] = ()

    def begin(self) -> None:
        """Have the server watch what the pages are made from, and build only what an edit changes."""
        site = load(self._file)
        # What this process records itself is no news to it.
        recorded = () if os.environ.get(RUN) else (site.snippets,)
        folders = tuple(filter(Path.is_dir, (site.posts, *recorded)))
        self._sources = (*folders, self._file)
        for folder in folders:
            self._server.watch(str(folder))
        watch(self._server, (*folders, Path(self._config.docs_dir)), self._file)
        let_reload(self._server, lambda: self._notices)
        say_less()
        if os.environ.get(RUN):
            self._writing.warm(site)
        self._forgetting.forget()
        self._notices = self._noticed()
        self._preview.look()
        self._server.builder = self.rebuild
        self._server.build_delay = DELAY
        self._writing.on_run = self._note_run
        # What has run before is not on the pages yet.
        self._note_run()

    def rebuild(self) -> None:
        """Build what has changed; where that cannot be, go on showing the site as it was, and say why."""
        keep_quiet(self._server)
        started, before = time.monotonic(), self._notices
        ran = self._has_run.is_set()
        self._has_run.clear()
        try:
            with self._preview.reading(self._sources) as changed:
                if not changed and not ran:
                    return
                built = self._rebuilt()
            self._notices = self._noticed()
        except (Exception, SystemExit) as error:
            self._notices = replace(before, kept=_reason(error))
            built = frozenset()
            if self._notices != before:
                log.error("hexapla cannot go on: %s", self._notices.kept)
        self._forgetting.forget()
        if built is None or built or self._notices != before:
            log.info("Reloading browsers%s", _what(built, time.monotonic() - started))
            let_load(self._server)

    def _rebuilt(self) -> frozenset[str] | None:
        """Build what has changed; return the sources of the pages that were built, None for the whole site."""
        site = load(self._file)
        drafts = self._writing.drafts
        self._writing.write(site)
        now = self._writing.drafts
        redrawn = {name for name in drafts.keys() | now.keys() if drafts.get(name) != now.get(name)}
        self._framing.begin(self._config, site)
        unfinished, self._unfinished = self._unfinished, True
        built = None if unfinished else self._preview.rebuild(self._framing.end_pages, redrawn)
        if built is None:
            self._preview.look()
            self._build_whole()
        self._unfinished = False
        return built

    def _build_whole(self) -> None:
        """Build the whole site beside the one that is shown, which stays where that cannot be."""
        shown = Path(self._server.root)
        aside = shown.with_name(f"{shown.name}.before")
        shown.rename(aside)
        self._server.root = str(aside)
        self._writing.is_written = True
        try:
            shown.mkdir()
            self._build()
        except BaseException:
            limits.remove_folder(shown)
            aside.rename(shown)
            raise
        finally:
            self._writing.is_written = False
            self._server.root = str(shown)
        limits.remove_folder(aside)

    def _noticed(self) -> Notices:
        """Return what the browser is to say now."""
        read = self._writing.read
        if read is None:
            return Notices()
        pages: defaultdict[str, list[str]] = defaultdict(list)
        for article in read.articles:
            for code in read.config.codes if article.slug not in read.in_place else article.posts:
                post = article.posts.get(code, article.posts[article.original])
                pages[post.path].append(f"{code}/posts/{article.slug}.md")
        of_pages: defaultdict[str, list[Problem]] = defaultdict(list)
        elsewhere = []
        for problem in self._writing.problems:
            if problem.severity is Severity.NOTE:
                continue
            files = [file for name in pages[problem.path] if (file := self._preview.file_of(name))]
            for file in files:
                of_pages[file].append(problem)
            if not files and problem.severity is Severity.ERROR:
                elsewhere.append(problem)
        return Notices(languages=default_first(read.config), of_pages=of_pages, elsewhere=elsewhere)

    def _note_run(self) -> None:
        """Have the server build the pages of a program that has run."""
        self._has_run.set()
        wake(self._server)


def _reason(error: BaseException) -> str:
    """Return why the site cannot be built, in words."""
    if isinstance(error, HexaplaError):
        return str(error)
    if isinstance(error, SystemExit | MkDocsException):
        return f"mkdocs cannot build the site: {error}"
    log.exception("The site cannot be built.")
    return "".join(traceback.format_exception_only(error)).strip()


def _what(built: Collection[str] | None, seconds: float) -> str:
    """Return what was built, as the end of a sentence; None is the whole site."""
    pages = sum(name.endswith(".md") for name in built or ())
    if built is not None and not pages:
        return "."
    what = "the site is" if built is None else "1 page is" if pages == 1 else f"{pages} pages are"
    return f": {what} built in {seconds:.2f} seconds."


NONCE = secrets.token_urlsafe(16)
"""By which a page that is served knows the server's own script (Content Security Policy, level 3)."""

_EDITS = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Not that a file was opened: reading the posts is no edit of them."""
_SELDOM = 5.0
"""Seconds between two looks of mkdocs' own where the system tells of edits: for network folders."""


class _Waker(FileSystemEventHandler):
    """Has the server build, as its own observer does."""

    def __init__(self, server: LiveReloadServer, file: Path | None = None) -> None:
        self._server = server
        self._file = file
        """The only file whose edits are news, if there is one."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the thread that builds."""
        if self._file is None or str(self._file) in (event.src_path, event.dest_path):
            wake(self._server)


def wake(server: LiveReloadServer) -> None:
    """Have the thread that builds do so."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def watch(server: LiveReloadServer, folders: Iterable[Path], file: Path | None = None) -> None:
    """Have the system tell the server of every edit below folders, and of `file`, where it can."""
    observer, waker = Observer(), _Waker(server)
    with suppress(OSError):  # such as too many folders to watch: mkdocs still looks itself
        for folder in folders:
            observer.schedule(waker, str(folder), recursive=True, event_filter=_EDITS)
        if file is not None:  # editors put another one in its place, of which only its folder is told
            observer.schedule(_Waker(server, file), str(file.parent), event_filter=_EDITS)
        observer.daemon = True
        observer.start()
        # To look at every page of a large site twice a second takes a twentieth of a processor.
        server.observer._timeout = _SELDOM
        for emitter in server.observer.emitters:
            emitter._timeout = _SELDOM


def keep_quiet(server: LiveReloadServer) -> None:
    """Have no browser load anew after a build that changed nothing; to be called in it."""
    server._wanted_epoch = server._visible_epoch


def let_load(server: LiveReloadServer) -> None:
    """Have browsers load anew once a build, in which this is to be called, has ended."""
    server._wanted_epoch = max(_timestamp(), server._visible_epoch + 1)


def let_reload(server: LiveReloadServer, notices: Callable[[], Notices] = Notices) -> None:
    """Give the script that the server adds to each page the nonce by which it may run; set `notices` into the pages."""
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html
    serve = server._serve_request
    asked = threading.local()

    def served(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        inside = path.removeprefix(server.mount_path).lstrip("/")
        asked.file = f"{inside}index.html" if not inside or inside.endswith("/") else inside
        return serve(environ, start_response)

    def injected(content: bytes, epoch: int) -> bytes:
        content = notices().set_into(content, getattr(asked, "file", ""))
        before, opening, script = inject(content, epoch).rpartition(b"<script>")
        return b"%b<script nonce=%b>%b" % (before, NONCE.encode(), script) if opening else script

    server._inject_js_into_html = injected  # type: ignore[method-assign]
    server._serve_request = served  # type: ignore[method-assign]
