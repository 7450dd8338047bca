"""Shelf: all articles side by side: their order, what they are about, and which go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hexapla.model.article import Article
from hexapla.render.related import related
from hexapla.render.topics import Topics, topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a page tells of other articles."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    """By slug, the newest first."""
    topics: Topics = field(default_factory=Topics)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The slugs of the nearest articles, by slug."""

    def near(self, slug: str) -> tuple[Article, ...]:
        """Return the articles that go with one."""
        return tuple(self.articles[other] for other in self.related.get(slug, ()))


def shelve(articles: Sequence[Article]) -> Shelf:
    """Return the shelf of a site's articles."""
    ordered = sorted(
        articles, key=lambda article: (-(published(article) or date.min).toordinal(), article.slug)
    )
    found = topics(ordered)
    return Shelf(
        articles={article.slug: article for article in ordered}, topics=found, related=related(ordered, found)
    )


def published(article: Article) -> date | None:
    """Return the day on which an article was first published, in whichever language."""
    return article.posts[article.original].published
