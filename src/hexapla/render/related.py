"""Related: which articles are about the same things, by their topics and by what their programs call."""

import ast
import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from hexapla.model.article import Article
from hexapla.programs.parse import prepare
from hexapla.render.topics import Topics

COUNT = 3
"""How many articles stand at the foot of another."""

_COMMON = 50
"""A name that more articles use than this says nothing, and comparing them all would take long."""


def related_articles(
    articles: Sequence[Article], topics: Topics, names: Callable[[Article], Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the slugs of the articles that are nearest to each one; `articles` are the newest first.

    `names` returns those of libraries that an article uses.

    Those with the most topics in common come first, then those whose programs share the most names of
    libraries, a rare name counting for more; then the newer ones. An article that shares nothing has none.
    """
    by_topic = _shared({article.slug: topics.of.get(article.slug, ()) for article in articles})
    limit = min(_COMMON, max(2, len(articles) // 2))
    by_name = _shared({article.slug: names(article) for article in articles}, limit=limit)
    place = {article.slug: number for number, article in enumerate(articles)}
    nearest = {}
    for slug in place:

        def nearness(other: str, slug: str = slug) -> tuple[Fraction, Fraction, int]:
            return -by_topic[slug][other], -by_name[slug][other], place[other]

        nearest[slug] = tuple(sorted({*by_topic[slug], *by_name[slug]}, key=nearness)[:COUNT])
    return nearest


_Shares = defaultdict[str, defaultdict[str, Fraction]]


def _shared(words: Mapping[str, Iterable[str]], *, limit: int = 0) -> _Shares:
    """Return how much each article shares with others: 1 a word; with a limit, less for what many have."""
    having: defaultdict[str, list[str]] = defaultdict(list)
    for slug, of_article in words.items():
        for word in of_article:
            having[word].append(slug)
    shared: _Shares = defaultdict(lambda: defaultdict(Fraction))
    for slugs in having.values():
        if limit and len(slugs) > limit:
            continue
        # Fractions, so that the order in which words are added up decides nothing.
        weight = Fraction(1, len(slugs)) if limit else Fraction(1)
        for slug, other in itertools.permutations(slugs, 2):
            shared[slug][other] += weight
    return shared


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
