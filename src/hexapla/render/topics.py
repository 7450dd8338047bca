"""Topics: the tags of all articles, each with its name in every language that translates it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexapla.model.article import Article
from hexapla.model.post import Post
from hexapla.model.slug import slugify
from hexapla.render.paging import are_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What articles are about. A topic's key is the same in every language: a slug of the original's tag."""

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of each article's topics, by slug, in its author's order."""
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """A topic's name, by key and language."""
    apart: bool = False
    """Whether each has pages of its own: the list of articles has several, too."""

    def name(self, key: str, language: str) -> str:
        """Return a topic's name in a language, or as its first author wrote it."""
        return self.names.get((key, language)) or self.names[key, ""]

    def of_each(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return what an article's page may tell of its topics, by slug: their names by key and language."""
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for (key, language), name in self.names.items():
            names[key][language] = name
        return {slug: {key: names[key] for key in keys} for slug, keys in self.of.items()}


def topics(articles: Iterable[Article]) -> Topics:
    """Return the topics of articles.

    A translation that has as many tags as its original translates them one by one; otherwise only the tags
    that are the same are known. Where translators disagree, most of them are right.
    """
    articles = sorted(articles, key=lambda article: article.slug)
    keys = _keys(articles)
    of: dict[str, tuple[str, ...]] = {}
    spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for article in articles:
        first = tags(article.posts[article.original])
        topic_keys = [keys.get((article.original, tag.casefold())) or _key(tag) for tag in first]
        of[article.slug] = tuple(dict.fromkeys(key for key in topic_keys if key))
        for language, names in _translated(article):
            for key, name in zip(topic_keys, names, strict=True):
                spellings[key, language][name] += 1
        for key, name in zip(topic_keys, first, strict=True):
            spellings[key, ""][name] += 1
    names_by_key = {
        place: min(counts, key=lambda name: (-counts[name], name)) for place, counts in spellings.items()
    }
    return Topics(of=of, names=names_by_key, apart=are_many(len(articles)))


def tags(post: Post) -> tuple[str, ...]:
    """Return a post's tags."""
    return parse_tags(post.front_matter.get("tags"))


def parse_tags(value: object) -> tuple[str, ...]:
    """Return the tags in a front matter: a list, or as in Jekyll one text with commas or blanks between them."""
    if isinstance(value, str):
        value = value.split("," if "," in value else None)
    stripped = (str(tag).strip() for tag in value) if isinstance(value, list) else ()
    return tuple(tag for tag in stripped if tag)


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
