"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import logging
import os
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

from hexapla import listing, site
from hexapla.builder import PAGES_WRITTEN, RUN
from hexapla.config import OPTIONS, Config, load
from hexapla.errors import HexaplaError
from hexapla.folding import with_folds
from hexapla.labels import labels
from hexapla.listing import MARKER
from hexapla.mathml import with_mathml
from hexapla.published import Built, publish

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
    _server: Any = None
    """Runs edited programs while `hexapla serve` does; None under plain mkdocs, which executes nothing."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves."""

    def on_shutdown(self) -> None:
        """End the fork server."""
        if self._server is not None:
            self._server.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        # The i18n plugin builds again for each language, with the same configuration.
        if os.environ.get(PAGES_WRITTEN) or not config.config_file_path or config is self._written_for:
            return config
        self._written_for = config
        try:
            self._write(load(Path(config.config_file_path)))
        except HexaplaError as error:
            raise Abort(f"hexapla cannot go on. {error}") from error
        return config

    def _write(self, config: Config) -> None:
        """Write the pages, with new outputs where programs may be run, and tell of every problem."""
        read = site.read(config)
        todo = site.stale(read)
        if os.environ.get(RUN) and todo:
            self._server = self._server or site.server(config, log.info).__enter__()
            read, todo = site.run(read, todo, site.runner(config, server=self._server)), ()
        written = site.pages(read)
        found = (*read.problems, *site.claims(read), *written.problems, *(one.problem for one in todo))
        for problem in found:
            log.log(logging.INFO if problem.severity.value == "note" else logging.WARNING, "%s", problem)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the pages are made from."""
        own = load(Path(config.config_file_path))
        # What this process records itself is no news to it.
        for folder in filter(Path.is_dir, (own.posts,) if os.environ.get(RUN) else (own.posts, own.snippets)):
            server.watch(str(folder))
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the section of the articles the title of its page, in the page's language."""
        for page in nav.pages:
            if page.file.src_uri.endswith("/posts/index.md") and page.parent:
                page.read_source(config)
                page.parent.title = str(page.meta.get("title", page.parent.title))
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of articles into home pages."""
        if MARKER not in markdown:
            return markdown
        home = Path(page.file.src_uri).parent
        text = Path(config.docs_dir, home, "posts", "index.md").read_text(encoding="utf-8")
        return markdown.replace(MARKER, listing.latest(text, home.name))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fold what is hidden, and turn formulas into MathML."""
        done = with_mathml(with_folds(html, labels(page.file.src_uri.split("/")[0]).code))
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
        built = Built(folder=Path(config.site_dir), site_url=config.site_url or "", not_found=self._not_found)
        whole = not config.plugins["i18n"].building  # type: ignore[attr-defined]
        if whole and (why := publish(load(Path(config.config_file_path)), built)):
            log.warning("%s", why)
