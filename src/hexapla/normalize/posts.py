"""Posts: all of a site's in its own Markdown, each made once; in processes of their own where there are many.

The parsers are imported only where there is something to do.
"""

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from hexapla.config.config import Config
from hexapla.model.errors import Crash, attempt
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.normalize.rules.rule import Normalized
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


Faults = tuple[Problem, ...]
"""An error for each promise that a normalized post breaks."""


def normalized(
    config: Config, posts: Sequence[Post], cache: Cache, *, verified: bool = False
) -> tuple[list[Normalized], list[Problem], list[Crash]]:
    """Return each post in the site's Markdown, and the faults of all where they are to be `verified`.

    Last come the posts that cannot be normalized: they are not among the first.
    """
    by_path, dialect, jobs = {post.path: post for post in posts}, dialect_of(config), config.options.jobs
    markdown = digest_of((config.extensions, config.extension_configs, config.repairs_off, config.templated))
    inputs = {path: digest_of((markdown, post)) for path, post in by_path.items()}
    known: dict[str, Faults] = {}

    def make(paths: Sequence[str]) -> list[Rewriting | Crash]:
        chosen = [by_path[path] for path in paths]
        if not verified:
            return rewritings(chosen, dialect, jobs)
        pairs = verified_rewritings(chosen, dialect, jobs)
        known.update(
            (path, pair[1]) for path, pair in zip(paths, pairs, strict=True) if isinstance(pair, tuple)
        )
        return [pair[0] if isinstance(pair, tuple) else pair for pair in pairs]

    made = cache.memo("normalized", inputs, make, Rewriting)
    results = {
        path: done.applied(by_path[path]) for path, done in made.items() if isinstance(done, Rewriting)
    }

    def verify(paths: Sequence[str]) -> list[Faults | Crash]:
        rest = [path for path in paths if path not in known]
        faults = faults_of([(by_path[path], results[path]) for path in rest], dialect, jobs)
        outcomes: dict[str, Faults | Crash] = {**known, **dict(zip(rest, faults, strict=True))}
        return [outcomes[path] for path in paths]

    readable = {path: inputs[path] for path in results}
    faults = cache.memo("verified", readable, verify, tuple[Problem, ...]) if verified else {}
    crashes = [crash for crash in (*made.values(), *faults.values()) if isinstance(crash, Crash)]
    broken = {crash.path for crash in crashes}
    return (
        [result for path, result in results.items() if path not in broken],
        [problem for problems in faults.values() if isinstance(problems, tuple) for problem in problems],
        crashes,
    )


def rewritings(posts: Sequence[Post], dialect: Dialect, jobs: int) -> list[Rewriting | Crash]:
    """Normalize posts, in up to `jobs` processes."""
    from hexapla.normalize.normalize import normalize

    return _mapped(partial(_rewriting, normalize, dialect), posts, dialect, jobs)


def verified_rewritings(
    posts: Sequence[Post], dialect: Dialect, jobs: int
) -> list[tuple[Rewriting, Faults] | Crash]:
    """Normalize and verify posts: what was rendered to find a form need not be rendered again to verify it."""
    from hexapla.normalize.normalize import normalize, verify

    return _mapped(partial(_verified_rewriting, normalize, verify, dialect), posts, dialect, jobs)


def faults_of(
    results: Sequence[tuple[Post, Normalized]], dialect: Dialect, jobs: int
) -> list[Faults | Crash]:
    """Verify posts that have been normalized."""
    from hexapla.normalize.normalize import verify

    return _mapped(partial(_faults, verify, dialect), results, dialect, jobs)


Normalize = Callable[[Post, Dialect], Normalized]
Verify = Callable[[Post, Normalized, Dialect], Faults]


def _rewriting(normalize: Normalize, dialect: Dialect, post: Post) -> Rewriting | Crash:
    return attempt(post.path, lambda: Rewriting.of(post, normalize(post, dialect)))


def _verified_rewriting(
    normalize: Normalize, verify: Verify, dialect: Dialect, post: Post
) -> tuple[Rewriting, Faults] | Crash:
    def both() -> tuple[Rewriting, Faults]:
        result = normalize(post, dialect)
        return Rewriting.of(post, result), verify(post, result, dialect)

    return attempt(post.path, both)


def _faults(verify: Verify, dialect: Dialect, result: tuple[Post, Normalized]) -> Faults | Crash:
    return attempt(result[0].path, lambda: verify(*result, dialect))


def _mapped(work: Callable[[T], R], items: Sequence[T], dialect: Dialect, jobs: int) -> list[R]:
    if len(items) < _WORTH_PROCESSES or jobs < 2 or not _travels(dialect):
        return [work(item) for item in items]
    from hexapla.normalize.target.renderer import renderer
    from hexapla.storage import pool

    # Made before there are copies of this process, it is made once, and all that it loads is loaded once.
    renderer(dialect)
    return pool.mapped(work, items, jobs)


def _travels(dialect: Dialect) -> bool:
    """Return whether the dialect can be sent to another process: an option may be a function of any kind."""
    try:
        pickle.dumps(dialect)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
