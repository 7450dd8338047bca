"""Remembering: each post is normalized once; results are kept in one file, and new ones made in parallel."""

import functools
import hashlib
import pickle
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from hexapla.config.config import Config
from hexapla.model.post import Post
from hexapla.normalize import cache
from hexapla.normalize.cache import Checked
from hexapla.normalize.target.dialect import Dialect
from hexapla.storage import cache as kept

FILE = Path(".hexapla", "cache", "normalize.json")
"""Below the site's folder; safe to delete, and never to be committed."""
_WORTH_PROCESSES = 12
"""Starting processes, each with the parsers, takes as long as this many posts."""
_PARSERS = ("Markdown", "pymdown-extensions", "markdown-it-py", "mdit-py-plugins")


def dialect_of(config: Config) -> Dialect:
    """Return the site's Markdown, as mkdocs.yml sets it."""
    return Dialect(
        extensions=config.extensions, configs=config.extension_configs, repairs_off=config.repairs_off
    )


def normalized(config: Config, posts: Sequence[Post], *, verified: bool = False) -> list[Checked]:
    """Normalize posts, or remember what that gave; `verified` checks what was not checked before."""
    dialect = dialect_of(config)
    named = cache.dialect_key(dialect)
    made_with = _made_with()
    path = config.root / FILE
    known = cache.load(kept.read(path), made_with)
    keys = [cache.key(post, named) for post in posts]
    found: dict[int, Checked] = {}
    for index, (post, key) in enumerate(zip(posts, keys, strict=True)):
        if key in known and ("faults" in known[key] or not verified):
            with suppress(KeyError, TypeError, ValueError):  # A damaged entry is made again.
                found[index] = cache.decode(post, known[key])
    missing = [index for index in range(len(posts)) if index not in found]
    if missing:
        new: dict[str, Any] = {}
        made = _made([posts[index] for index in missing], dialect, verified, config.options.jobs)
        for index, entry in zip(missing, made, strict=True):
            new[keys[index]] = entry
            found[index] = cache.decode(posts[index], entry)
        old = {key: known[key] for key in keys if key in known}
        kept.write(path, cache.dump(old | new, made_with))
    return [found[index] for index in range(len(posts))]


def _made(posts: Sequence[Post], dialect: Dialect, verified: bool, jobs: int) -> list[dict[str, Any]]:
    """Normalize posts, in processes of their own where there are many; return the results encoded."""
    work = functools.partial(_one, dialect=dialect, verified=verified)
    if len(posts) < _WORTH_PROCESSES or jobs < 2 or not _travels(dialect):
        return [work(post) for post in posts]
    with ProcessPoolExecutor(min(jobs, len(posts) // 4)) as pool:
        return list(pool.map(work, posts, chunksize=4))


def _one(post: Post, *, dialect: Dialect, verified: bool) -> dict[str, Any]:
    """Normalize one post."""
    from hexapla.normalize.normalize import normalize, verify

    result = normalize(post, dialect)
    faults = verify(post, result, dialect) if verified else None
    return cache.encode(post, Checked(normalized=result, faults=faults))


def _travels(dialect: Dialect) -> bool:
    """Whether the dialect can be sent to another process: an option may be a function of any kind."""
    try:
        pickle.dumps(dialect)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


@functools.cache
def _made_with() -> str:
    """Return the digest of the code that normalizes, and of the versions of the parsers."""
    here = Path(__file__).parent
    sources = [
        *sorted(here.rglob("*.py")),
        *(here.parent / "model" / name for name in ("block.py", "directives.py")),
    ]
    total = hashlib.sha256(" ".join(metadata.version(name) for name in _PARSERS).encode())
    for source in sources:
        total.update(source.read_bytes())
    return total.hexdigest()
