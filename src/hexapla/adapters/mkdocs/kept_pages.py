"""Kept pages: those of a site that lie there as they would be built, and so are not built again.

mkdocs goes its way: it lists files, arranges the navigation and asks for each page. A page is kept where its text, what
its links lead to, what the theme shows around it and the file that was written are as they were; what it said, and what
the whole site is told of it (its words for the search, its anchors, the characters of typefaces), is said again.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import mkdocs.utils
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.files import get_files as find_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs_static_i18n import plugin as i18n  # type: ignore[import-untyped]

from hexapla.adapters.mkdocs import navigation
from hexapla.adapters.mkdocs.builder import ANEW, KEEP
from hexapla.adapters.mkdocs.built_site import settings_of, takes_in_files
from hexapla.adapters.mkdocs.docs_texts import DocsTexts
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.hearing import Message, Said, hearing, say_again
from hexapla.adapters.mkdocs.i18n_files import language_built
from hexapla.adapters.mkdocs.kept_languages import KeptLanguages
from hexapla.adapters.mkdocs.kept_page import (
    KeptPage,
    KeptSite,
    found_as,
    links_to_sections,
    search_entries,
    sections_linked,
)
from hexapla.adapters.mkdocs.page_steps import working
from hexapla.adapters.mkdocs.site_files import SiteFiles
from hexapla.adapters.mkdocs.surroundings import Surroundings
from hexapla.config.config import Config, load
from hexapla.render import lists
from hexapla.storage.cache import digest_of

_STAGE = "site-pages"


class KeptPages:
    """The pages of one build, and of the build before."""

    def __init__(self, site: Config, config: MkDocsConfig, framing: Framing, *, anew: bool) -> None:
        """Read what is known of the site as it was built, unless all pages are to be built `anew`."""
        self._site = site
        self._framing = framing
        self._inputs = (settings_of(site), logging.getLogger("mkdocs").getEffectiveLevel())
        self._cache = site.cache
        before = self._cache.recall(_STAGE, self._inputs, KeptSite) if not anew else None
        self._before = before or KeptSite(pages={}, files={}, finished={}, docs=DocsTexts(), languages={})
        self.files = SiteFiles(config.site_dir, self._before.files, self._before.finished)
        framing.leave_aside(self.files.is_left)
        self._docs = framing.docs_texts(Path(config.docs_dir))
        # What programs of a site's own pages print is in none of its texts.
        self._only_texts = self._docs.shape == self._before.docs.shape and not site.pages
        """Whether pages show of others what they did, so that only those are looked at whose text an edit changed."""
        self._changed_folders = self._docs.changed_folders(self._before.docs)
        self._pages: dict[str, KeptPage] = {}
        self._asked: list[str] = []
        """The files of all pages that were to be built, kept or not."""
        self._made: dict[str, tuple[str, dict[str, str], Said]] = {}
        """Of the pages whose content was made: the digest of what from, what was asked, what was said."""
        self._named: dict[str, str] = {}
        """Of each page, the digest of what it takes from another version of it."""
        self._restored: dict[str, KeptPage] = {}
        self._unasked: dict[str, KeptPage] = {}
        """Those that need not be compared with what is around them now."""
        self._around = Surroundings()
        self._languages = KeptLanguages(
            self._before,
            framing=framing,
            files=self.files,
            pages=self._pages,
            asked=self._asked,
            is_untouched=self._is_untouched,
            jobs=site.options.jobs,
        )
        self._write_page = build._build_page
        self._originals: list[tuple[Any, str, Any]] = []
        """What was replaced of mkdocs: whose, by which name, and what was there."""

    def install(self) -> None:
        """Have mkdocs ask here for each page, until the site is `finished`."""
        copy, add = File.copy_file, Files.add_files_from_theme
        for owner, name, ours in (
            (build, "_populate_page", self._populate),
            (build, "_build_page", self._build),
            (i18n, "build", partial(self._languages.build, build=i18n.build)),
            (File, "copy_file", lambda file, dirty=False: self.files.copy(file, copy)),
            (build, "get_files", self.files.once(find_files)),
            (mkdocs.utils, "clean_directory", self.files.clean),
            (
                Files,
                "add_files_from_theme",
                lambda files, env, config: self.files.add_theme(files, config, add),
            ),
        ):
            self._originals.append((owner, name, getattr(owner, name)))
            setattr(owner, name, ours)

    def finished(self) -> None:
        """Leave mkdocs as it was, and remember the site as it was built now."""
        while self._originals:
            setattr(*self._originals.pop())
        kept = KeptSite(
            pages=self._pages,
            files=self.files.written,
            finished=self.files.finished,
            docs=self._docs,
            languages=self._languages.built,
        )
        self._cache.remember(_STAGE, self._inputs, kept)

    def _populate(self, page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        """Read a page, and make its content unless it is known."""
        with working(page, config):
            page = config.plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            if known := self._untouched(page, config):
                self._take(page, known, config, files)
                page.title = known.title_shown
                return
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
            self._take(page, before, config, files)

    def _untouched(self, page: Page, config: MkDocsConfig) -> KeptPage | None:
        """Return what is known of a page that no edit can have changed; None where it has to be looked at."""
        name = page.file.dest_uri
        if not self._is_untouched(name, page.file.src_uri, language_built(config)):
            return None
        navigation.mend_head(page, config)
        self._unasked[name] = before = self._before.pages[name]
        return before

    def _is_untouched(self, name: str, source: str, language: str) -> bool:
        """Return whether no edit can have changed a page, in the file `name` and made of `source`."""
        named = (self._framing.named_after(source, language), self._framing.description(source, language))
        self._named[name] = digest_of(named)
        before = self._before.pages.get(name) if self._only_texts else None
        return (
            before is not None
            and self._docs.same(source, self._before.docs)
            and not (before.listing and f"{source.rpartition('/')[0]}/posts" in self._changed_folders)
            and before.named == self._named[name]
            and self.files.is_there(name)
        )

    def _take(self, page: Page, before: KeptPage, config: MkDocsConfig, files: Files) -> None:
        """Have a page be known without its content."""
        page.content, page._title_from_render = "", before.title
        page.present_anchor_ids = set(before.ids)
        page.links_to_anchors = links_to_sections(before.fragments, files)
        self._framing.take(page, before.content, config)

    def _text(self, page: Page, config: MkDocsConfig) -> str:
        """Return the digest of what the content of a page is made of."""
        file: Any = page.file
        return digest_of(
            (
                file.src_uri,
                file.url,
                self._framing.named_after(file.src_uri, language_built(config)),
                file.content_string,
                page.markdown,
            )
        )

    def _is_as_found(self, before: KeptPage, page: Page, config: MkDocsConfig, files: Files) -> bool:
        """Return whether a page's file is as it was written, and its links lead where they did."""
        if not self.files.is_there(page.file.dest_uri):
            return False
        if before.names == self._docs.names:
            return True
        found = all(found_as(files.get_file_from_path(path)) == file for path, file in before.asked.items())
        return found and self._framing.still_leads(page, before.content, config)

    def _make(self, page: Page, config: MkDocsConfig, files: Files, text: str) -> None:
        """Make the content of a page, noting what it asks for."""
        said: list[Message] = []
        asked: dict[str, str] = {}
        look = files.get_file_from_path

        def asking(path: str) -> File | None:
            file = look(path)
            asked[path] = found_as(file)
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
        *others: Any,
        **named: Any,
    ) -> None:
        """Keep a page, or have mkdocs write it."""
        name = page.file.dest_uri
        self._asked.append(name)
        if name in self._unasked:
            self._framing.surround(page, config)
            self._keep_as_is(page, self._unasked[name], search_entries(config))
            return
        around = self._around.digest(page, nav, config, self._framing.frame(page, config))
        entries = search_entries(config)
        before = self._restored.get(name)
        if before is not None and before.surroundings == around:
            self._keep_as_is(page, before, entries)
            return
        if before is not None:
            with working(page, config):
                self._make(page, config, self._files, before.text)
        text, asked, heard = self._made.pop(name)
        said, count = list(heard), len(entries)
        with hearing(said):
            self._write_page(page, config, doc_files, nav, *others, **named)
        failed = any(level >= logging.ERROR for _, level, _ in said)
        if failed or takes_in_files((page.markdown or "").encode(), self._site):
            return
        self._keep(
            page,
            KeptPage(
                source=page.file.src_uri,
                text=text,
                names=self._docs.names,
                asked=asked,
                surroundings=around,
                title=page._title_from_render,
                ids=tuple(sorted(page.present_anchor_ids or ())),
                fragments=sections_linked(page),
                entries=tuple(entries[count:]),
                said=tuple(said),
                title_shown=page.title,
                named=self._named[name],
                listing=lists.takes_in(page.file.content_string),
                content=self._framing.content_of(page),
                letters=self._framing.letters,
            ),
        )

    def _keep_as_is(self, page: Page, before: KeptPage, entries: list[dict[str, Any]]) -> None:
        """Keep a page that lies there as it would be built, and say what is said of it."""
        say_again(before.said)
        entries += before.entries
        self._framing.use(before.letters)
        self._keep(page, before)

    def _keep(self, page: Page, kept: KeptPage) -> None:
        """Remember a page as it lies in the site now."""
        self._pages[page.file.dest_uri] = replace(kept, names=self._docs.names)
        self.files.keep(page.file.dest_uri, page.file.abs_src_path or "")


def kept_pages_of(config: MkDocsConfig, framing: Framing) -> KeptPages | None:
    """Return what keeps pages, at work; None where every page has to be built, or another program has mkdocs build."""
    wanted = os.environ.get(KEEP)
    if not wanted:
        return None
    kept = KeptPages(load(Path(config.config_file_path)), config, framing, anew=wanted == ANEW)
    kept.install()
    return kept
