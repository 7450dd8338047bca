"""Statuses: how every version of every article stands, and what is to be recorded of each; made once.

Git is asked where a version is behind: in which commit the original moved on.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from hexapla.config.config import Config
from hexapla.ledger import folder, git_history
from hexapla.ledger.ledger import Ledger
from hexapla.ledger.status import ArticleStatus, FileHistory, article_status
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.storage.cache import Cache
from hexapla.translations.freshness import Made


def article_statuses(
    config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[tuple[ArticleStatus, ...], tuple[Crash, ...]]:
    """Return how each article stands in each of the site's languages; `ledgers` are by slug.

    Last come those of which that cannot be told.
    """
    by_slug = {article.slug: article for article in articles}

    def make(slug: str, past: Callable[[], FileHistory] | None = None) -> ArticleStatus | Crash:
        article = by_slug[slug]
        path = article.posts[article.original].path
        return attempt(path, partial(article_status, article, config.codes, ledgers[slug], past))

    inputs = {slug: (config.codes, article, ledgers[slug]) for slug, article in by_slug.items()}
    made = cache.memo("status", inputs, lambda slugs: list(map(make, slugs)), ArticleStatus)
    for slug, article in by_slug.items():
        status = made[slug]
        if isinstance(status, ArticleStatus) and any(row.behind for row in status.languages.values()):
            original = article.posts[article.original].path
            made[slug] = make(slug, partial(git_history.file_history, config.root, original))
    return (
        tuple(status for status in made.values() if isinstance(status, ArticleStatus)),
        tuple(crash for crash in made.values() if isinstance(crash, Crash)),
    )


def origins_of_all(
    articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> dict[str, dict[str, Made]]:
    """Return, by slug and language, what is to be recorded of each translation: what it was made from."""
    by_slug = {article.slug: article for article in articles}
    return cache.memo(
        "origins",
        {slug: (article, ledgers[slug].translations) for slug, article in by_slug.items()},
        lambda slugs: [folder.origins(by_slug[slug], ledgers[slug]) for slug in slugs],
        dict[str, Made],
    )
