"""Paged lists: what the list of articles leads to where they are too many for one page: years, topics, series."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from hexapla.model.article import Article
from hexapla.render.catalog import Catalog
from hexapla.render.escape import markup
from hexapla.render.items import LIST, pager, topic_folder, topic_links
from hexapla.render.labels import labels
from hexapla.render.lists import (
    OLDER,
    SERIES_PAGE,
    SERIES_SHOWN,
    TOPICS,
    TOPICS_PAGE,
    by_topic,
    items,
    list_head,
)
from hexapla.render.page import QUIET, Page
from hexapla.render.paging import Leaf, by_year, leaves
from hexapla.render.series import Series
from hexapla.render.series_page import series_block

T = TypeVar("T")


def paged_lists(catalog: Catalog, language: str) -> Iterator[Page]:
    """Yield the pages that the list of articles leads to, in a language; of few articles, it says all itself."""
    words = labels(language)

    def articles(some: Sequence[Article], up: str) -> str:
        return items(some, catalog, language, up)

    def topics(keys: Sequence[str], up: str) -> str:
        return (
            f"{' '.join(topic_links(keys, language, catalog.topics, up))}\n{{: .hexapla-topics {QUIET} }}\n"
        )

    def series(some: Sequence[Series], up: str) -> str:
        return "\n".join(series_block(one, catalog, language, up) for one in some)

    if len(catalog.series) > SERIES_SHOWN:
        yield from _pages(words.series, tuple(leaves(SERIES_PAGE, catalog.series)), series, language)
    if not catalog.topics.apart:
        return
    by_date = tuple(by_year(OLDER, tuple(catalog.articles.values())))
    yield from _pages(words.articles, by_date, articles, language)
    about = by_topic(catalog)
    for key, of_topic in about:
        name = markup(catalog.topics.name(key, language))
        yield from _pages(name, tuple(leaves(topic_folder(key), of_topic)), articles, language)
    if len(about) > TOPICS:
        keys = [key for key, _ in about]
        yield from _pages(words.topics, tuple(leaves(TOPICS_PAGE, keys)), topics, language)


def _pages(
    title: str, parts: Sequence[Leaf[T]], text: Callable[[Sequence[T], str], str], language: str
) -> Iterator[Page]:
    """Yield the pages of a list; `text` writes some of what it lists, told what leads to the folder of articles."""
    for place, leaf in enumerate(parts):
        up = "../" * (leaf.folder.count("/") + 1)
        before, after = (
            f"{up}{parts[at].folder}/{LIST}" if 0 <= at < len(parts) else "" for at in (place - 1, place + 1)
        )
        foot = pager(before, after, language, more=f"{up}{LIST}")
        body = f"{list_head(leaf.titled(title), language)}\n{text(leaf.items, up)}\n{foot}"
        yield Page(path=f"{language}/posts/{leaf.folder}/{LIST}", text=body)
