"""Listing: the list of a language's articles by date and by topic, of which home pages show the beginning."""

import re
from collections.abc import Iterable
from itertools import groupby

import yaml

from hexapla.model.article import Article
from hexapla.render.entries import LIST, anchor, chips, entry, link
from hexapla.render.labels import labels
from hexapla.render.page_model import MARK, QUIET, Page, plain
from hexapla.render.shelf import Shelf, published

MARKER = "<!-- hexapla:articles -->"
"""Where a home page takes the list in."""

LATEST = 20
"""So many articles stand on a home page; the list has them all, the older ones by year."""

TOPICS = 24
"""So many topics stand above a list, those of the most articles; all of them stand at its end."""

_ENTRY = re.compile(r"^-   \[[^\n]*?\]\((?P<slug>[^\n()]+)\.md\)", re.MULTILINE)
_HEADING = re.compile(r"^## [^\n]*\n", re.MULTILINE)
_HOME, _END = "<!-- hexapla:latest -->\n", "<!-- hexapla:older -->\n"


def page(shelf: Shelf, language: str) -> Page:
    """Return the page that lists all articles: the newest first, then by topic."""
    words = labels(language)
    head = yaml.safe_dump(
        {"title": words.articles, "lang": language, "search": {"exclude": True}}, allow_unicode=True
    )
    articles = tuple(shelf.articles.values())
    parts = [
        f"---\n{MARK.format(source='posts/')}\n{head}---\n",
        f"{_HOME}{_topics(shelf, language)}## {plain(words.newest)} {{ #newest }}\n",
        f"{_entries(articles[:LATEST], shelf, language)}\n{_END}",
        *_years(articles[LATEST:], shelf, language),
    ]
    if by_topic := _by_topic(shelf):
        parts.append(f"## {plain(words.topics)} {{ #topics }}\n")
        for key, about in by_topic:
            items = "".join(f"- {link(article, language)}\n" for article in about)
            parts.append(f"### {plain(shelf.topics.name(key, language))} {{ #{anchor(key)} }}\n\n{items}")
    return Page(path=f"{language}/posts/index.md", text="\n".join(parts))


def latest(listing: str, language: str) -> str:
    """Return what a home page beside `posts/` shows of such a page's text."""
    # The home page has headings of its own.
    start = _HEADING.sub("", listing.partition(_HOME)[2].partition(_END)[0])
    more = f"[{plain(labels(language).all_articles)}]({LIST}){{ .hexapla-more }}\n"
    return f"{start}\n{more}".replace("](", "](posts/")


def order(listing: str) -> dict[str, int]:
    """Return the place of each article in such a page's text, by slug: the newest is first."""
    return {slug: place for place, slug in enumerate(_ENTRY.findall(listing))}


def _topics(shelf: Shelf, language: str) -> str:
    """Return the topics in one line, those of the most articles first."""
    keys = [key for key, _ in _by_topic(shelf)]
    found = chips(keys[:TOPICS], language, shelf.topics)
    if len(keys) > TOPICS:
        found.append(f"[{plain(labels(language).topics)} …]({LIST}#topics){{ .hexapla-topic }}")
    return f"{' '.join(found)}\n{{: .hexapla-topics {QUIET} }}\n\n" if found else ""


def _entries(articles: Iterable[Article], shelf: Shelf, language: str) -> str:
    items = "\n".join(entry(article, language, topics=shelf.topics) for article in articles)
    # A search finds the articles themselves, and not the home page for each word that it says of one.
    return f'<div class="hexapla-articles" {QUIET}="" markdown="1">\n\n{items}\n</div>\n'


def _years(articles: Iterable[Article], shelf: Shelf, language: str) -> Iterable[str]:
    """Yield the older articles year by year; those without a date come last, under a dash."""

    def year(article: Article) -> str:
        day = published(article)
        return str(day.year) if day else "–"

    for name, group in groupby(articles, key=year):
        yield f"## {name} {{ #year-{name} }}\n\n{_entries(group, shelf, language)}"


def _by_topic(shelf: Shelf) -> list[tuple[str, list[Article]]]:
    """Return each topic's articles, the topics with the most of them first."""
    found: dict[str, list[Article]] = {}
    for slug, article in shelf.articles.items():
        for key in shelf.topics.of.get(slug, ()):
            found.setdefault(key, []).append(article)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
