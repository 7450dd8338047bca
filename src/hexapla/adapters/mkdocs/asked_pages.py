"""Asked pages: while a site is served, each of its files is made when a browser asks for it.

Wherever more has changed than texts (a title, a page that comes or goes, the configuration), mkdocs goes its whole way:
it lists files and arranges each language's navigation. That takes a second for thousands of pages; what takes minutes
is to make them. Here is noted how each is made, and nothing more: nobody looks at all of them after each edit.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import navigation
from hexapla.adapters.mkdocs.i18n_files import enter_language, language_built
from hexapla.adapters.mkdocs.page_steps import read_page, render_page
from hexapla.adapters.mkdocs.site_files import SiteFiles
from hexapla.publish import search

_SITEMAP = "sitemap.xml"
_APART = frozenset(
    ("hexapla", "i18n", "search", "material/search", "glightbox", "redirects", "git-revision-date-localized")
)
"""Plugins that make a page of its own file, and do nothing with the pages that a build has written."""
_OF_SOURCE, _OF_HTML = ("markdown", "meta"), ("content", "toc", "_title_from_render")

Make = Callable[[], object]


class AskedPage(Page):
    """A page that is read, and made HTML of, as soon as a template or anybody else asks what it says."""

    config: MkDocsConfig
    files: Files
    language: str
    arranged: object
    """What the navigation took from the page when it was arranged; None where that is nothing."""

    def __getattr__(self, name: str) -> Any:
        """Find out what is not known yet."""
        if name in _OF_SOURCE:
            self._find(read_page, markdown=None, meta={}, content=None, toc=[], _title_from_render=None)
            for later in _OF_HTML:
                del vars(self)[later]
        elif name in _OF_HTML:
            assert self.markdown is not None, "read, it has some"
            self._find(render_page, content=None, toc=[], _title_from_render=None)
        else:
            raise AttributeError(name)
        return vars(self)[name]

    def _find(self, step: Callable[[Page, MkDocsConfig, Files], None], **empty: Any) -> None:
        """Take a step, in which mkdocs has what is still to be found as `empty`; one that fails is taken again."""
        vars(self).update(empty)
        enter_language(self.config, self.language)
        try:
            step(self, self.config, self.files)
        except BaseException:
            self.forget()
            raise

    def forget(self) -> None:
        """Know nothing of what the page says: its file may be another one now."""
        for name in (*_OF_SOURCE, *_OF_HTML, "links_to_anchors", "present_anchor_ids"):
            vars(self).pop(name, None)

    @property
    def is_read(self) -> bool:
        """Whether anybody has asked what the page says."""
        return "markdown" in vars(self)


class AskedPages:
    """The files of a served site, and how those are made that nobody has asked for."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        """To be held by who makes something of the site: mkdocs' configuration is that of one language at a time."""
        self.on_page: Callable[[], None] = lambda: None
        """Called whenever a page has been made."""
        self.on_nav: Callable[[MkDocsConfig, Navigation], None] = lambda config, nav: None
        """Called with what a page that is noted stands in."""
        self.used_at = 0.0
        """When somebody last asked for something, or edited."""
        self._waiting: dict[str, Make] = {}
        """By the file's path in the site."""
        self._noted: dict[str, Make] = {}
        """The same of a site that is not finished yet."""
        self.is_noting = False
        """Whether mkdocs is building, and what it would make is noted instead."""
        self._build_page = build._build_page
        self._originals = ExitStack()
        """Leaves mkdocs as it was."""

    def begin(self, config: MkDocsConfig) -> None:
        """Have mkdocs note here what it would make, until `leave`, where its plugins let pages be made one by one."""
        self._noted = {}
        self.is_noting = _APART.issuperset(config.plugins) and search.pagefind() is not None
        if not self.is_noting:
            return
        make_template = build._build_theme_template

        def template(name: str, *arguments: Any) -> None:
            # Ours takes its place, and is made without asking every page.
            if name != _SITEMAP:
                make_template(name, *arguments)

        def copy(file: File, dirty: bool = False) -> None:
            self.wait(file.dest_uri, partial(copy_file, file))

        # The i18n plugin makes others of them for each language.
        site_files = SiteFiles(config.site_dir, {})
        copy_file, add_theme = File.copy_file, Files.add_files_from_theme
        for owner, name, ours in (
            (build, "get_files", site_files.once(get_files)),
            (
                Files,
                "add_files_from_theme",
                lambda files, env, config: site_files.add_theme(files, config, add_theme),
            ),
            (build, "_populate_page", _leave_unread),
            (build, "_build_page", self._note),
            (build, "_build_theme_template", template),
            (File, "copy_file", copy),
        ):
            self._originals.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, ours)

    def leave(self) -> None:
        """Leave mkdocs as it was."""
        self.is_noting = False
        self._originals.close()

    def end(self) -> None:
        """Take what was noted as the site that is shown from now on."""
        self.leave()
        self._waiting = self._noted

    def wait(self, file: str, make: Make) -> None:
        """Note how a file of the site is made once it is asked for."""
        self._noted[file] = make

    def is_noted(self, file: str) -> bool:
        """Return whether a file of the site is made once it is asked for."""
        return file in self._noted

    def waits(self, file: str) -> bool:
        """Return whether nobody has asked for a file of the site yet."""
        return file in self._waiting

    def next_waiting(self) -> str:
        """Return a file of the site that nobody has asked for yet; empty where there is none."""
        return next(iter(self._waiting.copy()), "")

    def ask(self, file: str) -> bool:
        """Make a file of the site, by its path; return whether it was still to be made."""
        with self.lock:
            make = self._waiting.get(file)
            if make is None:
                return False
            make()
            self._waiting.pop(file, None)
            return True

    def _note(
        self,
        page: Page,
        config: MkDocsConfig,
        doc_files: Sequence[File],
        nav: Navigation,
        *others: Any,
        **named: Any,
    ) -> None:
        """Note how a page is made."""
        self.on_nav(config, nav)
        make = partial(self._make, page, config, doc_files, nav, *others, **named)
        self.wait(page.file.dest_uri, make)

    def _make(self, page: Page, config: MkDocsConfig, *arguments: Any, **named: Any) -> None:
        assert isinstance(page, AskedPage), "noted while pages are left unread"
        enter_language(config, page.language)
        # What surrounds it is told of its content.
        assert page.content is not None, "found out by asking"
        self._build_page(page, config, *arguments, **named)
        self.on_page()


def _leave_unread(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
    """Have a page find out what it says when it is asked."""
    asked: Any = page
    asked.__class__ = AskedPage
    asked.config, asked.files, asked.language = config, files, language_built(config)
    asked.arranged = None if page.markdown is None else navigation.taken_from(page)
    asked.forget()
