"""Serving: what mkdocs' server does after an edit: as little as shows it, at once, and all else later."""

import logging
import os
import threading
import time
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.filling import Filling
from hexapla.adapters.mkdocs.forgetting import Forgetting
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.notices import Notices, notices_of
from hexapla.adapters.mkdocs.preview import Preview, sources_of
from hexapla.adapters.mkdocs.reloading import keep_quiet, let_load, let_reload
from hexapla.adapters.mkdocs.rest import Rest
from hexapla.adapters.mkdocs.telling import say_less, what_was_built
from hexapla.adapters.mkdocs.watching import EditedFiles, wake, watch
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.config import load
from hexapla.execution.sandbox import limits
from hexapla.model.errors import HexaplaError
from hexapla.publish.search import FOLDER as SEARCH
from hexapla.storage import files

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
        self._asked = preview.asked
        self._filling = Filling(preview.asked, framing, self._make)
        self._looked_at = ""
        """The page that was asked for last."""
        self._file = Path(config.config_file_path)
        self._has_run = threading.Event()
        """Set where a program has run since pages were last built."""
        self._unfinished = False
        """Whether pages that were written have not been built."""
        self._notices = Notices()
        self._forgetting = Forgetting()
        self._sources: tuple[Path, ...] = ()
        self._changes = EditedFiles()
        self._is_told = False
        """Whether the system tells of edits: where it does not, each may be one of more than articles."""
        self._rest = Rest(self._file)

    def begin(self) -> None:
        """Have the server watch what the pages are made from, and build only what an edit changes."""
        site = load(self._file)
        self._sources = sources_of(site)
        folders = self._sources[:-1]
        for folder in folders:
            self._server.watch(str(folder))
        self._preview.others = self._others
        told = (*folders, Path(self._config.docs_dir), *self._others())
        self._is_told = watch(self._server, told, self._file, self._changes)
        let_reload(self._server, lambda: self._notices, self._ask)
        say_less()
        if os.environ.get(RUN):
            self._writing.warm(site)
        self._forgetting.forget()
        self._notices = self._noticed()
        self._preview.look()
        self._server.builder = self.rebuild
        self._server.build_delay = DELAY
        self._writing.on_run = self._note_run
        if site.publishes_posts:
            self._filling.begin()
        # What has run before is not on the pages yet.
        self._note_run()

    def rebuild(self) -> None:
        """Build what has changed; where that cannot be, go on showing the site as it was, and say why."""
        with self._asked.lock:
            self._rebuild()
            self._asked.used_at = time.monotonic()

    def _ask(self, file: str) -> bool:
        """Make a file of the site that a browser asks for if it is to be made; return whether it was."""
        self._asked.used_at = time.monotonic()
        is_made = self._make(file)
        if file.endswith(".html") and (is_made or Path(self._server.root, file).is_file()):
            self._looked_at = file
        return is_made

    def _make(self, file: str) -> bool:
        """Make a file of the site if it is to be made; return whether it was.

        A page that cannot be made says why, until it is made anew.
        """
        try:
            return self._asked.ask(file)
        except (Exception, SystemExit) as error:
            self._notices = replace(self._notices, kept=_reason(error))
            log.error("hexapla cannot show `%s`: %s", file, self._notices.kept)
            files.write(Path(self._server.root, file), "<!doctype html><body></body>", durable=False)
            return True

    def _rebuild(self) -> None:
        keep_quiet(self._server)
        started, before = time.monotonic(), self._notices
        ran = self._has_run.is_set()
        self._has_run.clear()
        paths = self._changes.taken()
        try:
            built = self._rebuilt_articles(paths) if self._is_told and (paths or ran) else None
            if built is None:
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
        if built is None or built:
            self._filling.want()
        if (
            self._notices == before
            and built
            and not ran
            and self._rest.has_written(paths, Path(self._config.docs_dir))
        ):
            # The save that it belongs to has been told of.
            if any(map(self._is_made, built)):
                let_load(self._server)
        elif built is None or built or self._notices != before:
            log.info("Reloading browsers%s", what_was_built(built, time.monotonic() - started))
            let_load(self._server)

    def _is_made(self, name: str) -> bool:
        """Return whether a page of a file below docs/ has been asked for."""
        return not all(map(self._asked.waits, self._preview.files_of(name)))

    def _rebuilt_articles(self, paths: Collection[Path]) -> frozenset[str] | None:
        """Build the pages of articles whose posts were edited, or whose programs have run.

        Returns the sources of the pages that were built; None where it takes more than that. What others show of those
        articles is written by a process of its own, of whose work the system tells.
        """
        docs = Path(self._config.docs_dir)
        if self._unfinished or self._notices.kept or not self._writing.publishes_posts:
            return None
        files = {path for path in paths if path.is_relative_to(docs) and not self._preview.is_known(path)}
        if any(map(self._writing.may_hold_code, files)):
            return None
        edited = {path for path in paths if not path.is_relative_to(docs)}
        slugs = self._writing.slugs_of(edited)
        if slugs is None or not all(map(self._is_page_of_site, files)):
            return None
        slugs |= self._writing.take_ran()
        if slugs:
            self._rest.end()
        shown = self._writing.shown
        read = self._preview.states(edited)
        written = self._writing.write_articles(slugs) if slugs else frozenset()
        if written is None or not all(map(self._preview.files_of, filter(_is_page, written))):
            return None
        files |= {docs / name for name in written}
        redrawn = _differences(shown, self._writing.shown)
        self._framing.renew(path.relative_to(docs).as_posix() for path in files if _is_page(path.name))
        self._unfinished = True
        built = self._preview.rebuild(self._framing.end_pages, redrawn, files)
        self._unfinished = built is None
        if built is not None and slugs:
            self._preview.take(read)
            self._rest.begin()
        return built

    def _is_page_of_site(self, path: Path) -> bool:
        """Return whether a file below docs/ is there, and in the site."""
        name = path.relative_to(self._config.docs_dir).as_posix()
        return path.exists() and bool(self._preview.files_of(name))

    def end(self) -> None:
        """End what makes the rest of the site."""
        self._filling.end()
        self._rest.end()

    def _rebuilt(self) -> frozenset[str] | None:
        """Build what has changed; return the sources of the pages that were built, None for the whole site."""
        site = load(self._file)
        shown = self._writing.shown
        self._rest.end()
        self._writing.write(site)
        redrawn = _differences(shown, self._writing.shown)
        unfinished, self._unfinished = self._unfinished, True
        built = None
        if not unfinished and not self._preview.has_other_files():
            self._framing.begin(self._config, site)
            built = self._preview.rebuild(self._framing.end_pages, redrawn)
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
            # The page that its author looks at: where that cannot be made, the site stays as it was.
            self._asked.ask(self._looked_at)
        except BaseException:
            limits.remove_folder(shown)
            aside.rename(shown)
            raise
        finally:
            self._asked.leave()
            self._writing.is_written = False
            self._server.root = str(shown)
        self._keep_search(aside, shown)
        limits.remove_folder(aside)

    def _keep_search(self, before: Path, now: Path) -> None:
        """Have readers search what was found in the site as it was, where its pages are made one by one."""
        for place in before.glob(f"**/{SEARCH}"):
            target = now / place.relative_to(before)
            if place.is_dir() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                place.rename(target)

    def _noticed(self) -> Notices:
        """Return what the browser is to say now."""
        read = self._writing.read
        return notices_of(read, self._writing.problems, self._preview.files_of) if read else Notices()

    def _others(self) -> list[Path]:
        """Return what else the site is made from: what mkdocs.yml or a plugin has the server watch."""
        ours = {*map(str, self._sources), self._config.docs_dir}
        return [Path(path) for path in {*self._config.watch, *self._server._watched_paths} - ours]

    def _note_run(self) -> None:
        """Have the server build the pages of a program that has run."""
        self._has_run.set()
        wake(self._server)


def _is_page(name: str) -> bool:
    return name.endswith(".md")


def _differences(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """Return the pages that show something else now."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def _reason(error: BaseException) -> str:
    """Return why the site cannot be built, in words."""
    if isinstance(error, HexaplaError):
        return str(error)
    if isinstance(error, SystemExit | MkDocsException):
        return f"mkdocs cannot build the site: {error}"
    log.exception("The site cannot be built.")
    return "".join(traceback.format_exception_only(error)).strip()
