"""Writing: the pages below docs/, written from the posts and the ledger before mkdocs looks for them."""

import logging
import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from hexapla import checks, running, site
from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN, RUN
from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.config.config import Config, load
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.ledger import findings
from hexapla.model.errors import HexaplaError
from hexapla.model.program import Program
from hexapla.render import write

log = logging.getLogger("mkdocs.plugins.hexapla")


class Writing:
    """The pages of a site, as often as mkdocs builds it."""

    def __init__(self) -> None:
        self._written_for: MkDocsConfig | None = None
        """The configuration for which the pages were last written."""
        self._site: Config | None = None
        self.injecting = Injecting()
        self._server: Future[ForkServer] | None = None
        """Runs edited programs while `hexapla serve` does; None under plain mkdocs, which executes nothing."""
        self._programs: list[Program] = []
        """Those of the site when the pages were last written."""

    def begin(self, config: MkDocsConfig) -> None:
        """Write the pages, once a build.

        Raises:
            Abort: hexapla cannot go on.
        """
        # The i18n plugin builds again for each language, with the same configuration.
        if not config.config_file_path or config is self._written_for:
            return
        self._written_for = config
        try:
            self._site = load(Path(config.config_file_path))
            if not os.environ.get(PAGES_WRITTEN):
                self.write(self._site)
            elif self._site.pages:
                self.injecting.begin(site.read_pages(self._site))
        except HexaplaError as error:
            raise Abort(f"hexapla cannot go on: {error}") from error

    @property
    def publishes_posts(self) -> bool:
        """Whether the site is made of posts, and its pages framed."""
        return self._site is None or self._site.publishes_posts

    def watch(self, server: LiveReloadServer) -> None:
        """Have a server of pages of the site's own look for outputs that another process records."""
        if self._site is not None and not os.environ.get(RUN) and self._site.snippets.is_dir():
            server.watch(str(self._site.snippets))

    def write(self, config: Config) -> None:
        """Write the pages, with new outputs where programs may be run, and tell of every problem."""
        read = site.read(config)
        self._programs = [program for _, program in read.programs]
        stale = site.stale(read)
        failures = checks.known_failures(read, {item.program.name for item in stale})
        if os.environ.get(RUN) and stale:
            server = self.warm(config).result()
            read, stale = running.run(read, stale, running.runner(config.options, server=server)), ()
        with write.building(config, log.info):
            written = site.pages(read)
        self.injecting.begin(read)
        for problem in (
            *read.problems,
            *failures,
            *checks.claims(read).problems,
            *written.problems,
            *findings.stale_problems(stale),
        ):
            log.log(logging.INFO if problem.severity.value == "note" else logging.WARNING, "%s", problem)

    def warm(self, config: Config) -> Future[ForkServer]:
        """Start the fork server, which imports what programs need; who wants it waits for it."""
        if self._server is None or (self._server.done() and self._server.exception()):
            server = ForkServer(config.options, log.info, preload=preload_of(self._programs))
            self._server = ThreadPoolExecutor(1).submit(server.__enter__)
        return self._server

    def end(self) -> None:
        """End the fork server."""
        if self._server is not None and not self._server.exception():
            self._server.result().close()
        self._server = None
