"""Posts: all of a site's in its own Markdown, each made once; in processes of their own where there are many.

The parsers are imported only where there is something to do.
"""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from hexapla.config.config import Config
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.normalize.rules.result import Normalized
from hexapla.normalize.target.dialect import Dialect, dialect_of
from hexapla.storage.cache import Cache, digest_of

T = TypeVar("T")
R = TypeVar("R")
_WORTH_PROCESSES = 12
"""Starting processes takes as long as this many posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """What normalizing gives of a post, without what the post has: its front matter may hold any of YAML's values."""

    normalized: Normalized
    """Its post's front matter is only what was added."""

    @staticmethod
    def of(post: Post, normalized: Normalized) -> "Rewriting":
        """Take away what a post has."""
        new, old = normalized.post.front_matter, post.front_matter
        added = {} if new is old else {name: value for name, value in new.items() if old.get(name) != value}
        bare = replace(normalized.post, front_matter=added, key_lines={})
        return Rewriting(normalized=replace(normalized, post=bare))

    def applied(self, post: Post) -> Normalized:
        """Return what normalizing the post gives."""
        new = self.normalized.post
        if new.body == post.body and new.title == post.title and not new.front_matter:
            return replace(self.normalized, post=post)
        matter: Mapping[str, object] = post.front_matter
        if new.front_matter:
            matter = {**matter, **new.front_matter}
        whole = replace(new, lines=tuple(new.lines), front_matter=matter, key_lines=post.key_lines)
        return replace(self.normalized, post=whole)


def normalized(config: Config, posts: Sequence[Post], cache: Cache) -> list[Normalized]:
    """Return each post in the site's Markdown."""
    by_path, dialect = {post.path: post for post in posts}, dialect_of(config)

    def make(paths: Sequence[str]) -> list[Rewriting]:
        return rewritings([by_path[path] for path in paths], dialect, config.options.jobs)

    made = cache.memo("normalized", _inputs(config, posts), make, Rewriting)
    return [made[post.path].applied(post) for post in posts]


def broken_promises(
    config: Config, posts: Sequence[Post], results: Sequence[Normalized], cache: Cache
) -> Iterator[Problem]:
    """Yield an error for each promise that the normalized form of a post breaks."""
    pairs, dialect = (
        dict(zip((post.path for post in posts), zip(posts, results, strict=True), strict=True)),
        dialect_of(config),
    )

    def make(paths: Sequence[str]) -> list[tuple[Problem, ...]]:
        return faults_of([pairs[path] for path in paths], dialect, config.options.jobs)

    problems = cache.memo("verified", _inputs(config, posts), make, tuple[Problem, ...])
    return (problem for post in posts for problem in problems[post.path])


def _inputs(config: Config, posts: Sequence[Post]) -> dict[str, object]:
    """Return what decides how each post is normalized."""
    markdown = digest_of((config.extensions, config.extension_configs, config.repairs_off))
    return {post.path: (markdown, post) for post in posts}


def rewritings(posts: Sequence[Post], dialect: Dialect, jobs: int) -> list[Rewriting]:
    """Normalize posts, in up to `jobs` processes."""
    from hexapla.normalize.normalize import normalize

    return _mapped(partial(_rewriting, normalize, dialect), posts, dialect, jobs)


def faults_of(
    results: Sequence[tuple[Post, Normalized]], dialect: Dialect, jobs: int
) -> list[tuple[Problem, ...]]:
    """Return, for each post, an error for each promise that its normalized form breaks."""
    from hexapla.normalize.normalize import verify

    return _mapped(partial(_faults, verify, dialect), results, dialect, jobs)


def _rewriting(normalize: Callable[[Post, Dialect], Normalized], dialect: Dialect, post: Post) -> Rewriting:
    return Rewriting.of(post, normalize(post, dialect))


def _faults(
    verify: Callable[[Post, Normalized, Dialect], tuple[Problem, ...]],
    dialect: Dialect,
    result: tuple[Post, Normalized],
) -> tuple[Problem, ...]:
    return verify(*result, dialect)


def _mapped(work: Callable[[T], R], items: Sequence[T], dialect: Dialect, jobs: int) -> list[R]:
    if len(items) < _WORTH_PROCESSES or jobs < 2 or not _travels(dialect):
        return [work(item) for item in items]
    with ProcessPoolExecutor(min(jobs, len(items) // 4)) as pool:
        return list(pool.map(work, items, chunksize=4))


def _travels(dialect: Dialect) -> bool:
    """Return whether the dialect can be sent to another process: an option may be a function of any kind."""
    try:
        pickle.dumps(dialect)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
