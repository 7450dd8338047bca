"""Lists: a language's articles by date, by series and by topic, of which home pages show the beginning."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import yaml

from hexapla.model.article import Article
from hexapla.render.catalog import Catalog
from hexapla.render.escape import escape
from hexapla.render.items import LIST, TOPIC_PAGES, article_link, list_item, topic_anchor, topic_links
from hexapla.render.labels import labels
from hexapla.render.opening import Opening, opening
from hexapla.render.page import MARK, QUIET, Page
from hexapla.render.paging import UNDATED, reading_order, years
from hexapla.render.series_page import PARTS, SERIES, SERIES_END, series_block

MARKER, SERIES_MARKER = "<!-- hexapla:articles -->", "<!-- hexapla:series -->"
OPENING_MARKER = "<!-- hexapla:opening -->"
_MARKED = re.compile(rf"^(?:{MARKER}|{SERIES_MARKER}|{OPENING_MARKER})[ \t]*$", re.MULTILINE)
"""Where a home page takes the list in, the series with all of their parts, and how the first article begins."""

LATEST = 20
"""So many articles stand on a home page; the list has them all, the older ones by year."""

TOPICS = 24
"""So many topics stand above a list, those of the most articles; all stand at its end, or on pages of theirs."""

SERIES_SHOWN = 20
"""So many series stand on the list with their parts, those of the most; all of more stand on pages of theirs."""

OLDER, TOPICS_PAGE, SERIES_PAGE = "lists", "lists/topics", "lists/series"
"""Beside the list: where the pages of years are, and those of all topics and all series."""

_ITEM = re.compile(r"^-   (?P<link>\[[^\n]*?\]\((?:\.\./)*(?P<slug>[^\n()]+)\.md\)[^\n]*)", re.MULTILINE)
_HEADING = re.compile(r"^## [^\n]*\n", re.MULTILINE)
_PART = re.compile(r"^\d+\. +\[[^\n]*?\]\((?:\.\./)*(?P<slug>[^\n()]+)\.md\)", re.MULTILINE)
_SERIES_LINK = re.compile(r"\]\((?:\.\./)*(?P<file>series/[^\n()]+\.md)\)")
_TOPICS_END = f"{{: .hexapla-topics {QUIET} }}\n"
_HOME, _END = "<!-- hexapla:latest -->\n", "<!-- hexapla:older -->\n"


def list_page(catalog: Catalog, language: str) -> Page:
    """Return the page that lists all articles: the newest first, then by topic; of very many, it leads to them."""
    articles = tuple(catalog.articles.values())
    words = labels(language)
    parts = [
        list_head(words.articles, language),
        f"{_HOME}{_topics(catalog, language)}## {escape(words.newest)} {{ #newest }}\n",
        f"{items(articles[:LATEST], catalog, language)}\n{_END}",
    ]
    if catalog.topics.apart:
        parts.append(_links_to_years(articles, language))
    else:
        parts += _years(articles[LATEST:], catalog, language)
    parts += _series(catalog, language)
    if not catalog.topics.apart and (topics := by_topic(catalog)):
        parts.append(f"## {escape(words.topics)} {{ #topics }}\n")
        for key, articles_about in topics:
            links = "".join(f"- {article_link(article, language)}\n" for article in articles_about)
            parts.append(
                f"### {escape(catalog.topics.name(key, language))} {{ #{topic_anchor(key)} }}\n\n{links}"
            )
    return Page(path=f"{language}/posts/index.md", text="\n".join(parts))


def list_head(title: str, language: str) -> str:
    """Return the front matter of a page that lists articles."""
    head = yaml.safe_dump({"title": title, "lang": language, "search": {"exclude": True}}, allow_unicode=True)
    return f"---\n{MARK.format(source='posts/')}\n{head}---\n"


def _links_to_years(articles: Iterable[Article], language: str) -> str:
    """Return the links to the pages of all articles, year by year."""
    names = (name for name, _ in years(tuple(articles)))
    links = " ".join(f"[{name or '–'}]({OLDER}/{name or UNDATED}/{LIST})" for name in names)
    title = escape(labels(language).all_articles)
    return f"## {title} {{ #years }}\n\n{links}\n{{: .hexapla-topics {QUIET} }}\n"


def _series(catalog: Catalog, language: str) -> Iterator[str]:
    if catalog.series:
        yield f"## {escape(labels(language).series)} {{ #series }}\n"
    for series in catalog.series[:SERIES_SHOWN]:
        yield series_block(series, catalog, language)
    if len(catalog.series) > SERIES_SHOWN:
        yield f"[{escape(labels(language).series)} …]({SERIES_PAGE}/{LIST}){{ .hexapla-more }}\n"


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


def complete(listing: str, others: Mapping[str, str]) -> str:
    """Return a list's text with those of the pages that it leads to; these are by their place beside it."""
    places = sorted(filter(is_dated, others), key=lambda place: reading_order(_folder(place)))
    return "\n".join((listing, *(others[place] for place in places)))


def is_dated(place: str) -> bool:
    """Return whether a page in a place beside the list has articles by date, or series, that the list leaves out."""
    return place.startswith(f"{OLDER}/") and not place.startswith(f"{TOPICS_PAGE}/")


def is_led_to(place: str) -> bool:
    """Return whether a page in a place beside the list is one that the list of very many articles leads to."""
    return place.startswith((f"{OLDER}/", f"{TOPIC_PAGES}/"))


def _folder(place: str) -> str:
    return place.removeprefix(f"{OLDER}/").removesuffix(f"/{LIST}")


def order_in(listing: str) -> dict[str, int]:
    """Return the place of each article in such a page's text, by slug: the newest is first."""
    order: dict[str, int] = {}
    for match in _ITEM.finditer(listing):
        order.setdefault(match["slug"], len(order))
    return order


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
    keys = [key for key, _ in by_topic(catalog)]
    links = topic_links(keys[:TOPICS], language, catalog.topics)
    if len(keys) > TOPICS:
        place = f"{TOPICS_PAGE}/{LIST}" if catalog.topics.apart else f"{LIST}#topics"
        links.append(f"[{escape(labels(language).topics)} …]({place}){{ .hexapla-topic }}")
    return f"{' '.join(links)}\n{{: .hexapla-topics {QUIET} }}\n\n" if links else ""


def items(articles: Iterable[Article], catalog: Catalog, language: str, folder: str = "") -> str:
    """Return the items of a list of articles, whose pages are in `folder`."""
    made = "\n".join(
        list_item(article, language, topics=catalog.topics, folder=folder) for article in articles
    )
    # A search finds the articles themselves, and not the home page for each word that it says of one.
    return f'<div class="hexapla-articles" {QUIET}="" markdown="1">\n\n{made}\n</div>\n'


def _years(articles: tuple[Article, ...], catalog: Catalog, language: str) -> Iterable[str]:
    """Yield the older articles year by year; those without a date come last, under a dash."""
    for name, group in years(articles):
        yield f"## {name or '–'} {{ #year-{name or '–'} }}\n\n{items(group, catalog, language)}"


def by_topic(catalog: Catalog) -> list[tuple[str, list[Article]]]:
    """Return each topic's articles, the topics with the most of them first."""
    articles: dict[str, list[Article]] = {}
    for slug, article in catalog.articles.items():
        for key in catalog.topics.of.get(slug, ()):
            articles.setdefault(key, []).append(article)
    return sorted(articles.items(), key=lambda item: (-len(item[1]), item[0]))
