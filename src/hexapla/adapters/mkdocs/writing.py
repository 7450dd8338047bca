"""Writing: the pages below docs/, written from the posts and the ledger before mkdocs looks for them."""

import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from hexapla import checks, site
from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN, RUN
from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.adapters.mkdocs.live_runs import LiveRuns
from hexapla.adapters.mkdocs.telling import Telling
from hexapla.config.config import Config, load
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.ledger import findings
from hexapla.model.errors import HexaplaError
from hexapla.model.problem import Problem, Severity, in_order
from hexapla.model.program import Program
from hexapla.render import write
from hexapla.render.drafts import drafts
from hexapla.site import Site

log = logging.getLogger("mkdocs.plugins.hexapla")


class Writing:
    """The pages of a site, as often as mkdocs builds it."""

    def __init__(self) -> None:
        self._written_for: MkDocsConfig | None = None
        """The configuration for which the pages were last written."""
        self._site: Config | None = None
        self.injecting = Injecting()
        self.serves = False
        """Whether pages are shown to their author, who sees what failed and what is to come."""
        self.drafts: Mapping[str, str] = {}
        """The pages that their author sees otherwise than readers, by path below docs/."""
        self.problems: tuple[Problem, ...] = ()
        """All that were found when the pages were last written."""
        self.read: Site | None = None
        """The site as it was read then."""
        self.is_written = False
        """Whether mkdocs' next build finds the pages as they are to be."""
        self.on_run: Callable[[], None] = lambda: None
        """Called when a program has run."""
        self._runs = LiveRuns(lambda: self.on_run())
        self._server: Future[ForkServer] | None = None
        """Runs edited programs while `hexapla serve` does; None under plain mkdocs, which executes nothing."""
        self._programs: list[Program] = []
        """Those of the site when the pages were last written."""
        self._telling = Telling()

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
            if self.is_written:
                self.is_written = False
            elif not os.environ.get(PAGES_WRITTEN):
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
        """Write the pages, begin what is stale where programs may be run, and tell of every problem."""
        read = site.read(config)
        if gone := self._gone(read):
            raise HexaplaError("\n".join(map(str, gone)))
        self._programs = [program for _, program in read.programs]
        stale, running = site.stale(read), frozenset[str]()
        if os.environ.get(RUN):
            running, stale = self._runs.want(read, stale, lambda: self.warm(config)), ()
        failures = checks.known_failures(read, running)
        with write.building(config, log.info):
            written = site.pages(read)
        self.injecting.begin(read, running if self.serves else None)
        of_posts = [article for article in read.articles if article.slug not in read.in_place]
        self.drafts = drafts(config, of_posts, read.ledgers, running) if self.serves else {}
        self.read = read
        self.problems = in_order(
            (
                *read.problems,
                *self._runs.problems,
                *failures,
                *checks.claims(read).problems,
                *written.problems,
                *findings.stale_problems(stale),
            )
        )
        self._telling.tell(self.problems)

    def _gone(self, read: Site) -> tuple[Problem, ...]:
        """Return what is wrong with posts that were shown and cannot be read any more, though they are there."""
        if self.read is None or self.read.config.codes != read.config.codes:
            return ()
        before, now = (
            {post.path for article in one.articles for post in article.posts.values()}
            for one in (self.read, read)
        )
        gone = {path for path in before - now if (read.config.root / path).exists()}
        errors = (problem for problem in read.problems if problem.severity is Severity.ERROR)
        return tuple(problem for problem in errors if problem.path in gone)

    def warm(self, config: Config) -> Future[ForkServer]:
        """Start the fork server, which imports what programs need; who wants it waits for it."""
        server = self._server
        if server is None or (server.done() and (server.exception() or server.result().has_ended)):
            self._server = server = ThreadPoolExecutor(1).submit(
                ForkServer(config.options, log.info, preload=preload_of(self._programs)).__enter__
            )
        return server

    def end(self) -> None:
        """End the programs that run, and the fork server."""
        self._runs.end()
        if self._server is not None and not self._server.exception():
            self._server.result().close()
        self._server = None
