"""Related: which articles are about the same things, by their topics and by what their programs call."""

import ast
import functools
import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from hexapla.model.article import Article
from hexapla.programs.parse import prepare
from hexapla.render.topics import Topics

COUNT = 3
"""How many articles stand at the foot of another."""

_COMMON = 50
"""A name that more articles use than this says nothing, and comparing them all would take long."""
_COMPARED = 100
"""So many of a topic's articles, the newest, are compared with each: very many have some topics."""
_SCALE = math.lcm(*range(1, _COMMON + 1))
"""What a name weighs in all: shared out among those who use it, whole, so that no order of adding decides."""


def related_articles(
    articles: Sequence[Article], topics: Topics, names: Callable[[Article], Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the slugs of the articles that are nearest to each one; `articles` are the newest first.

    `names` returns those of libraries that an article uses.

    Those with the most topics in common come first, then those whose programs share the most names of
    libraries, a rare name counting for more; then the newer ones. An article that shares nothing has none.
    """
    place = {article.slug: number for number, article in enumerate(articles)}
    topics_of = {slug: topics.of.get(slug, ()) for slug in place}
    names_of = {article.slug: tuple(names(article)) for article in articles}
    limit = min(_COMMON, max(2, len(articles) // 2))
    by_topic = {topic: slugs[:_COMPARED] for topic, slugs in _having(topics_of).items()}
    by_name = {name: slugs for name, slugs in _having(names_of).items() if len(slugs) <= limit}
    nearest = {}
    for slug in place:
        topical = Counter(itertools.chain.from_iterable(by_topic[topic] for topic in topics_of[slug]))
        named = Counter[str]()
        for slugs in (by_name[name] for name in names_of[slug] if name in by_name):
            named.update(dict.fromkeys(slugs, _SCALE // len(slugs)))
        nearest[slug] = _nearest(topical, named, place, slug)
    return nearest


def _nearest(
    topical: Mapping[str, int], named: Mapping[str, int], place: Mapping[str, int], slug: str
) -> tuple[str, ...]:
    """Return the nearest to an article, by how many topics others share with it and what their names weigh."""

    def nearness(other: str) -> tuple[int, int, int]:
        return -topical.get(other, 0), -named.get(other, 0), place[other]

    return tuple(heapq.nsmallest(COUNT, (topical.keys() | named.keys()) - {slug}, key=nearness))


def _having(words: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return by word the articles that have it, in their order."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    for slug, of_article in words.items():
        for word in of_article:
            having[word].append(slug)
    return having


def library_names(article: Article) -> frozenset[str]:
    """Return the names of libraries that an article's program uses, whole: `torch.nn.Linear`."""
    imports: dict[str, str] = {}
    used: set[str] = set()
    for code in program_code(article):
        imported, dotted = _mentioned(code)
        imports |= dict(imported)
        for first, rest in dotted:
            whole = ".".join((imports.get(first, ""), *rest))
            if first in imports and "." in whole:
                used.add(whole)
    return frozenset(used)


def program_code(article: Article) -> tuple[str, ...]:
    """Return the code of an article's program, cell by cell."""
    return tuple(cell.code for cell in article.programs[0].cells) if article.programs else ()


_Dotted = tuple[str, tuple[str, ...]]
"""A name, and the attributes that are asked of it."""


@functools.lru_cache(maxsize=8192)
def _mentioned(code: str) -> tuple[tuple[tuple[str, str], ...], tuple[_Dotted, ...]]:
    """Return each name that a cell imports with what it stands for, and each dotted name that it uses."""
    tree = prepare(code).tree
    nodes = tuple(ast.walk(tree)) if tree else ()
    return tuple(_imported(nodes)), tuple(dict.fromkeys(_dotted(nodes)))


def _imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield each imported name with what it stands for."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or whole, whole
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _dotted(nodes: Iterable[ast.AST]) -> Iterator[_Dotted]:
    """Yield each name, and the attributes that are asked of it."""
    for node in nodes:
        parts: list[str] = []
        part: ast.AST = node
        while isinstance(part, ast.Attribute):
            parts.append(part.attr)
            part = part.value
        if isinstance(part, ast.Name):
            yield part.id, tuple(reversed(parts))
