"""The mkdocs adapter: writes the pages before mkdocs looks for them, and adds what only a builder can.

Thin on purpose: pages are plain files, so that another builder needs only to replace this one.
"""

import gc
from collections.abc import Callable

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import output_fences
from hexapla.adapters.mkdocs.frame_events import FrameEvents
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

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay loaded while mkdocs serves, knowing nothing of an earlier command."""
        self._writing = Writing()
        if command == "serve":
            from hexapla.adapters.mkdocs import serving  # What tells of edits, builds need not load.

            self._preview = Preview()
            self._writing.serves = True
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
        from hexapla.adapters.mkdocs.serving import Serving

        if self._preview is not None and self.framed:
            serving = Serving(
                server, config, builder, preview=self._preview, writing=self._writing, framing=self._framing
            )
            serving.begin()
            self._writing.on_end = serving.end
        elif not self.framed:
            self._writing.watch(server)
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, before mkdocs lists the files."""
        self._writing.begin(config)
        output_fences.use(config)
        self.framed = self._writing.publishes_posts
        if self.framed:
            self._framing.place(config)
        return config

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Show the author of a page more than readers."""
        return self._writing.drafts.get(page.file.src_uri)

    @event_priority(100)
    def _inject(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put outputs into a page of the site's own, before other plugins change what its author wrote."""
        return self._writing.injecting.markdown(markdown, page, config)

    on_page_markdown = CombinedEvent(_inject, FrameEvents._lead_on)
