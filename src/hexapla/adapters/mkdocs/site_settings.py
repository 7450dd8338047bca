"""Site settings: an mkdocs.yml and the head of a page as mkdocs reads them, for who makes the same pages otherwise."""

from pathlib import Path
from typing import Any, TypeAlias

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import clean_directory, meta
from pathspec.gitignore import GitIgnoreSpec

_NEVER = GitIgnoreSpec.from_lines([".*", "/templates/"])
"""What mkdocs leaves out of a site that does not ask for it."""

SiteSettings: TypeAlias = MkDocsConfig
"""What an mkdocs.yml says, its plugins and extensions made."""


def site_settings(file: Path) -> SiteSettings:
    """Read an mkdocs.yml.

    Raises:
        mkdocs.exceptions.Abort: it is none, or names what is not there; what is wrong has been logged.
    """
    return load_config(str(file))


def is_excluded(settings: SiteSettings, path: str) -> bool:
    """Return whether a file below docs/ is left out of the site: `exclude_docs:` may ask for what else would be."""
    own = settings.exclude_docs
    return (_NEVER + own if own else _NEVER).match_file(path)


def head_parted(text: str) -> tuple[str, dict[str, Any]]:
    """Return a page's Markdown, and the values above it."""
    return meta.get_data(text)


def empty_site(folder: Path) -> None:
    """Take all out of a site's folder but what is hidden, which a host or git keeps there."""
    clean_directory(str(folder))
