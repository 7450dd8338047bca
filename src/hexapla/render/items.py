"""Items: how an article is named in lists and links: in the reader's language, as far as it exists there."""

from collections.abc import Iterable

from hexapla.model.article import Article
from hexapla.render import locale
from hexapla.render.escape import escape
from hexapla.render.labels import direction, labels
from hexapla.render.page import QUIET
from hexapla.render.paging import published
from hexapla.render.summary import summary
from hexapla.render.topics import Topics

LIST = "index.md"
"""The page that lists all articles, beside theirs."""
TOPIC_PAGES = "topics"
"""Where the pages of topics are, beside the list."""


def article_link(article: Article, language: str, folder: str = "") -> str:
    """Return the link to an article, whose page is in `folder`; one in another language says in which."""
    source = language if language in article.posts else article.original
    title, place = escape(article.posts[source].title or article.slug), f"{folder}{article.slug}.md"
    if source == language:
        return f"[{title}]({place})"
    name = locale.language_name(source, language)
    note = f'<span class="hexapla-other">{name[:1].title()}{name[1:]}</span>'
    return f"[{title}]({place}){{ lang={source} dir={direction(source)} }} {note}"


def list_item(article: Article, language: str, *, topics: Topics, folder: str = "") -> str:
    """Return an item of a Markdown list: title, description, date and topics; `folder` is where articles' pages are."""
    parts = [article_link(article, language, folder), *about(article, language)]
    if line := date_and_topics(article, language, topics, folder):
        parts.append(line.rstrip("\n"))
    return markdown_item("-", parts)


def about(article: Article, language: str) -> tuple[str, ...]:
    """Return the paragraph that says what an article is about, if one does."""
    source = language if language in article.posts else article.original
    described = summary(article.posts[source])
    attributes = "" if source == language else f"\n{{: lang={source} dir={direction(source)} }}"
    return (f"{escape(described)}{attributes}",) if described else ()


def markdown_item(mark: str, parts: Iterable[str]) -> str:
    """Return an item of a Markdown list behind its mark, a paragraph a part."""
    text = "\n\n".join(parts).replace("\n", "\n    ").replace("\n    \n", "\n\n")
    return f"{mark:<3} {text}\n"


def date_and_topics(article: Article, language: str, topics: Topics, folder: str = "") -> str:
    """Return the line with an article's date and topics; empty where it has neither."""
    day = published(article)
    parts = [f'<time datetime="{day.isoformat()}">{locale.day(day, language)}</time>'] if day else []
    parts += topic_links(topics.of.get(article.slug, ()), language, topics, folder)
    return f"{' '.join(parts)}\n{{: .hexapla-facts {QUIET} }}\n" if parts else ""


def topic_links(keys: Iterable[str], language: str, topics: Topics, folder: str = "") -> list[str]:
    """Return the links to topics: on the list of articles, which is in `folder`, or on pages of their own."""
    return [
        f"[{escape(topics.name(key, language))}]({folder}{_place(key, topics)}){{ .hexapla-topic }}"
        for key in keys
    ]


def _place(key: str, topics: Topics) -> str:
    return f"{topic_folder(key)}/{LIST}" if topics.apart else f"{LIST}#{topic_anchor(key)}"


def topic_anchor(key: str) -> str:
    """Return a topic's anchor on the list of articles: the same in every language."""
    return f"topic-{key}"


def topic_folder(key: str) -> str:
    """Return where a topic's own page is, beside the list of articles."""
    return f"{TOPIC_PAGES}/{key}"


def pager(before: str, after: str, language: str, *, more: str = "") -> str:
    """Return the line at the foot of a page of a list: to the page before, to `more`, to the page after it.

    Each is where a link leads; empty where there is none.
    """
    words = labels(language)
    links = [
        f"[{escape(word)}]({place}){{ {marks} }}"
        for word, place, marks in (
            (words.page_before, before, "rel=prev"),
            (words.all_articles, more, ".hexapla-more"),
            (words.page_after, after, "rel=next"),
        )
        if place
    ]
    return f"{' '.join(links)}\n{{: .hexapla-pager {QUIET} }}\n" if links else ""
