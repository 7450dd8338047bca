"""Kept pages: those of a site that lie there as they would be built, and so are not built again.

mkdocs goes its way: it lists files, arranges the navigation and asks for each page. A page is kept where its text, what
its links lead to, what the theme shows around it and the file that was written are as they were; what it said, and what
the whole site is told of it (its words for the search, its anchors, the characters of typefaces), is said again.
"""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mkdocs.utils
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.files import get_files as find_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.builder import ANEW, KEEP
from hexapla.adapters.mkdocs.built_site import settings_of, takes_in_files
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.hearing import Message, Said, hearing, say_again
from hexapla.adapters.mkdocs.site_files import SiteFiles, WrittenFile
from hexapla.adapters.mkdocs.surroundings import Surroundings
from hexapla.config.config import Config, load
from hexapla.publish.content import Content
from hexapla.storage.cache import digest_of, of_site

log = logging.getLogger("mkdocs.plugins.hexapla")

_STAGE = "site-pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was built, and what it was made of."""

    text: str
    """The digest of what its content was made of."""
    names: str
    """The digest of the names of all files when its links were last followed."""
    asked: Mapping[str, str]
    """The files that mkdocs looked for, and what it found."""
    surroundings: str
    """The digest of what the theme shows around its content."""
    title: str | None
    """The title that its Markdown gave it."""
    ids: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...]
    """Its links to sections: the file, the section and the link."""
    entries: tuple[dict[str, Any], ...]
    """What the search finds in it."""
    said: Said
    content: Content
    """Its content without the text."""
    letters: Mapping[str, frozenset[int]]
    """The characters that it has in typefaces that are cut, by the typeface's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSite:
    """What is known of a site as it was built."""

    pages: Mapping[str, KeptPage]
    """By the page's file in the site."""
    files: Mapping[str, WrittenFile]
    """What it is made of, those pages too, by path in the site."""


class KeptPages:
    """The pages of one build, and of the build before."""

    def __init__(self, site: Config, config: MkDocsConfig, framing: Framing, *, anew: bool) -> None:
        """Read what is known of the site as it was built, unless all pages are to be built `anew`."""
        self._site = site
        self._framing = framing
        self._inputs = (settings_of(site), logging.getLogger("mkdocs").getEffectiveLevel())
        self._cache = of_site(site.root, modules=site.modules, scripts=site.hooks)
        before = self._cache.recall(_STAGE, self._inputs, KeptSite) if not anew else None
        self._before = before or KeptSite(pages={}, files={})
        self.files = SiteFiles(config.site_dir, self._before.files)
        framing.leave_aside(self.files.is_left)
        self._names = digest_of(sorted(_names(config.docs_dir)))
        self._pages: dict[str, KeptPage] = {}
        self._made: dict[str, tuple[str, dict[str, str], Said]] = {}
        """Of the pages whose content was made: the digest of what from, what was asked, what was said."""
        self._restored: dict[str, KeptPage] = {}
        self._around = Surroundings()
        self._write_page = build._build_page
        self._originals: list[tuple[Any, str, Any]] = []
        """What was replaced of mkdocs: whose, by which name, and what was there."""

    def install(self) -> None:
        """Have mkdocs ask here for each page, until the site is `finished`."""
        copy, add = File.copy_file, Files.add_files_from_theme
        for owner, name, ours in (
            (build, "_populate_page", self._populate),
            (build, "_build_page", self._build),
            (File, "copy_file", lambda file, dirty=False: self.files.copy(file, copy)),
            (build, "get_files", self.files.once(find_files)),
            (mkdocs.utils, "clean_directory", self.files.clean),
            (
                Files,
                "add_files_from_theme",
                lambda files, env, config: self.files.add_theme(files, env, config, add),
            ),
        ):
            self._originals.append((owner, name, getattr(owner, name)))
            setattr(owner, name, ours)

    def finished(self) -> None:
        """Leave mkdocs as it was, and remember the site as it was built now."""
        while self._originals:
            setattr(*self._originals.pop())
        kept = KeptSite(pages=self._pages, files=self.files.written)
        self._cache.remember(_STAGE, self._inputs, kept)

    def _populate(self, page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        """Read a page, and make its content unless it is known."""
        with _working(page, config):
            page = config.plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = config.plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            self._files = files
            name, text = page.file.dest_uri, self._text(page, config)
            before = self._before.pages.get(name)
            if before is None or before.text != text or not self._is_as_found(before, page, config, files):
                self._make(page, config, files, text)
                return
            self._restored[name] = before
            page.content, page._title_from_render = "", before.title
            page.present_anchor_ids = set(before.ids)
            page.links_to_anchors = _links(before.fragments, files)
            self._framing.take(page, before.content, config)

    def _text(self, page: Page, config: MkDocsConfig) -> str:
        """Return the digest of what the content of a page is made of."""
        file: Any = page.file
        return digest_of(
            (
                file.src_uri,
                file.url,
                self._framing.named_after(page, config),
                file.content_string,
                page.markdown,
            )
        )

    def _is_as_found(self, before: KeptPage, page: Page, config: MkDocsConfig, files: Files) -> bool:
        """Return whether a page's file is as it was written, and its links lead where they did."""
        if not self.files.is_there(page.file.dest_uri):
            return False
        if before.names == self._names:
            return True
        found = all(_found(files.get_file_from_path(path)) == file for path, file in before.asked.items())
        return found and self._framing.still_leads(page, before.content, config)

    def _make(self, page: Page, config: MkDocsConfig, files: Files, text: str) -> None:
        """Make the content of a page, noting what it asks for."""
        said: list[Message] = []
        asked: dict[str, str] = {}
        look = files.get_file_from_path

        def asking(path: str) -> File | None:
            file = look(path)
            asked[path] = _found(file)
            return file

        files.get_file_from_path = asking  # type: ignore[method-assign]
        try:
            with hearing(said):
                page.render(config, files)
                page.content = config.plugins.on_page_content(
                    page.content or "", page=page, config=config, files=files
                )
        finally:
            del files.get_file_from_path
        self._made[page.file.dest_uri] = (text, asked, tuple(said))

    def _build(
        self,
        page: Page,
        config: MkDocsConfig,
        doc_files: Sequence[File],
        nav: Navigation,
        env: Any,
        dirty: bool = False,
        excluded: bool = False,
    ) -> None:
        """Keep a page, or have mkdocs write it."""
        name = page.file.dest_uri
        around = self._around.digest(page, nav, config, self._framing.frame(page, config))
        entries = _search_entries(config)
        before = self._restored.get(name)
        if before is not None and before.surroundings == around:
            say_again(before.said)
            entries += before.entries
            self._framing.use(before.letters)
            self._keep(page, before)
            return
        if before is not None:
            with _working(page, config):
                self._make(page, config, self._files, before.text)
        text, asked, heard = self._made.pop(name)
        said, count = list(heard), len(entries)
        with hearing(said):
            self._write_page(page, config, doc_files, nav, env, dirty, excluded)
        failed = any(level >= logging.ERROR for _, level, _ in said)
        if failed or takes_in_files((page.markdown or "").encode(), self._site):
            return
        self._keep(
            page,
            KeptPage(
                text=text,
                names=self._names,
                asked=asked,
                surroundings=around,
                title=page._title_from_render,
                ids=tuple(sorted(page.present_anchor_ids or ())),
                fragments=_fragments(page),
                entries=tuple(entries[count:]),
                said=tuple(said),
                content=self._framing.content_of(page),
                letters=self._framing.letters,
            ),
        )

    def _keep(self, page: Page, kept: KeptPage) -> None:
        """Remember a page as it lies in the site now."""
        self._pages[page.file.dest_uri] = replace(kept, names=self._names)
        self.files.keep(page.file.dest_uri, page.file.abs_src_path or "")


def kept_pages_of(config: MkDocsConfig, framing: Framing) -> KeptPages | None:
    """Return what keeps pages, at work; None where every page has to be built, or another program has mkdocs build."""
    wanted = os.environ.get(KEEP)
    if not wanted:
        return None
    kept = KeptPages(load(Path(config.config_file_path)), config, framing, anew=wanted == ANEW)
    kept.install()
    return kept


@contextmanager
def _working(page: Page, config: MkDocsConfig) -> Iterator[None]:
    """Have mkdocs know which page is read, and say so where that fails, as its own function does."""
    config._current_page = page
    try:
        yield
    except Exception as error:
        more = "" if isinstance(error, BuildError) else f" {error}"
        log.error("Error reading page '%s':%s", page.file.src_uri, more)
        raise
    finally:
        config._current_page = None


def _names(folder: str) -> Iterator[str]:
    for parent, _, names in os.walk(folder, followlinks=True):
        yield from (f"{parent}/{name}" for name in names)


def _found(file: File | None) -> str:
    """Return what a link takes from the file that it leads to."""
    return f"{file.src_uri} {file.url} {file.inclusion.name}" if file else ""


def _fragments(page: Page) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (file.src_uri, fragment, link)
        for file, links in (page.links_to_anchors or {}).items()
        for fragment, link in links.items()
    )


def _links(fragments: tuple[tuple[str, str, str], ...], files: Files) -> dict[File, dict[str, str]]:
    links: dict[File, dict[str, str]] = {}
    for path, fragment, link in fragments:
        if file := files.src_uris.get(path):
            links.setdefault(file, {})[fragment] = link
    return links


def _search_entries(config: MkDocsConfig) -> list[dict[str, Any]]:
    """Return the list into which the search plugin puts what is found on a page."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    index = getattr(plugin, "search_index", None)
    entries: list[dict[str, Any]] = getattr(index, "_entries", None) or getattr(index, "entries", [])
    return entries
