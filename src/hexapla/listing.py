"""Listing: the list of a language's articles by date and by topic, of which home pages show the beginning."""

from collections.abc import Iterable, Mapping
from itertools import groupby

import yaml

from hexapla.articles import Article
from hexapla.entries import LIST, anchor, chips, entry, link
from hexapla.labels import labels
from hexapla.page import MARK, Page, plain
from hexapla.shelf import Shelf, published

MARKER = "<!-- hexapla:articles -->"
"""Where a home page takes the list in."""

LATEST = 20
"""So many articles stand on a home page; the list has them all, the older ones by year."""

_HOME, _END = "<!-- hexapla:latest -->\n", "<!-- hexapla:older -->\n"


def page(shelf: Shelf, language: str, *, names: Mapping[str, str]) -> Page:
    """Return the page that lists all articles: the newest first, then by topic."""
    words = labels(language)
    head = yaml.safe_dump(
        {"title": words.articles, "lang": language, "search": {"exclude": True}}, allow_unicode=True
    )
    articles = tuple(shelf.articles.values())
    parts = [
        f"---\n{MARK.format(source='posts/')}\n{head}---\n",
        f"## {plain(words.newest)} {{ #newest }}\n",
        f"{_HOME}{_topics(shelf, language)}{_entries(articles[:LATEST], shelf, language, names)}\n{_END}",
        *_years(articles[LATEST:], shelf, language, names),
    ]
    if by_topic := _by_topic(shelf):
        parts.append(f"## {plain(words.topics)} {{ #topics }}\n")
        for key, about in by_topic:
            items = "".join(f"- {link(article, language, names)}\n" for article in about)
            parts.append(f"### {plain(shelf.topics.name(key, language))} {{ #{anchor(key)} }}\n\n{items}")
    return Page(path=f"{language}/posts/index.md", text="\n".join(parts))


def latest(listing: str, language: str) -> str:
    """Return what a home page beside `posts/` shows of such a page's text."""
    start = listing.partition(_HOME)[2].partition(_END)[0]
    more = f"[{plain(labels(language).all_articles)}]({LIST}){{ .hexapla-more }}\n"
    return f"{start}\n{more}".replace("](", "](posts/")


def _topics(shelf: Shelf, language: str) -> str:
    """Return the topics in one line, those of the most articles first."""
    line = " ".join(chips((key for key, _ in _by_topic(shelf)), language, shelf.topics))
    return f"{line}\n{{: .hexapla-topics }}\n\n" if line else ""


def _entries(articles: Iterable[Article], shelf: Shelf, language: str, names: Mapping[str, str]) -> str:
    items = "\n".join(entry(article, language, names=names, topics=shelf.topics) for article in articles)
    return f'<div class="hexapla-articles" markdown="1">\n\n{items}\n</div>\n'


def _years(
    articles: Iterable[Article], shelf: Shelf, language: str, names: Mapping[str, str]
) -> Iterable[str]:
    """Yield the older articles year by year; those without a date come last, under a dash."""

    def year(article: Article) -> str:
        day = published(article)
        return str(day.year) if day else "–"

    for name, group in groupby(articles, key=year):
        yield f"## {name} {{ #year-{name} }}\n\n{_entries(group, shelf, language, names)}"


def _by_topic(shelf: Shelf) -> list[tuple[str, list[Article]]]:
    """Return each topic's articles, the topics with the most of them first."""
    found: dict[str, list[Article]] = {}
    for slug, article in shelf.articles.items():
        for key in shelf.topics.of.get(slug, ()):
            found.setdefault(key, []).append(article)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
