"""Entry: an article in a list of articles, in the reader's language as far as it exists there."""

from collections.abc import Iterable

from hexapla.model.article import Article
from hexapla.render import locale
from hexapla.render.labels import direction
from hexapla.render.page_model import QUIET, plain
from hexapla.render.shelf import Shelf, published
from hexapla.render.summary import summary
from hexapla.render.topics import Topics

LIST = "index.md"
"""The page that lists all articles, beside theirs."""


def link(article: Article, language: str) -> str:
    """Return the link to an article; one in another language says in which."""
    source = language if language in article.posts else article.original
    title = plain(article.posts[source].title or article.slug)
    if source == language:
        return f"[{title}]({article.slug}.md)"
    name = locale.name(source, language)
    mark = f'<span class="hexapla-other">{name[:1].title()}{name[1:]}</span>'
    return f"[{title}]({article.slug}.md){{ lang={source} dir={direction(source)} }} {mark}"


def entry(article: Article, language: str, *, topics: Topics) -> str:
    """Return an item of a Markdown list: title, description, date and topics."""
    source = language if language in article.posts else article.original
    parts = [link(article, language)]
    if described := summary(article.posts[source]):
        other = "" if source == language else f"\n{{: lang={source} dir={direction(source)} }}"
        parts.append(f"{plain(described)}{other}")
    if about := facts(article, language, topics):
        parts.append(about.rstrip("\n"))
    return "-   " + "\n\n".join(parts).replace("\n", "\n    ").replace("\n    \n", "\n\n") + "\n"


def facts(article: Article, language: str, topics: Topics) -> str:
    """Return the line with an article's date and topics; empty where it has neither."""
    day = published(article)
    parts = [f'<time datetime="{day.isoformat()}">{locale.day(day, language)}</time>'] if day else []
    parts += chips(topics.of.get(article.slug, ()), language, topics)
    return f"{' '.join(parts)}\n{{: .hexapla-facts {QUIET} }}\n" if parts else ""


def chips(keys: Iterable[str], language: str, topics: Topics) -> list[str]:
    """Return the links to topics on the list of articles."""
    return [
        f"[{plain(topics.name(key, language))}]({LIST}#{anchor(key)}){{ .hexapla-topic }}" for key in keys
    ]


def anchor(key: str) -> str:
    """Return a topic's anchor on the list of articles: the same in every language."""
    return f"topic-{key}"


def related(article: Article, language: str, shelf: Shelf, *, heading: str) -> str:
    """Return the links at an article's foot to those that go with it; empty where none does."""
    near = shelf.near(article.slug)
    if not near:
        return ""
    items = "".join(f"- {link(one, language)}\n" for one in near)
    return f"## {plain(heading)} {{ #hexapla-related {QUIET} }}\n\n{items}{{: .hexapla-related }}\n"
