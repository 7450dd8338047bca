"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import logging
import os
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hexapla.builder import PAGES_WRITTEN
from hexapla.config import OPTIONS, load
from hexapla.errors import HexaplaError
from hexapla.listing import MARKER, items_of

log = logging.getLogger("mkdocs.plugins.hexapla")


class HexaplaPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Executes nothing: pages come from the posts and the ledger."""

    # The options are read and checked by `hexapla.config`; mkdocs only needs to know their names.
    config_scheme = tuple(
        (name, config_options.Type(object, default=value)) for name, value in OPTIONS.items()
    )

    _written_for: MkDocsConfig | None = None
    """The configuration for which the pages were last written."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        # The i18n plugin builds again for each language, with the same configuration.
        if os.environ.get(PAGES_WRITTEN) or not config.config_file_path or config is self._written_for:
            return config
        self._written_for = config
        from hexapla import site

        try:
            read = site.read(load(Path(config.config_file_path)))
            written = site.pages(read)
        except HexaplaError as error:
            raise Abort(f"hexapla cannot go on. {error}") from error
        for problem in (*read.problems, *written.problems):
            log.log(logging.INFO if problem.severity.value == "note" else logging.WARNING, "%s", problem)
        for stale in site.stale(read):
            log.warning("%s has no valid record (%s): run `hexapla run`.", stale.program.name, stale.reason)
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the pages are made from."""
        own = load(Path(config.config_file_path))
        for folder in (own.posts, own.snippets):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    @event_priority(-100)  # after the i18n plugin, which rebuilds the navigation of each language
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the section of the articles the title of its page, in the page's language."""
        for section in nav.items:
            for child in section.children or [] if isinstance(section, Section) else []:
                if isinstance(child, Page) and child.file.src_uri.endswith("/posts/index.md"):
                    child.read_source(config)
                    section.title = str(child.meta.get("title", section.title))
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of articles into home pages."""
        if MARKER not in markdown:
            return markdown
        listing = Path(config.docs_dir, Path(page.file.src_uri).parent, "posts", "index.md")
        return markdown.replace(MARKER, items_of(listing.read_text(encoding="utf-8")))

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell search engines which page a fallback repeats."""
        original = page.meta.get("hexapla_original")
        if original and page.canonical_url and config.site_url:
            page.canonical_url = self._in_language(page, str(original), config)
        return context

    def _in_language(self, page: Page, language: str, config: MkDocsConfig) -> str:
        """Return the URL of the same page in another language."""
        default = load(Path(config.config_file_path)).default_language
        folder = "" if language == default else f"{language}/"
        site = str(config.site_url).rstrip("/")
        return f"{site}/{folder}posts/{Path(page.file.src_uri).stem}/"
