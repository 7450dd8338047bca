"""Snippets: from where a site's blocks may take in code, as mkdocs.yml lets pymdownx.snippets do it."""

from collections.abc import Sequence
from pathlib import Path

from hexapla.config.config import Config
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.storage.assets import below
from hexapla.storage.snippets import with_snippets

_SNIPPETS = "pymdownx.snippets"


def with_code(config: Config, posts: Sequence[Post], *, own: bool) -> tuple[list[Post], list[Problem]]:
    """Return posts whose blocks hold the code that pymdownx.snippets takes in, and what could not be taken.

    Pages of the site's `own` may take in whatever mkdocs.yml lets them.
    """
    if _SNIPPETS not in config.extensions or not (own or may_include(config)):
        return list(posts), []
    options, homes = config.extension_configs.get(_SNIPPETS, {}), _snippet_homes(config)
    pairs = [with_snippets(post, homes, options) for post in posts]
    return [post for post, _ in pairs], [problem for _, problems in pairs for problem in problems]


def _snippet_homes(config: Config) -> list[Path]:
    """Return where the files may lie that posts take in."""
    given = config.extension_configs.get(_SNIPPETS, {}).get("base_path", ["."])
    # As mkdocs' tag `!relative` writes the two.
    known = {"$config_dir": config.root, "$docs_dir": config.docs}
    homes = []
    for name in map(str, given if isinstance(given, list) else [given]):
        first, _, rest = name.partition("/")
        homes.append(known[first] / rest if first in known else config.root / name)
    return homes


def may_include(config: Config) -> bool:
    """Return whether pymdownx.snippets is off, or takes files from folders of their own only."""
    options = config.extension_configs.get(_SNIPPETS, {})
    if _SNIPPETS not in config.extensions:
        return True
    whole = any(below(config.root.resolve(), home) is not None for home in _snippet_homes(config))
    return bool(options.get("restrict_base_path", True)) and not whole
