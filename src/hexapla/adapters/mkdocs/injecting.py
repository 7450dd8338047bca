"""Injecting: the outputs of a site's own pages, put into the Markdown that mkdocs is about to read; no file changes."""

import logging
from collections.abc import Container, Mapping
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from hexapla.config.config import Config
from hexapla.ledger.ledger import Record
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.render.drafts import view_of
from hexapla.render.output_edits import View
from hexapla.render.site_page import SitePage
from hexapla.site import Site
from hexapla.storage.crashes import crash_problems

log = logging.getLogger("mkdocs.plugins.hexapla")


class Injecting:
    """The pages whose code has run, by their files."""

    def __init__(self) -> None:
        self._pages: Mapping[Path, SitePage] = {}
        self._site: Config | None = None

    @property
    def shown(self) -> Mapping[str, object]:
        """What is put into each page, by path below docs/: equal where that is the same."""
        docs = self._site.docs if self._site else Path()
        return {
            path.relative_to(docs).as_posix(): (page.view, page.record)
            for path, page in self._pages.items()
            if path.is_relative_to(docs)
        }

    def begin(self, site: Site, running: Container[str] | None = None) -> None:
        """Take the pages as they are now: as their author sees them where the programs that are `running` are given."""

        def view(article: Article) -> View:
            ledger = site.ledgers[article.slug]
            return View.READER if running is None else view_of(article, ledger, running)

        self._site = site.config
        self._pages = {
            site.config.root / post.path: SitePage(
                article=article, language=language, record=record, view=view(article)
            )
            for article in site.articles
            if article.slug in site.in_place
            for language, post in article.posts.items()
            for program in [article.program_of(language)]
            for record in [site.ledgers[article.slug].record_of(program) if program else Record()]
        }

    def markdown(self, markdown: str, page: Page, config: MkDocsConfig) -> str:
        """Return a page's Markdown with the outputs of its blocks; where they cannot be put there, as it is."""
        i18n = config.plugins.get("i18n")
        language = str(i18n.current_language) if i18n else ""
        return self.with_outputs(markdown, Path(page.file.abs_src_path or ""), page.file.src_uri, language)

    def with_outputs(self, markdown: str, file: Path, source: str, language: str) -> str:
        """Do so for the page in a file, whose path below docs/ is `source`, to readers of `language`, or of its own."""
        known = self._pages.get(file)
        if known is None or self._site is None:
            return markdown
        made = attempt(source, partial(known.with_outputs, markdown, language or known.language, self._site))
        if not isinstance(made, Crash):
            return made
        for problem in crash_problems(self._site.root, [made]):
            log.error("%s", problem)
        return markdown
