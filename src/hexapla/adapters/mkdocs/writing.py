"""Writing: the pages below docs/, written from the posts and the ledger before mkdocs looks for them."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from hexapla import checks, site
from hexapla.adapters.mkdocs.builder import PAGES_WRITTEN, RUN
from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.adapters.mkdocs.live_runs import LiveRuns
from hexapla.adapters.mkdocs.telling import Telling
from hexapla.config.config import Config, load
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.ledger import findings
from hexapla.model.article import Article
from hexapla.model.errors import HexaplaError
from hexapla.model.problem import Problem, Severity, in_order
from hexapla.model.program import Program
from hexapla.render import write
from hexapla.render.catalog import Catalog
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
        self._catalogs: Mapping[str, Catalog] = {}
        """What pages tell of other articles, by language, as all were last written."""
        self.read: Site | None = None
        """The site as it was read then."""
        self.is_written = False
        """Whether mkdocs' next build finds the pages as they are to be."""
        self.on_write: Callable[[Config], None] = lambda _: None
        """Called before what the pages are made from is read."""
        self.on_run: Callable[[], None] = lambda: None
        """Called when a program has run."""
        self.on_end: Callable[[], None] = lambda: None
        """Called at the end."""
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

    @property
    def shown(self) -> Mapping[str, object]:
        """What pages show besides what their files say, by path below docs/: equal where they show the same."""
        return {**self.injecting.shown, **self.drafts}

    def write(self, config: Config) -> None:
        """Write the pages, begin what is stale where programs may be run, and tell of every problem."""
        self.on_write(config)
        read = site.read(config)
        if gone := self._gone(read):
            raise HexaplaError("\n".join(map(str, gone)))
        self._programs = [program for _, program in read.programs]
        running = self._running(read)
        with write.building(config, log.info):
            written = site.pages(read)
        self.injecting.begin(read, running or () if self.serves else None)
        self.read = read
        self._catalogs = site.catalogs(read) if self.serves else {}
        self.drafts = self._drafts(read, running)
        self.problems = in_order((*self._problems(read, running), *written.problems))
        self._telling.tell(self.problems)

    def write_articles(self, slugs: frozenset[str]) -> frozenset[str] | None:
        """Do the same for articles of which nothing has changed but what their own pages show, by their slugs.

        Returns the paths below docs/ of what was written; None where it takes more than that.
        """
        known = self.read
        if known is None or not slugs <= {article.slug for article in _of_posts(known)}:
            return None
        parts = [part for slug in slugs if (part := site.read_again(known, slug))]
        if len(parts) < len(slugs):
            return None
        articles = {article.slug: article for part in parts for article in part.articles}
        ledgers = {slug: ledger for part in parts for slug, ledger in part.ledgers.items()}
        problems = tuple(problem for part in parts for problem in part.problems)
        part = replace(
            known, articles=tuple(articles.values()), ledgers=ledgers, problems=problems, slugs=frozenset()
        )
        running = self._running(part)
        with write.building(known.config, log.info):
            changed = [
                write.write_article(known.config, article, ledgers[slug], self._catalogs)
                for slug, article in articles.items()
            ]
        paths = {post.path for article in articles.values() for post in article.posts.values()}
        pages = {f"{code}/posts/{slug}.md" for code in known.config.codes for slug in slugs}
        others = {name: text for name, text in self.drafts.items() if name not in pages}
        self.drafts = others | self._drafts(part, running)
        self.read = replace(
            known,
            articles=tuple(articles.get(article.slug, article) for article in known.articles),
            ledgers={**known.ledgers, **ledgers},
            problems=(*(problem for problem in known.problems if problem.path not in paths), *problems),
        )
        before = (problem for problem in self.problems if problem.path not in paths)
        self.problems = in_order((*before, *self._problems(part, running)))
        self._telling.tell(self.problems)
        return frozenset().union(*changed)

    def slugs_of(self, paths: Iterable[Path]) -> frozenset[str] | None:
        """Return the slugs of the articles whose posts or records these are; None where they may be more than that.

        An editor's own files come and go beside a post.
        """
        if self.read is None:
            return None
        config = self.read.config
        posts = {post.path: article.slug for article in self.read.articles for post in article.posts.values()}
        slugs = set()
        for path in paths:
            inside = path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else ""
            if inside in posts and path.exists():
                slugs.add(posts[inside])
            elif path.is_relative_to(config.snippets) and path.parent.parent == config.snippets:
                slugs.add(path.parent.name)
            elif inside in posts or path.exists():
                return None
        return frozenset(slugs)

    def may_hold_code(self, path: Path) -> bool:
        """Return whether a file below docs/ is not of our making, and pages of the site's own are run."""
        return bool(self.read and self.read.config.pages) and path.exists() and not write.is_ours(path)

    def take_ran(self) -> frozenset[str]:
        """Return the slugs of the articles whose programs have run since this was last asked."""
        return self._runs.taken()

    def _running(self, read: Site) -> frozenset[str] | None:
        """Begin what is stale; return the names of the programs that run, None where none may be run."""
        if not os.environ.get(RUN):
            return None
        return self._runs.want(read, checks.stale(read), lambda: self.warm(read.config))

    def _drafts(self, read: Site, running: frozenset[str] | None) -> dict[str, str]:
        if not self.serves:
            return {}
        return drafts(read.config, _of_posts(read), read.ledgers, running or (), catalogs=self._catalogs)

    def _problems(self, read: Site, running: frozenset[str] | None) -> tuple[Problem, ...]:
        """Return what is wrong with a site, or with some of its articles."""
        stale = () if running is not None else checks.stale(read)
        return (
            *read.problems,
            *self._runs.problems,
            *checks.known_failures(read, running or ()),
            *checks.claims(read).problems,
            *findings.stale_problems(stale),
        )

    def _gone(self, read: Site) -> tuple[Problem, ...]:
        """Return what is wrong with posts that were shown and cannot be read any more, though they are there."""
        if self.read is None or self.read.config.codes != read.config.codes:
            return ()
        before, now = (
            {post.path for article in known.articles for post in article.posts.values()}
            for known in (self.read, read)
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
        """End the programs that run, the fork server, and what else works for the server."""
        self.on_end()
        self._runs.end()
        if self._server is not None and not self._server.exception():
            self._server.result().close()
        self._server = None


def _of_posts(read: Site) -> list[Article]:
    """Return the articles that are no pages of the site's own."""
    return [article for article in read.articles if article.slug not in read.in_place]
