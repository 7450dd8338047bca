"""Lists: a language's articles by date and by topic, of which home pages show the beginning; links between articles.

An article is named in the reader's language, as far as it exists there.
"""

import re
from collections.abc import Iterable
from itertools import groupby

import yaml

from hexapla.model.article import Article
from hexapla.render import locale
from hexapla.render.catalog import Catalog, published
from hexapla.render.escape import escape
from hexapla.render.labels import direction, labels
from hexapla.render.page import MARK, QUIET, Page
from hexapla.render.summary import summary
from hexapla.render.topics import Topics

LIST = "index.md"
"""The page that lists all articles, beside theirs."""

MARKER = "<!-- hexapla:articles -->"
_MARKED = re.compile(rf"^{MARKER}[ \t]*$", re.MULTILINE)
"""Where a home page takes the list in."""

LATEST = 20
"""So many articles stand on a home page; the list has them all, the older ones by year."""

TOPICS = 24
"""So many topics stand above a list, those of the most articles; all of them stand at its end."""

_ITEM = re.compile(r"^-   \[[^\n]*?\]\((?P<slug>[^\n()]+)\.md\)", re.MULTILINE)
_HEADING = re.compile(r"^## [^\n]*\n", re.MULTILINE)
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
    if by_topic := _by_topic(catalog):
        parts.append(f"## {escape(words.topics)} {{ #topics }}\n")
        for key, articles_about in by_topic:
            items = "".join(f"- {article_link(article, language)}\n" for article in articles_about)
            parts.append(
                f"### {escape(catalog.topics.name(key, language))} {{ #{topic_anchor(key)} }}\n\n{items}"
            )
    return Page(path=f"{language}/posts/index.md", text="\n".join(parts))


def with_excerpt(markdown: str, excerpt: str) -> str:
    """Return a page's text with an excerpt where a line asks for it; a page that tells of the mark keeps it."""
    return _MARKED.sub(lambda _: excerpt, markdown)


def home_excerpt(listing: str, language: str) -> str:
    """Return what a home page beside `posts/` shows of such a page's text."""
    # The home page has headings of its own.
    start = _HEADING.sub("", listing.partition(_HOME)[2].partition(_END)[0])
    more = f"[{escape(labels(language).all_articles)}]({LIST}){{ .hexapla-more }}\n"
    return f"{start}\n{more}".replace("](", "](posts/")


def order_in(listing: str) -> dict[str, int]:
    """Return the place of each article in such a page's text, by slug: the newest is first."""
    return {slug: place for place, slug in enumerate(_ITEM.findall(listing))}


def article_link(article: Article, language: str) -> str:
    """Return the link to an article; one in another language says in which."""
    source = language if language in article.posts else article.original
    title = escape(article.posts[source].title or article.slug)
    if source == language:
        return f"[{title}]({article.slug}.md)"
    name = locale.language_name(source, language)
    note = f'<span class="hexapla-other">{name[:1].title()}{name[1:]}</span>'
    return f"[{title}]({article.slug}.md){{ lang={source} dir={direction(source)} }} {note}"


def list_item(article: Article, language: str, *, topics: Topics) -> str:
    """Return an item of a Markdown list: title, description, date and topics."""
    source = language if language in article.posts else article.original
    parts = [article_link(article, language)]
    if described := summary(article.posts[source]):
        attributes = "" if source == language else f"\n{{: lang={source} dir={direction(source)} }}"
        parts.append(f"{escape(described)}{attributes}")
    if line := date_and_topics(article, language, topics):
        parts.append(line.rstrip("\n"))
    return "-   " + "\n\n".join(parts).replace("\n", "\n    ").replace("\n    \n", "\n\n") + "\n"


def date_and_topics(article: Article, language: str, topics: Topics) -> str:
    """Return the line with an article's date and topics; empty where it has neither."""
    day = published(article)
    parts = [f'<time datetime="{day.isoformat()}">{locale.day(day, language)}</time>'] if day else []
    parts += topic_links(topics.of.get(article.slug, ()), language, topics)
    return f"{' '.join(parts)}\n{{: .hexapla-facts {QUIET} }}\n" if parts else ""


def topic_links(keys: Iterable[str], language: str, topics: Topics) -> list[str]:
    """Return the links to topics on the list of articles."""
    return [
        f"[{escape(topics.name(key, language))}]({LIST}#{topic_anchor(key)}){{ .hexapla-topic }}"
        for key in keys
    ]


def topic_anchor(key: str) -> str:
    """Return a topic's anchor on the list of articles: the same in every language."""
    return f"topic-{key}"


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
