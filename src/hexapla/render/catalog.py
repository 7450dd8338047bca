"""Catalog: a site's articles side by side: their order, their topics, and which are related."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from hexapla.model.article import Article
from hexapla.render.paging import newest_first
from hexapla.render.related import library_names, related_articles
from hexapla.render.series import Series, series_of
from hexapla.render.topics import Topics, topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What a page tells of other articles."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    """By slug, the newest first."""
    topics: Topics = field(default_factory=Topics)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The slugs of the nearest articles, by slug."""
    series: tuple[Series, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    """In which folder the page of states is that tells of an article, by slug; of few articles, one page does."""

    def series_with(self, slug: str) -> Series | None:
        """Return the series that an article is a part of."""
        return next((series for series in self.series if slug in series.slugs), None)

    def read_beside(self, slug: str) -> tuple[Article, ...]:
        """Return the articles that are read before and after one in its series."""
        series = self.series_with(slug)
        return tuple(self.articles[other] for other in series.neighbours(slug) if other) if series else ()

    def related_to(self, slug: str) -> tuple[Article, ...]:
        """Return the articles that are related to one, the nearest first."""
        return tuple(self.articles[other] for other in self.related.get(slug, ()))


def catalog_of(
    articles: Iterable[Article], names: Callable[[Article], Iterable[str]] = library_names
) -> Catalog:
    """Return the catalog of a site's articles, given in any order; `names` returns the libraries' that one uses."""
    ordered = newest_first(articles)
    named = topics(ordered)
    return Catalog(
        articles={article.slug: article for article in ordered},
        topics=named,
        related=related_articles(ordered, named, names),
        series=series_of(ordered),
    )
