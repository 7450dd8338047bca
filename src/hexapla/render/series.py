"""Series: articles that are read in an order, each with its place among the others.

`series:` names one, `order:` says where in it an article stands. What Hugo's and Jekyll's themes write means the same:
a list whose first is the series, a table with `name` and `part`, `series_order` and the like beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from hexapla.model.article import Article
from hexapla.model.codes import problem
from hexapla.model.keys import SERIES_NUMBERS
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.model.slug import slugify

_NAMES = ("name", "title")
_NUMBERS = ("order", "part", "number", "position", "weight")
"""What a table under `series:` calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Articles in the order in which they are read."""

    key: str
    """The same in every language: a slug of the original's name for it."""
    names: Mapping[str, str]
    """By language; the one under no language is its first author's."""
    slugs: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return what it is called in a language."""
        return self.names.get(language) or self.names[""]

    def neighbours(self, slug: str) -> tuple[str, str]:
        """Return the slugs of the parts before and after one; empty where there is none."""
        at = self.slugs.index(slug)
        return (self.slugs[at - 1] if at else ""), (self.slugs[at + 1] if at + 1 < len(self.slugs) else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a post says of its series."""

    name: str = ""
    number: float | None = None
    faults: tuple[tuple[str, str], ...] = field(default=())
    """Keys with what each takes, where a value is no such thing."""


def series_of(articles: Iterable[Article]) -> tuple[Series, ...]:
    """Return the series of a site, those of the most parts first.

    Its parts stand by their numbers; those that have none follow, the oldest first.
    """
    parts: dict[str, list[tuple[float, date, str]]] = defaultdict(list)
    spellings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for article in articles:
        first = article.posts[article.original]
        said = said_of(first)
        if not said.name:
            continue
        key = _key(said.name)
        number = float("inf") if said.number is None else said.number
        parts[key].append((number, first.published or date.max, article.slug))
        spellings[key][""][said.name] += 1
        for language, post in article.posts.items():
            if name := said_of(post).name:
                spellings[key][language][name] += 1
    made = (
        Series(
            key=key,
            names={
                language: min(names, key=lambda name: (-names[name], name))
                for language, names in spellings[key].items()
            },
            slugs=tuple(slug for *_, slug in sorted(places)),
        )
        for key, places in parts.items()
    )
    return tuple(sorted(made, key=lambda series: (-len(series.slugs), series.key)))


def said_of(post: Post) -> Said:
    """Return what a post's front matter says of its series."""
    given, number, key = post.front_matter.get("series"), None, "order"
    if isinstance(given, list):
        given = given[0] if given else None
    if isinstance(given, Mapping):
        number = next((given[name] for name in _NUMBERS if given.get(name) is not None), None)
        given = next((given[name] for name in _NAMES if given.get(name) is not None), given)
    if given is None:
        return Said()
    if not isinstance(given, str | int | float) or isinstance(given, bool) or not str(given).strip():
        return Said(faults=(("series", "the name of the series"),))
    for beside in SERIES_NUMBERS:
        if post.front_matter.get(beside) is not None:
            number, key = post.front_matter[beside], beside
            break
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    faults = () if is_number or number is None else ((key, "a number, such as 3"),)
    return Said(
        name=" ".join(str(given).split()),
        number=float(number) if is_number and isinstance(number, int | float) else None,
        faults=faults,
    )


def _key(name: str) -> str:
    """Return what names a series in addresses: as short as a folder's name must be."""
    return slugify(name.casefold())[:60].strip("-_") or "series"


def series_problems(posts: Sequence[Post]) -> tuple[Problem, ...]:
    """Return what cannot be meant of what posts say of their series."""
    return tuple(chain(_faults(posts), _unlike(posts), _shared(posts)))


def _faults(posts: Iterable[Post]) -> Iterator[Problem]:
    for post in posts:
        for key, wanted in said_of(post).faults:
            message = f"`{key}` is {post.front_matter.get(key)!r}, and takes {wanted}."
            yield problem("series", post.path, post.line_of(key), message)


def _unlike(posts: Iterable[Post]) -> Iterator[Problem]:
    """Yield versions of one article that give it other places."""
    first: dict[str, tuple[Post, float]] = {}
    for post in posts:
        said = said_of(post)
        if said.number is None:
            continue
        other, number = first.setdefault(post.slug, (post, said.number))
        if number != said.number:
            message = (
                f"This version is number {said.number:g} of its series, and `{other.path}` number {number:g}."
            )
            yield problem("series", post.path, post.line_of("order"), message)


def _shared(posts: Iterable[Post]) -> Iterator[Problem]:
    """Yield articles that have the number of another one in their language."""
    first: dict[tuple[str, str, float], Post] = {}
    for post in posts:
        said = said_of(post)
        if said.number is None:
            continue
        other = first.setdefault((post.language, _key(said.name), said.number), post)
        if other is not post:
            message = f"`{other.path}` is number {said.number:g} of this series, too."
            yield problem("series", post.path, post.line_of("order"), message)
