"""Catalog: a site's articles side by side: their order, their topics, and which are related."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hexapla.model.article import Article
from hexapla.render.related import related_articles
from hexapla.render.topics import Topics, topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What a page tells of other articles."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    """By slug, the newest first."""
    topics: Topics = field(default_factory=Topics)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The slugs of the nearest articles, by slug."""

    def related_to(self, slug: str) -> tuple[Article, ...]:
        """Return the articles that are related to one, the nearest first."""
        return tuple(self.articles[other] for other in self.related.get(slug, ()))


def catalog_of(articles: Sequence[Article]) -> Catalog:
    """Return the catalog of a site's articles; they are given in any order."""
    ordered = sorted(
        articles, key=lambda article: (-(published(article) or date.min).toordinal(), article.slug)
    )
    named = topics(ordered)
    return Catalog(
        articles={article.slug: article for article in ordered},
        topics=named,
        related=related_articles(ordered, named),
    )


def published(article: Article) -> date | None:
    """Return the day on which an article was first published, in whichever language."""
    return article.posts[article.original].published
