"""Framing: mkdocs' pages as the publication knows them, and back into mkdocs' templates."""

import logging
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hexapla.adapters import stand_ins
from hexapla.adapters.mkdocs import i18n_files
from hexapla.adapters.mkdocs.asked_pages import AskedPages
from hexapla.adapters.mkdocs.conversion import contain_conversion, made_of_page
from hexapla.adapters.mkdocs.docs_texts import DocsTexts, docs_texts
from hexapla.adapters.mkdocs.publishing import publication_of
from hexapla.config.config import Config, load
from hexapla.model.errors import attempt
from hexapla.publish import finish, search, templates
from hexapla.publish.content import Content
from hexapla.publish.frame import Frame
from hexapla.publish.publication import Publication

log = logging.getLogger("mkdocs.plugins.hexapla")

_CONTEXT = "hexapla"
"""The name under which templates find a page's frame."""
_MISSING = "404.html"


class Framing:
    """The frames of one site's pages, language by language."""

    def __init__(self) -> None:
        self.nonce = ""
        """Lets the script run that mkdocs' server adds to a page; empty where nothing is served."""
        self.is_to_come: Callable[[str], bool] = lambda path: False
        """Whether a file of the site is made once it is asked for."""
        self._publication: Publication | None = None
        self._missing: dict[str, str] = {}
        """The page for wrong addresses, by language: the i18n plugin writes them all over one another."""
        self._letters_missing: dict[str, Mapping[str, frozenset[int]]] = {}
        """The characters of these, as `letters` has those of pages."""
        self._contents: dict[str, Content] = {}
        """What is in each page, by its place in the site, without the text."""
        self._frame = Frame(language="")
        """That of the page which is being rendered."""
        self._made: tuple[Page, Content, Frame] | None = None
        """The frame that was asked for last, with its page and content."""
        self.letters: Mapping[str, frozenset[int]] = {}
        """The characters that the page which was rendered last has in typefaces, by the typeface's file."""

    def begin(self, config: MkDocsConfig, site: Config | None = None) -> None:
        """Read the pages' sources, before the first language is built; `site` is their configuration if it is known.

        Pages of a site that is not made of posts have no frames.
        """
        site = site or load(Path(config.config_file_path))
        if not site.publishes_posts:
            self._publication = None
            return
        self._publication = publication_of(config, site, self.nonce)
        is_in_folder = self._publication.is_there
        self._publication.is_there = lambda path: is_in_folder(path) or self.is_to_come(path)

    def leave_aside(self, is_left: Callable[[str], bool]) -> None:
        """Take files of the site as not there yet that only lie there from an earlier build, by path."""
        is_there = self._site.is_there
        self._site.is_there = lambda path: is_there(path) and not is_left(path)

    def renew(self, names: Iterable[str]) -> None:
        """Read the sources of pages again, by their files below docs/; the rest of the site is as it was."""
        self._site.renew(names)

    def place(self, config: MkDocsConfig) -> None:
        """Put our templates among the theme's, and have no page stop the others."""
        i18n_files.use_quick_files()
        contain_conversion(config)
        config.theme.dirs = templates.placed(config.theme.dirs, config.theme.custom_dir)
        _replace_search(config)
        # Ours takes its place, and tells of the same pages.
        config.theme.static_templates.discard("sitemap.xml")

    def install(self, env: Any, config: MkDocsConfig) -> Any:
        """Have an environment find our templates, and compile each once for all languages."""
        templates.install(env, config.theme.dirs)
        env.bytecode_cache = env.bytecode_cache or templates.COMPILED
        return env

    def content(self, html: str, page: Page, config: MkDocsConfig) -> str:
        """Finish the content of a page; where that is not to be had, it stays as Python-Markdown made it."""
        finished = partial(self._site.content, html, page.file.src_uri, _language(config))
        content = made_of_page(config, attempt(page.file.src_uri, finished), Content(html=html))
        for remark in self._site.remarks.of(page.file.src_uri, content):
            log.warning("%s", remark)
        self._contents[page.file.dest_uri] = replace(content, html="")
        return content.html

    def content_of(self, page: Page) -> Content:
        """Return the content of a page, without the text."""
        return self._contents.get(page.file.dest_uri, Content(html=""))

    def take(self, page: Page, content: Content, config: MkDocsConfig) -> None:
        """Take the content of a page as an earlier build finished it, without the text."""
        self._contents[page.file.dest_uri] = content
        self._site.take(page.file.src_uri, _language(config), content)

    def still_leads(self, page: Page, content: Content, config: MkDocsConfig) -> bool:
        """Return whether the addresses in a page's content lead where they did."""
        return self._site.still_leads(page.file.src_uri, _language(config), content)

    def carry(self, name: str, path: str, language: str, content: Content) -> None:
        """Have the site hold a page that stays in its file `name`, made of one below docs/, with all around it."""
        self._contents[name] = content
        self._site.take(path, language, content)
        self._site.surround(path, language, content)

    def named_after(self, path: str, language: str) -> object:
        """Return what the sections of a page are also named after; empty where that is nothing."""
        return self._site.named_after(path, language)

    def description(self, path: str, language: str) -> str:
        """Return what a page is said to be about."""
        return self._site.description(path, language)

    def takes_from(self, language: str) -> frozenset[str]:
        """Return the languages of which pages in one show something that is known once these are built."""
        return self._site.takes_from(language)

    def count(self, language: str) -> int:
        """Return how many pages a language has."""
        return sum(page.language == language for page in self._site.pages)

    def docs_texts(self, docs: Path) -> DocsTexts:
        """Return what lies below docs/."""
        return docs_texts(docs, self._site.pages)

    def surround(self, page: Page, config: MkDocsConfig) -> None:
        """Have the site hold what surrounds a page of an earlier build, which stays as it is."""
        self._site.surround(page.file.src_uri, _language(config), self.content_of(page))

    def frame(self, page: Page, config: MkDocsConfig) -> Frame:
        """Return the frame of a page whose content is known."""
        content = self.content_of(page)
        made = self._made
        # Who asks whether a page can be kept asks first; mkdocs asks again where it cannot.
        if made is None or made[0] is not page or made[1] is not content:
            frame = self._site.frame(page.file.src_uri, _language(config), content)
            self._made = made = (page, content, frame)
        return made[2]

    def tell_page(self, context: MutableMapping[str, Any], page: Page, config: MkDocsConfig) -> None:
        """Tell the templates of a page that is about to be rendered."""
        context[_CONTEXT] = self._frame = self.frame(page, config)

    def tell_template(self, context: MutableMapping[str, Any], config: MkDocsConfig) -> None:
        """Tell a template that shows no page, such as the one for wrong addresses."""
        context[_CONTEXT] = self._frame = self._site.frame_of_missing(_language(config))

    def rendered(self, html: str) -> str:
        """Return a page as its templates have just written it, with what could only be known then."""
        html, self.letters = self._site.rendered(html, self._frame)
        return html

    def use(self, letters: Mapping[str, frozenset[int]]) -> None:
        """Note that characters are set in typefaces."""
        self._site.use(letters)

    def rendered_template(self, html: str, name: str, config: MkDocsConfig) -> str:
        """Return what a template without a page wrote, and keep each language's page for wrong addresses."""
        html = self.rendered(html)
        if name == _MISSING:
            self.take_missing(html, self.letters, _language(config))
        return html

    def missing(self, language: str) -> tuple[str, Mapping[str, frozenset[int]]]:
        """Return a language's page for wrong addresses, with its characters."""
        return self._missing.get(language, ""), self._letters_missing.get(language, {})

    def take_missing(self, html: str, letters: Mapping[str, frozenset[int]], language: str) -> None:
        """Take a language's page for wrong addresses, as this build or an earlier one made it."""
        self._missing[language], self._letters_missing[language] = html, letters
        self._site.frame_of_missing(language)
        self.use(letters)

    def end(self, on_finished: Callable[[Iterable[str]], None] = lambda files: None) -> None:
        """Finish the site, after the last language.

        `on_finished` is called with the files that stay as they are where the next build makes the same.
        """
        for sentence in filter(None, (finish.untested(), "" if search.pagefind() else search.MISSING)):
            # Of the machine, which nobody mends in the site: no reason for `--strict` to fail.
            log.info("%s", sentence)
        on_finished(finish.publish(self._site, self._missing))
        self.tell_dead_links()
        self._stand_in()

    def write_search(self) -> None:
        """Write what readers search."""
        finish.write_search(self._site)

    def tell_dead_links(self) -> None:
        """Tell of the links that lead nowhere, once all pages are made."""
        for link in self._site.dead_links():
            log.warning("%s", self._site.remarks.broken(link.path, link.address))

    def end_asked(self, pages: AskedPages) -> None:
        """Finish a site whose pages are made when they are asked for, after the last language."""
        for file, write in finish.asked(self._site, self._missing, pages.ask):
            pages.wait(file, partial(self._write, write))
        self._stand_in()

    def _write(self, write: Callable[[Publication], None]) -> None:
        """Write something of the site as it is now."""
        write(self._site)

    def _stand_in(self) -> None:
        """Write the pages that stand where one is not: an old address, a language that lacks an article."""
        for remark in stand_ins.write_stand_ins(self._site):
            log.warning("%s", remark)

    def left_out(self, listed: Files, config: MkDocsConfig) -> Files:
        """Take articles out that the i18n plugin would lend to a language in which readers get none of them."""
        language = _language(config)
        for file in listed.documentation_pages():
            if not self._site.lends(file.src_uri, language):
                listed.remove(file)
        return listed

    def end_pages(self, names: frozenset[str]) -> None:
        """Finish the pages made of these files below docs/, where the rest of the site is as it was."""
        if self._publication is None:
            return
        pages = [page for page in self._site.pages if f"{page.language}/{page.name}.md" in names]
        finish.write_markdown(self._site, pages)
        finish.write_for_page(self._site)

    def end_page(self) -> None:
        """Finish a page that was asked for."""
        finish.write_for_page(self._site)

    @property
    def _site(self) -> Publication:
        assert self._publication is not None, "`begin` comes first"
        return self._publication


def _replace_search(config: MkDocsConfig) -> None:
    """Have the search plugin show its field and make no index, where we make one."""
    plugins = [plugin for name, plugin in config.plugins.items() if name in ("search", "material/search")]
    for name in ("page_context", "post_build") if search.pagefind() else ():
        events = config.plugins.events[name]
        events[:] = [event for event in events if getattr(event, "__self__", None) not in plugins]


def _language(config: MkDocsConfig) -> str:
    """Return the language that the i18n plugin has mkdocs build."""
    return str(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
