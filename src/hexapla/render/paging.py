"""Paging: a list that would grow with the site, in parts of which few change when an article comes or goes.

Few articles stand on one page. Of more, each year has its own; of many in a year, the newest stand there and the others
on full pages, which count from the oldest on: what was published stays where it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

from hexapla.model.article import Article

T = TypeVar("T")

PAGED = 200
"""So many articles stand on one page, and no more."""
EACH = 50
"""So many stand on a full page of a list that has more; on its first, fewer than twice as many."""
UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Generic[T]):
    """One page of a list."""

    folder: str
    """Where the page is: its `index.md` stands there."""
    items: Sequence[T]
    number: int
    """Among the full pages of its list, the oldest of which is 1; 0 for the first page that a reader sees."""
    name: str = ""
    """What it holds of a list that has several such: a year."""

    def titled(self, title: str) -> str:
        """Return the title of the page, of a list with a title."""
        return " · ".join(filter(None, (title, self.name, str(self.number or ""))))


def leaves(folder: str, items: Sequence[T], name: str = "") -> Iterator[Leaf[T]]:
    """Yield the pages of a list, the newest first, which is in `folder`; the others are below it, by their numbers."""
    full = max(len(items) // EACH - 1, 0)
    first = len(items) - full * EACH
    yield Leaf(folder=folder, items=items[:first], number=0, name=name)
    for number in range(full, 0, -1):
        start = first + (full - number) * EACH
        some = items[start : start + EACH]
        yield Leaf(folder=f"{folder}/{number}", items=some, number=number, name=name)


def are_many(articles: int) -> bool:
    """Return whether so many articles stand on more than one page."""
    return articles > PAGED


def published(article: Article) -> date | None:
    """Return the day on which an article was first published, in whichever language."""
    return article.posts[article.original].published


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Return articles in the order of their dates, the newest first; those without one come last."""
    return sorted(articles, key=lambda article: (-(published(article) or date.min).toordinal(), article.slug))


def years(articles: Sequence[Article]) -> Iterator[tuple[str, Sequence[Article]]]:
    """Yield articles, given the newest first, year by year; those without a date come last, under no name."""

    def year(article: Article) -> str:
        day = published(article)
        return str(day.year) if day else ""

    for name, group in groupby(articles, key=year):
        yield name, tuple(group)


def by_year(folder: str, articles: Sequence[Article]) -> Iterator[Leaf[Article]]:
    """Yield the pages of all articles, given the newest first, in the order in which they are read."""
    for name, group in years(articles):
        yield from leaves(f"{folder}/{name or UNDATED}", group, name or "–")


def folders_of(folder: str, articles: Sequence[Article]) -> dict[str, str]:
    """Return in which folder below one the page is that each article stands on, by slug; nothing while they are few."""
    if not are_many(len(articles)):
        return {}
    parts = by_year(folder, newest_first(articles))
    return {article.slug: leaf.folder for leaf in parts for article in leaf.items}


def reading_order(folder: str) -> tuple[bool, int, bool, int]:
    """Return by what the pages of `by_year` are sorted as they are read, by their folders."""
    name, _, number = folder.partition("/")
    return not name.isdecimal(), -int(name) if name.isdecimal() else 0, bool(number), -int(number or 0)
