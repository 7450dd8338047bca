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
from hexapla.storage.cache import Cache
from hexapla.translations.freshness import Made


def article_statuses(
    config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[ArticleStatus, ...]:
    """Return how each article stands in each of the site's languages; `ledgers` are by slug."""
    by_slug = {article.slug: article for article in articles}

    def make(slug: str, past: Callable[[], FileHistory] | None = None) -> ArticleStatus:
        return article_status(by_slug[slug], config.codes, ledgers[slug], past)

    inputs = {slug: (config.codes, article, ledgers[slug]) for slug, article in by_slug.items()}
    made = cache.memo("status", inputs, lambda slugs: list(map(make, slugs)), ArticleStatus)
    for slug, article in by_slug.items():
        if any(version.behind for version in made[slug].languages.values()):
            original = article.posts[article.original].path
            made[slug] = make(slug, partial(git_history.file_history, config.root, original))
    return tuple(made.values())


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
