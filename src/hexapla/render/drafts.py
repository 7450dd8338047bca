"""Drafts: the pages that their author sees otherwise than readers do; none of them is written anywhere."""

from collections.abc import Container, Mapping, Sequence
from functools import partial

from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.render.article_files import shown_page
from hexapla.render.catalog import Catalog
from hexapla.render.output_edits import View


def drafts(
    config: Config,
    articles: Sequence[Article],
    ledgers: Mapping[str, Ledger],
    running: Container[str],
    *,
    catalogs: Mapping[str, Catalog],
) -> dict[str, str]:
    """Return the pages that their author sees otherwise than readers do, by path below docs/.

    They tell what failed, what waits for that, and of programs that are `running`, by name, what is to come.
    `catalogs` has, by language, what pages tell of other articles.
    """
    pages: dict[str, str] = {}
    for article in articles:
        ledger = ledgers[article.slug]
        view = view_of(article, ledger, running)
        for language, catalog in catalogs.items() if view is not View.READER else ():
            if language in article.posts or config.fallback == "page":
                page = attempt(
                    article.posts[article.original].path,
                    partial(shown_page, config, article, ledger, language, catalog, view),
                )
                if not isinstance(page, Crash):
                    pages[page.path] = page.text
    return pages


def view_of(article: Article, ledger: Ledger, running: Container[str]) -> View:
    """Return how its author sees an article, some programs being `running`: as readers do, where that is all."""
    if any(program.name in running for program in article.programs):
        return View.AUTHOR_WAITING
    failed = any(record.failures for record in ledger.records.values())
    return View.AUTHOR if failed else View.READER
