"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import gc
from collections.abc import Callable
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import output_fences
from hexapla.adapters.mkdocs.frame_events import FrameEvents
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.options import DEFAULTS


class HexaplaPlugin(FrameEvents):  # type: ignore[no-untyped-call]
    """Executes nothing of itself: pages and outputs come from the posts, the site's own pages and the ledger."""

    # The options are read and checked by `hexapla.config`; mkdocs only needs to know their names.
    config_scheme = tuple(
        (name, config_options.Type(object, default=value)) for name, value in DEFAULTS.items()
    )

    def __init__(self) -> None:
        super().__init__()
        self._writing = Writing()
        self._preview: Preview | None = None
        """None where nothing is served."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves, knowing nothing of an earlier command."""
        self._writing, self._framing = Writing(), Framing()
        self._preview = self._asked = None
        if command == "serve":
            from hexapla.adapters.mkdocs import reloading  # What tells of edits, builds need not load.

            self._preview = Preview()
            self._asked = self._preview.asked
            self._asked.on_page = self._framing.end_page
            self._framing.is_to_come = self._asked.is_noted
            self._writing.serves = True
            self._writing.on_write = self._preview.begin
            self._framing.nonce = reloading.NONCE
        # The pages of a site all stay: looking for garbage among them takes a tenth of the time.
        gc.set_threshold(200_000, 50, 50)

    def on_shutdown(self) -> None:
        """End the fork server, and whatever is there for serving."""
        self._writing.end()
        self._preview = self._asked = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Watch what the pages are made from, and build only what an edit changes."""
        from hexapla.adapters.mkdocs.serving import Serving

        if self._preview is not None:
            serving = Serving(
                server, config, builder, preview=self._preview, writing=self._writing, framing=self._framing
            )
            serving.begin()
            self._writing.on_end = serving.end
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        self._writing.begin(config)
        output_fences.use(config)
        self.framed = self._writing.publishes_posts
        if self.framed:
            self._framing.place(config)
        return config

    @event_priority(-200)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Remember what the pages of a language are built with while they are served."""
        if self._preview is not None:
            self._preview.note(config, env, files)
        return super().on_env(env, config=config, files=files)

    @event_priority(-200)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Remember a language's navigation while it is served."""
        if self._preview is not None:
            self._preview.note_nav(config, nav)
        return super().on_page_context(context, page=page, config=config, nav=nav)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Show the author of a page more than readers."""
        return self._writing.drafts.get(page.file.src_uri)

    @event_priority(100)
    def _inject(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put outputs into a page of the site's own, before other plugins change what its author wrote."""
        return self._writing.injecting.markdown(markdown, page, config)

    on_page_markdown = CombinedEvent(_inject, FrameEvents._lead_on)
