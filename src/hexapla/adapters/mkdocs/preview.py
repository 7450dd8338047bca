"""Preview: after an edit, only the pages that it changed are built again, and of those the ones that were asked for.

mkdocs builds every page of every language after each edit. What it needed for that is remembered here, language
by language, and used for the pages whose text has changed; where more than texts has changed (a title, which
other pages show; a page that came or went; a file of the theme), the whole site is arranged again.
"""

import copy
import logging
import mimetypes
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import navigation
from hexapla.adapters.mkdocs.asked_pages import AskedPage, AskedPages
from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.i18n_files import enter_language, language_built
from hexapla.config.config import Config
from hexapla.render.write import is_ours

log = logging.getLogger("mkdocs.plugins.hexapla")

_APART = frozenset(
    ("hexapla", "i18n", "search", "material/search", "offline", "material/offline", "minify", "glightbox")
    + ("redirects", "git-revision-date-localized")
)
"""Plugins that make a page of its own file alone: with another, one page may show what another says."""

State = dict[str, tuple[int, int]]
"""When each file was last written, and its size."""


@dataclass(slots=True)
class _Built:
    """What mkdocs made of one language."""

    env: Any
    files: Files
    nav: Navigation | None = None


class Preview:
    """The site as it was last built, and what its files were then."""

    def __init__(self) -> None:
        self.asked = AskedPages()
        self.asked.on_nav = self.note_nav
        self._config: MkDocsConfig | None = None
        self._built: dict[str, _Built] = {}
        self._state: State = {}
        self._sources: State | None = None
        """What the pages were last written from; None where that went wrong."""
        self.others: Callable[[], Iterable[Path]] = tuple
        """What the site is made from besides."""

    def begin(self, site: Config) -> None:
        """Remember what pages are first written from, as it is before it is read: a save meanwhile is news."""
        if self._config is None:
            self._sources = _state(sources_of(site))

    def note(self, config: MkDocsConfig, env: Any, files: Files) -> None:
        """Remember what a language is built with."""
        self._config = config
        self._built[language_built(config)] = _Built(env=env, files=files)

    def note_nav(self, config: MkDocsConfig, nav: Navigation) -> None:
        """Remember a language's navigation."""
        self._built[language_built(config)].nav = nav

    def look(self) -> None:
        """Remember the files as they are now."""
        self._state = self._now()

    def has_other_files(self) -> bool:
        """Return whether files have come or gone since `look`."""
        return self._now().keys() != self._state.keys()

    @contextmanager
    def reading(self, sources: Iterable[Path]) -> Iterator[bool]:
        """Read what pages are made from, and build them; yields whether there is anything to do.

        What is saved meanwhile is news the next time.
        """
        now = _state(sources)
        before, self._sources = self._sources, None
        yield before != now or self._state != self._now()
        self._sources = now

    def files_of(self, name: str) -> frozenset[str]:
        """Return the files in the site of a page below docs/: one in each language that shows it."""
        files = (built.files.src_uris.get(name) for built in self._built.values())
        return frozenset(file.dest_uri for file in files if file)

    def is_known(self, path: Path) -> bool:
        """Return whether a file is as it was when pages were last built, or one that is gone and made none."""
        return _state([path]).get(str(path)) == self._state.get(str(path))

    def states(self, paths: Iterable[Path]) -> State:
        """Return how files are now."""
        return _state(paths)

    def take(self, sources: State) -> None:
        """Note that what pages are made from has been read, as it was then."""
        if self._sources is not None:
            self._sources |= sources

    def rebuild(
        self,
        finish: Callable[[frozenset[str]], None],
        also: Collection[str] = (),
        only: Iterable[Path] | None = None,
    ) -> frozenset[str] | None:
        """Build what has changed since `look`, and the pages of the files `also` below docs/.

        No file has changed but those `only`, where they are given. Returns the sources of the pages that were built,
        which `finish` gets too; None where the whole site must be built.
        """
        before = self._state
        self._state = self._now() if only is None else before | _state(only)
        config = self._config
        if config is None or before.keys() != self._state.keys() or not _APART.issuperset(config.plugins):
            return None
        changed = [Path(path) for path, state in self._state.items() if before[path] != state]
        docs = Path(config.docs_dir)
        if not all(path.is_relative_to(docs) for path in changed):
            return None
        names = {path.relative_to(docs).as_posix() for path in changed}
        if "pymdownx.snippets" in config.markdown_extensions and not all(map(_stands_alone, changed)):
            return None
        texts = {name for name in names if name.endswith(".md")} | set(also)
        for name in names - texts:
            self._copy(name)
        texts -= {name for name in also if not self.files_of(name)}
        homes = {page.file.src_uri for name in texts for page in self._homes(name, config)}
        with _collecting_nothing(config):
            whole = all(self._swap(config, language, sorted(texts | homes)) for language in self._built)
        if not whole:
            return None
        built = frozenset(names | texts | homes)
        if built:
            finish(built)
        return built

    def _now(self) -> State:
        if self._config is None:
            return {}
        # A theme that is installed stays as it is; mkdocs doesn't watch it either.
        home = Path(self._config.config_file_path).parent
        themes = [Path(folder) for folder in self._config.theme.dirs if Path(folder).is_relative_to(home)]
        roots = (Path(self._config.docs_dir), Path(self._config.config_file_path), *themes, *self.others())
        return _state(roots)

    def _copy(self, name: str) -> None:
        for built in self._built.values():
            file = built.files.get_file_from_path(name)
            if file and not self.asked.waits(file.dest_uri):
                file.copy_file()

    def _homes(self, name: str, config: MkDocsConfig) -> Iterator[Page]:
        """Yield the pages beside `posts/` that show something of one in it: the newest of the list, an opening."""
        folder, posts, beside = name.removesuffix(".md").rpartition("posts/")
        if not posts or "/" in beside:
            return
        for built in self._built.values():
            for path, file in built.files.src_uris.items():
                is_beside = path.rpartition("/")[0] == folder.rstrip("/")
                if file.page and is_beside and navigation.shows(file.page, beside, config):
                    yield file.page

    def _swap(self, config: MkDocsConfig, language: str, names: Iterable[str]) -> bool:
        """Build pages of one language; return False where another page shows what has changed of one."""
        built = self._built[language]
        edited = [file for name in names if (file := built.files.get_file_from_path(name)) and file.page]
        if not edited or built.nav is None:
            return not edited
        enter_language(config, language)
        if any(self._is_shown_otherwise(file.page, config, built.files) for file in edited if file.page):
            return False
        pages = built.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for page in (file.page for file in edited if not self.asked.waits(file.dest_uri)):
            assert page is not None and page.content is not None, (
                "what surrounds a page is told of its content"
            )
            _build_page(page, config, pages, built.nav, built.env)
        return True

    def _is_shown_otherwise(self, page: Page, config: MkDocsConfig, files: Files) -> bool:
        """Read a page again; return whether others show something of it that has changed."""
        if not isinstance(page, AskedPage):
            before = _shown_elsewhere(page)
            _populate_page(page, config, files)
            return _shown_elsewhere(page) != before
        if page.arranged is not None and navigation.taken_from(page) != page.arranged:
            return True
        if not page.is_read:
            return False
        before = _shown_elsewhere(page)
        page.forget()
        return _shown_elsewhere(page) != before


def sources_of(site: Config) -> tuple[Path, ...]:
    """Return what the pages of a site are made from: folders that are there, and its mkdocs.yml."""
    # What this process records itself is no news to it.
    recorded = () if os.environ.get(RUN) else (site.snippets,)
    posts = (site.posts,) if site.publishes_posts else ()
    return (*filter(Path.is_dir, (*posts, *recorded)), site.file)


def _shown_elsewhere(page: Page) -> tuple[str | None, dict[str, Any]]:
    """Return what other pages may show of one: its title, and all of its front matter but for its own head's."""
    return page.title, {name: value for name, value in page.meta.items() if name != "description"}


def _stands_alone(path: Path) -> bool:
    """Return whether a file below docs/ is no text that the author may have a page take in."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    return not kind.startswith("text/") or is_ours(path)


@contextmanager
def _collecting_nothing(config: MkDocsConfig) -> Iterator[None]:
    """Have search plugins forget the pages that are built meanwhile: each would be held once more with every edit."""
    kept = {
        plugin: vars(plugin)["search_index"]
        for plugin in config.plugins.values()
        if "search_index" in vars(plugin)
    }
    for plugin, index in kept.items():
        plugin.search_index = copy.copy(index)
        lists = {name: [*value] for name, value in vars(index).items() if isinstance(value, list)}
        vars(plugin.search_index).update(lists)
    try:
        yield
    finally:
        for plugin, index in kept.items():
            plugin.search_index = index


def _state(roots: Iterable[Path]) -> State:
    """Return the state of files, and of those below folders. Asked for at each edit: no `Path` is made of each."""
    states: State = {}
    known: set[tuple[int, int]] = set()
    waiting = [os.fspath(root) for root in roots]
    while waiting:
        place = waiting.pop()
        with suppress(FileNotFoundError):  # it went while we looked, or it is a link that leads nowhere
            status = os.stat(place)  # noqa: PTH116
            if not stat.S_ISDIR(status.st_mode):
                states[place] = (status.st_mtime_ns, status.st_size)
            elif (inode := (status.st_dev, status.st_ino)) not in known:  # links may lead in a circle
                known.add(inode)
                waiting += (f"{place}{os.sep}{name}" for name in os.listdir(place))  # noqa: PTH208
    return states
