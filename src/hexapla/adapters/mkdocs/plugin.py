"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import gc
from collections.abc import Callable
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import navigation, serving
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.adapters.mkdocs.serving import watch_and_rebuild
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.options import DEFAULTS


class HexaplaPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Executes nothing of itself: pages come from the posts and the ledger."""

    # The options are read and checked by `hexapla.config`; mkdocs only needs to know their names.
    config_scheme = tuple(
        (name, config_options.Type(object, default=value)) for name, value in DEFAULTS.items()
    )

    def __init__(self) -> None:
        self._writing, self._framing = Writing(), Framing()
        self._preview: Preview | None = None
        """None where nothing is served."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves."""
        if command == "serve":
            self._preview = Preview()
            self._framing.nonce = serving.NONCE
        # The pages of a site all stay: looking for garbage among them takes a tenth of the time.
        gc.set_threshold(200_000, 50, 50)

    def on_shutdown(self) -> None:
        """End the fork server."""
        self._writing.end()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Watch what the pages are made from, and build only what an edit changes."""
        if self._preview is not None:
            watch_and_rebuild(
                server, config, builder, preview=self._preview, writing=self._writing, framing=self._framing
            )
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        self._writing.begin(config)
        self._framing.place(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read what the frames of pages tell, before the first language is built."""
        if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
            self._framing.begin(config)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the section of the articles the title of its page, and the order of the list on it."""
        return navigation.arrange_navigation(nav, config)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of articles into home pages, and say of a page in which other language it is."""
        self._framing.open(page)
        return navigation.lead_on(markdown, page, config)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Finish what Python-Markdown made of a page."""
        return self._framing.content(html, page, config)

    @event_priority(-200)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Have the theme's environment find our templates."""
        if self._preview is not None:
            self._preview.note(config, env, files)
        return self._framing.install(env, config)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Tell the templates of the page for wrong addresses."""
        self._framing.tell_template(context, config)
        return context

    @event_priority(100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Seal a template's output, before others change it."""
        return self._framing.rendered_template(output_content, template_name, config)

    @event_priority(-200)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Tell the templates of a page, and have its navigation name articles near it."""
        if self._preview is not None:
            self._preview.note_nav(config, nav)
        navigation.show_near(nav, page, config)
        self._framing.tell_page(context, page, config)
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Seal a page, before others change it."""
        return self._framing.rendered(output)

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site, once the i18n plugin has built the last language."""
        if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
            self._framing.end()
