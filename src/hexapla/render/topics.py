"""Topics: the tags of all articles, each with its name in every language that translates it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexapla.model.article import Article
from hexapla.model.post import Post
from hexapla.model.slug import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What articles are about. A topic's key is the same in every language: a slug of the original's tag."""

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of each article's topics, by slug, in its author's order."""
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """A topic's name, by key and language."""

    def name(self, key: str, language: str) -> str:
        """Return a topic's name in a language, or as its first author wrote it."""
        return self.names.get((key, language)) or self.names[key, ""]


def topics(articles: Iterable[Article]) -> Topics:
    """Return the topics of articles.

    A translation that has as many tags as its original translates them one by one; otherwise only the tags
    that are the same are known. Where translators disagree, most of them are right.
    """
    articles = sorted(articles, key=lambda article: article.slug)
    keys = _keys(articles)
    of: dict[str, tuple[str, ...]] = {}
    said: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for article in articles:
        first = tags(article.posts[article.original])
        own = [keys.get((article.original, tag.casefold())) or _key(tag) for tag in first]
        of[article.slug] = tuple(dict.fromkeys(key for key in own if key))
        for language, names in _translated(article):
            for key, name in zip(own, names, strict=True):
                said[key, language][name] += 1
        for key, name in zip(own, first, strict=True):
            said[key, ""][name] += 1
    best = {place: min(names, key=lambda one: (-names[one], one)) for place, names in said.items()}
    return Topics(of=of, names=best)


def tags(post: Post) -> tuple[str, ...]:
    """Return a post's tags."""
    return read(post.front_matter.get("tags"))


def read(given: object) -> tuple[str, ...]:
    """Return the tags in a front matter: a list, or as in Jekyll one text with commas or blanks between them."""
    if isinstance(given, str):
        given = given.split("," if "," in given else None)
    found = (str(tag).strip() for tag in given) if isinstance(given, list) else ()
    return tuple(tag for tag in found if tag)


def _keys(articles: Iterable[Article]) -> dict[tuple[str, str], str]:
    """Return the key of each translated tag: an article that was first written in German shares it."""
    keys: dict[tuple[str, str], str] = {}
    for article in articles:
        first = tags(article.posts[article.original])
        for language, names in _translated(article):
            if language != article.original:
                for tag, name in zip(first, names, strict=True):
                    keys.setdefault((language, name.casefold()), _key(tag))
    return keys


def _translated(article: Article) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the tags of each version that translates all of them."""
    count = len(tags(article.posts[article.original]))
    for language, post in article.posts.items():
        names = tags(post)
        if len(names) == count:
            yield language, names


def _key(tag: str) -> str:
    return slugify(tag.casefold())
