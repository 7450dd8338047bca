"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import gc
import logging
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla import site
from hexapla.adapters.mkdocs import compiled, watching
from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN, RUN
from hexapla.adapters.mkdocs.navigation import name_nearest, newest_first
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.config.config import OPTIONS, Config, load
from hexapla.execution.client import ForkServer
from hexapla.model.errors import HexaplaError
from hexapla.publish.finish import Built, publish, refresh
from hexapla.publish.mathml import with_mathml
from hexapla.publish.theme_words import Mended
from hexapla.publish.wording import worded
from hexapla.render import fallback, lists
from hexapla.render.folding import with_folds
from hexapla.render.labels import labels
from hexapla.render.lists import MARKER

DELAY = 0.05
"""Seconds that the files must have been quiet before something is built; mkdocs waits five times as long."""

log = logging.getLogger("mkdocs.plugins.hexapla")


class HexaplaPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Executes nothing of itself: pages come from the posts and the ledger."""

    # The options are read and checked by `hexapla.config`; mkdocs only needs to know their names.
    config_scheme = tuple(
        (name, config_options.Type(object, default=value)) for name, value in OPTIONS.items()
    )

    _written_for: MkDocsConfig | None = None
    """The configuration for which the pages were last written."""
    _not_found: ClassVar[dict[str, str]] = {}
    """The theme's 404 page by language."""
    _server: Future[ForkServer] | None = None
    """Runs edited programs while `hexapla serve` does; None under plain mkdocs, which executes nothing."""
    _preview: Preview | None = None
    """None where nothing is served."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves."""
        self._preview = Preview() if command == "serve" else None
        # The pages of a site all stay: looking for garbage among them takes a tenth of the time.
        gc.set_threshold(200_000, 50, 50)

    def on_shutdown(self) -> None:
        """End the fork server."""
        if self._server is not None and not self._server.exception():
            self._server.result().close()
        self._server = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        # The i18n plugin builds again for each language, with the same configuration.
        if os.environ.get(PAGES_WRITTEN) or not config.config_file_path or config is self._written_for:
            return config
        self._written_for = config
        try:
            self._write(load(Path(config.config_file_path)))
        except HexaplaError as error:
            raise Abort(f"hexapla cannot go on: {error}") from error
        return config

    def _write(self, config: Config) -> None:
        """Write the pages, with new outputs where programs may be run, and tell of every problem."""
        read = site.read(config)
        todo = site.stale(read)
        if os.environ.get(RUN) and todo:
            server = self._warm(config).result()
            read, todo = site.run(read, todo, site.runner(config.options, server=server)), ()
        written = site.pages(read)
        found = (*read.problems, *site.claims(read), *written.problems, *(one.problem for one in todo))
        for problem in found:
            log.log(logging.INFO if problem.severity.value == "note" else logging.WARNING, "%s", problem)

    def _warm(self, config: Config) -> Future[ForkServer]:
        """Start the fork server, which imports what programs need; who wants it waits for it."""
        if self._server is None or (self._server.done() and self._server.exception()):
            self._server = ThreadPoolExecutor(1).submit(site.server(config, log.info).__enter__)
        return self._server

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the pages are made from, and build only what an edit changes."""
        file = Path(config.config_file_path)
        own = load(file)
        # What this process records itself is no news to it.
        kept = () if os.environ.get(RUN) else (own.snippets,)
        folders = tuple(filter(Path.is_dir, (own.posts, *kept)))
        for folder in folders:
            server.watch(str(folder))
        watching.watch(server, (*folders, Path(config.docs_dir)))
        if os.environ.get(RUN):
            self._warm(own)
        preview = self._preview
        if preview is None:
            return server

        def rebuild() -> None:
            started = time.monotonic()
            with preview.reading((*folders, file)) as changed:
                if not changed:
                    watching.keep_quiet(server)
                    return
                try:
                    now = load(file)
                    self._write(now)
                    done = preview.rebuild(lambda names: refresh(now, self._built(config), names))
                except HexaplaError as error:
                    log.error("hexapla cannot go on: %s", error)
                    return
                if done:
                    log.info("The changed pages are built, in %.2f seconds", time.monotonic() - started)
                else:
                    builder()

        preview.look()
        server.builder = rebuild
        server.build_delay = DELAY
        return server

    @event_priority(-200)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Mend the theme's words, compile each template once for all languages, remember what a preview needs."""
        env.loader = Mended(env.loader)
        env.bytecode_cache = env.bytecode_cache or compiled.TEMPLATES
        if self._preview is not None:
            self._preview.note(config, env, files)
        return env

    @event_priority(-200)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Have the navigation name articles near the page, and remember it: no later event tells of it."""
        if self._preview is not None:
            self._preview.note_nav(config, nav)
        if config.nav is None:
            name_nearest(nav, page, labels(page.file.src_uri.split("/")[0]).all_articles)
        return context

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the section of the articles the title of its page, and the order of the list on it."""
        for page in tuple(nav.pages):
            if page.file.src_uri.endswith("/posts/index.md") and page.parent:
                page.read_source(config)
                page.parent.title = str(page.meta.get("title", page.parent.title))
                if config.nav is None:
                    newest_first(nav, page, lists.order_in(page.markdown or ""))
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of articles into home pages, and say of a page in which other language it is."""
        if MARKER in markdown:
            home = Path(page.file.src_uri).parent
            text = Path(config.docs_dir, home, "posts", "index.md").read_text(encoding="utf-8")
            markdown = markdown.replace(MARKER, lists.home_excerpt(text, home.name))
        # What the i18n plugin takes from the default language; articles have stand-ins of their own.
        source, shown = page.file.locale, page.file.locale_alternate_of  # type: ignore[attr-defined]
        title = str(page.meta.get("title", page.file.name))
        return fallback.fallback_page(markdown, title, source, shown) if source != shown else markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Translate what Python-Markdown says itself, fold what is hidden, and turn formulas into MathML."""
        language = page.file.src_uri.split("/")[0]
        html = worded(html, language, str(page.meta.get("hexapla_original", language)))
        done = with_mathml(with_folds(html, labels(language).code))
        for formula in done.left:
            log.warning("%s: the formula `%s` cannot be shown; simplify it.", page.file.src_uri, formula)
        return done.html

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep each language's 404 page: the i18n plugin writes them all over one another."""
        if template_name == "404.html":
            self._not_found[config.plugins["i18n"].current_language] = output_content  # type: ignore[attr-defined]
        return output_content

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site, once the i18n plugin has built the last language."""
        whole = not config.plugins["i18n"].building  # type: ignore[attr-defined]
        if whole and (why := publish(load(Path(config.config_file_path)), self._built(config))):
            log.warning("%s", why)

    def _built(self, config: MkDocsConfig) -> Built:
        return Built(folder=Path(config.site_dir), site_url=config.site_url or "", not_found=self._not_found)
