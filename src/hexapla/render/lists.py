"""Lists: a language's articles by date, by series and by topic, of which home pages show the beginning."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import yaml

from hexapla.model.article import Article
from hexapla.render.catalog import Catalog, published
from hexapla.render.escape import escape
from hexapla.render.items import LIST, article_link, list_item, topic_anchor, topic_links
from hexapla.render.labels import labels
from hexapla.render.opening import Opening, opening
from hexapla.render.page import MARK, QUIET, Page
from hexapla.render.series_page import PARTS, SERIES, SERIES_END, series_block

MARKER, SERIES_MARKER = "<!-- hexapla:articles -->", "<!-- hexapla:series -->"
OPENING_MARKER = "<!-- hexapla:opening -->"
_MARKED = re.compile(rf"^(?:{MARKER}|{SERIES_MARKER}|{OPENING_MARKER})[ \t]*$", re.MULTILINE)
"""Where a home page takes the list in, the series with all of their parts, and how the first article begins."""

LATEST = 20
"""So many articles stand on a home page; the list has them all, the older ones by year."""

TOPICS = 24
"""So many topics stand above a list, those of the most articles; all of them stand at its end."""

_ITEM = re.compile(r"^-   (?P<link>\[[^\n]*?\]\((?P<slug>[^\n()]+)\.md\)[^\n]*)", re.MULTILINE)
_HEADING = re.compile(r"^## [^\n]*\n", re.MULTILINE)
_PART = re.compile(r"^\d+\. +\[[^\n]*?\]\((?P<slug>[^\n()]+)\.md\)", re.MULTILINE)
_SERIES_LINK = re.compile(r"\]\((?P<file>series/[^\n()]+\.md)\)")
_TOPICS_END = f"{{: .hexapla-topics {QUIET} }}\n"
_HOME, _END = "<!-- hexapla:latest -->\n", "<!-- hexapla:older -->\n"


def list_page(catalog: Catalog, language: str) -> Page:
    """Return the page that lists all articles: the newest first, then by topic."""
    words = labels(language)
    head = yaml.safe_dump(
        {"title": words.articles, "lang": language, "search": {"exclude": True}}, allow_unicode=True
    )
    articles = tuple(catalog.articles.values())
    parts = [
        f"---\n{MARK.format(source='posts/')}\n{head}---\n",
        f"{_HOME}{_topics(catalog, language)}## {escape(words.newest)} {{ #newest }}\n",
        f"{_items(articles[:LATEST], catalog, language)}\n{_END}",
        *_years(articles[LATEST:], catalog, language),
    ]
    if catalog.series:
        parts.append(f"## {escape(words.series)} {{ #series }}\n")
        parts += [series_block(series, catalog, language) for series in catalog.series]
    if by_topic := _by_topic(catalog):
        parts.append(f"## {escape(words.topics)} {{ #topics }}\n")
        for key, articles_about in by_topic:
            items = "".join(f"- {article_link(article, language)}\n" for article in articles_about)
            parts.append(
                f"### {escape(catalog.topics.name(key, language))} {{ #{topic_anchor(key)} }}\n\n{items}"
            )
    return Page(path=f"{language}/posts/index.md", text="\n".join(parts))


def takes_in(markdown: str) -> bool:
    """Return whether a page may take something of the list in."""
    return any(mark in markdown for mark in (MARKER, SERIES_MARKER, OPENING_MARKER))


def opening_in(markdown: str, listing: str, page_of: Callable[[str], str]) -> Opening:
    """Return what a page quotes of an article: of the first part of a series, or else of the newest that has something.

    `page_of` returns the text of an article's page beside the list, by slug; empty where there is none.
    """
    slugs = _in_reading_order(listing) if OPENING_MARKER in markdown else iter(())
    return opening(slugs, page_of)


def _in_reading_order(listing: str) -> Iterator[str]:
    for parts in series_in(listing).values():
        yield from parts
    yield from order_in(listing)


def with_excerpts(
    markdown: str, listing: str, language: str, page_of: Callable[[str], str] = lambda slug: ""
) -> str:
    """Return a page's text with what lines ask for of a list's text; a page that tells of a mark keeps it.

    `page_of` returns the text of an article's page, by slug.
    """
    asked = {match[0].rstrip() for match in _MARKED.finditer(markdown)}
    begun = opening_in(markdown, listing, page_of)
    begin = _begin_with(begun, listing, language)
    excerpts = {
        MARKER: lambda: begin + home_excerpt(listing, language, series=SERIES_MARKER not in asked),
        SERIES_MARKER: lambda: series_excerpt(listing, language, alone=MARKER not in asked),
        OPENING_MARKER: lambda: begun.text,
    }
    return _MARKED.sub(lambda match: excerpts[match[0].rstrip()](), markdown)


def _begin_with(begun: Opening, listing: str, language: str) -> str:
    """Return the link to the article that a home page quotes; empty where a series says where to begin."""
    if not begun.text or series_in(listing):
        return ""
    words = labels(language)
    link = next(
        match["link"] for match in _ITEM.finditer(listing) if match["slug"] == begun.tried[-1]
    ).replace("](", "](posts/")
    return f"{escape(words.begin)}{words.colon}{link}\n{{: .hexapla-begin {QUIET} }}\n\n"


def home_excerpt(listing: str, language: str, *, series: bool = True) -> str:
    """Return what a home page beside `posts/` shows of such a page's text: the newest, and the topics folded.

    `series` says whether a line a series stands above them.
    """
    # The home page has headings of its own.
    start = _HEADING.sub("", listing.partition(_HOME)[2].partition(_END)[0])
    topics, mark, newest = start.partition(_TOPICS_END)
    lines = [block.partition(PARTS)[0] for block in listing.split(SERIES)[1:]] if series else []
    below = _below(f"{topics}{mark}".strip("\n") if mark else "", language)
    return f"{''.join(lines)}{newest if mark else start}\n{below}".replace("](", "](posts/")


def series_excerpt(listing: str, language: str, *, alone: bool = True) -> str:
    """Return the series on a home page beside `posts/`, as such a page's text has them, with all parts.

    `alone` says whether what leads to all articles, and to the topics, stands below.
    """
    blocks = (block.partition(SERIES_END)[0] for block in listing.split(SERIES)[1:])
    topics, mark, _ = listing.partition(_HOME)[2].partition(_END)[0].partition(_TOPICS_END)
    below = _below(f"{topics}{mark}".strip("\n") if mark else "", language) if alone else ""
    return f"{''.join(blocks)}\n{below}".replace("](", "](posts/")


def _below(topics: str, language: str) -> str:
    """Return what ends an excerpt: the link to all articles, and the topics folded."""
    words, inside = labels(language), topics.replace("\n", "\n    ")
    folded = f'\n??? hexapla-fold "{escape(words.topics)}"\n\n    {inside}\n' if topics else ""
    return f"[{escape(words.all_articles)}]({LIST}){{ .hexapla-more }}\n{folded}"


def order_in(listing: str) -> dict[str, int]:
    """Return the place of each article in such a page's text, by slug: the newest is first."""
    return {match["slug"]: place for place, match in enumerate(_ITEM.finditer(listing))}


def series_in(listing: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of each series in such a page's text in their order, slugs by the file of its own page."""
    blocks = [block.partition(SERIES_END)[0] for block in listing.split(SERIES)[1:]]
    return {
        match["file"]: tuple(_PART.findall(block))
        for block in blocks
        if (match := _SERIES_LINK.search(block))
    }


def related_links(article: Article, language: str, catalog: Catalog, *, heading: str) -> str:
    """Return the links at an article's foot to those that go with it; empty where none does."""
    others = catalog.related_to(article.slug)
    if not others:
        return ""
    items = "".join(f"- {article_link(other, language)}\n" for other in others)
    return f"## {escape(heading)} {{ #hexapla-related {QUIET} }}\n\n{items}{{: .hexapla-related }}\n"


def _topics(catalog: Catalog, language: str) -> str:
    """Return the topics in one line, those of the most articles first."""
    keys = [key for key, _ in _by_topic(catalog)]
    links = topic_links(keys[:TOPICS], language, catalog.topics)
    if len(keys) > TOPICS:
        links.append(f"[{escape(labels(language).topics)} …]({LIST}#topics){{ .hexapla-topic }}")
    return f"{' '.join(links)}\n{{: .hexapla-topics {QUIET} }}\n\n" if links else ""


def _items(articles: Iterable[Article], catalog: Catalog, language: str) -> str:
    items = "\n".join(list_item(article, language, topics=catalog.topics) for article in articles)
    # A search finds the articles themselves, and not the home page for each word that it says of one.
    return f'<div class="hexapla-articles" {QUIET}="" markdown="1">\n\n{items}\n</div>\n'


def _years(articles: Iterable[Article], catalog: Catalog, language: str) -> Iterable[str]:
    """Yield the older articles year by year; those without a date come last, under a dash."""

    def year(article: Article) -> str:
        day = published(article)
        return str(day.year) if day else "–"

    for name, group in groupby(articles, key=year):
        yield f"## {name} {{ #year-{name} }}\n\n{_items(group, catalog, language)}"


def _by_topic(catalog: Catalog) -> list[tuple[str, list[Article]]]:
    """Return each topic's articles, the topics with the most of them first."""
    by_topic: dict[str, list[Article]] = {}
    for slug, article in catalog.articles.items():
        for key in catalog.topics.of.get(slug, ()):
            by_topic.setdefault(key, []).append(article)
    return sorted(by_topic.items(), key=lambda item: (-len(item[1]), item[0]))
