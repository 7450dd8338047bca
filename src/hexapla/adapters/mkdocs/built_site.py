"""Built site: whether a site is already what mkdocs would make of it, so that mkdocs need not be asked.

Decided by content, not by time: every file that a build reads is read again, and each file of what the last build wrote
must be as it was left. Where a plugin, an extension or a hook may read what nobody here knows, mkdocs is always asked.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from hexapla.config.config import Config
from hexapla.storage.cache import digest_of

_STAGE = "site"
_PLUGINS = frozenset(("hexapla", "i18n", "material/search", "material/tags", "redirects", "search", "tags"))
"""Plugins of which it is known that they read the configuration and docs/ alone."""
_GATHERING = frozenset(("material/tags", "tags"))
"""Those of them that put on one page what others say."""
_SNIPPETS = "pymdownx.snippets"
_READERS = frozenset(("pymdownx.b64",))
"""Extensions that read files besides docs/, wherever a page says."""
_EXTENSIONS = ("markdown.extensions.", "pymdownx.")
_BY_MARKDOWN = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
"""The short names of Python-Markdown's own extensions."""
_SNIPPET_MARKS = (b"-8<-", b"--8<--")
"""Where one of these is on a page, it takes in a file from elsewhere."""
_VARIABLE = b"!ENV"
"""Where this is in a configuration, it has values from the environment."""


class BuiltSite:
    """What is known of the site of a configuration as it was last built, `strict` or not."""

    def __init__(self, config: Config, *, strict: bool) -> None:
        self._site = config.site
        self._cache = config.cache
        self._inputs = digest_of((inputs, strict)) if (inputs := inputs_of(config)) else ""

    def messages(self) -> str | None:
        """Return what mkdocs said when it built the site that is there; None where it has to build it."""
        return self._cache.recall(_STAGE, self._state(), str) if self._inputs else None

    def remember(self, messages: str) -> None:
        """Remember that mkdocs has built the site, and what it said."""
        if self._inputs:
            self._cache.remember(_STAGE, self._state(), messages)

    def _state(self) -> tuple[str, str]:
        return self._inputs, _outcome(self._site)


def inputs_of(config: Config) -> str:
    """Return the digest of what mkdocs reads for a site; empty where nobody can know all of it."""
    if unknown_reader(config):
        return ""
    total = hashlib.blake2b(settings_of(config).encode(), digest_size=16)
    # Outputs are put into pages of the site's own while it is built.
    recorded = (config.snippets,) if config.pages else ()
    for path in (path for folder in (config.docs, *recorded) for path in _files(folder)):
        content = _content(path)
        if takes_in_files(content, config):
            return ""
        total.update(digest_of((path.as_posix(), content)).encode())
    return total.hexdigest()


def unknown_reader(config: Config) -> str:
    """Return what may read files that nobody here knows of, as mkdocs.yml names it; empty where nothing does."""
    if config.hooks:
        return f"the hook `{config.hooks[0].name}`"
    for plugin in config.plugins:
        if plugin not in _PLUGINS:
            return f"the plugin `{plugin}`"
    for extension in config.extensions:
        if not _is_known(extension):
            return f"the extension `{extension}`"
    return f"`{_SNIPPETS}`" if config.extension_configs.get(_SNIPPETS, {}).get("auto_append") else ""


def anew_because(config: Config) -> str:
    """Return why every page of a site has to be built, as part of a sentence; empty where pages may be kept."""
    if not config.publishes_posts:
        return "its pages have frames of their own"
    gathering = next((name for name in config.plugins if name in _GATHERING), "")
    if unknown := unknown_reader(config) or (gathering and f"the plugin `{gathering}`"):
        return f"nobody here knows what {unknown} puts on which page"
    if config.theme_folders:
        from hexapla.adapters.mkdocs.own_templates import far_reaching  # Jinja is slow to load.

        if template := far_reaching(config.theme_folders):
            return f"the template `{template}` may show other pages than its own"
    return ""


def settings_of(config: Config) -> str:
    """Return the digest of what makes all pages: the configuration, and the theme's files of the site's own."""
    total = hashlib.blake2b(digest_size=16)
    for path in (config.file, *config.inherited):
        content = _content(path)
        total.update(digest_of((path.as_posix(), content)).encode())
        if _VARIABLE in content:
            total.update(digest_of(sorted(os.environ.items())).encode())
    for path in (path for folder in config.theme_folders for path in _files(folder)):
        total.update(digest_of((path.as_posix(), _content(path))).encode())
    return total.hexdigest()


def takes_in_files(text: bytes, config: Config) -> bool:
    """Return whether a page may take in a file from elsewhere."""
    return _SNIPPETS in config.extensions and any(mark in text for mark in _SNIPPET_MARKS)


def _is_known(extension: str) -> bool:
    return extension in _BY_MARKDOWN or (extension.startswith(_EXTENSIONS) and extension not in _READERS)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, by name."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        return type(error).__name__.encode()


def _outcome(site: Path) -> str:
    """Return the digest of how a built site lies there: each file's size and the moment when it was last written."""
    states: list[tuple[object, ...]] = []
    for parent, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - a `Path` a file is slow
            state = os.lstat(path)
            states.append((path, state.st_mode, state.st_size, state.st_mtime_ns, state.st_ctime_ns))
    return digest_of(states)
