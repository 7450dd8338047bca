"""Publication: a site while a builder makes its pages: what each page's frame is told, and what pages have used.

Knows no builder: a path below docs/, a language and a finished content are enough.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.config.config import Config
from hexapla.normalize.anchors import Anchor, Anchors, anchors_of
from hexapla.normalize.target.dialect import dialect_of
from hexapla.normalize.target.renderer import renderer
from hexapla.publish import addresses, content, dead_links, fonts, head, page_links, reading_time, sources
from hexapla.publish.addresses import Addresses
from hexapla.publish.content import Content
from hexapla.publish.dead_links import SiteLink, site_links
from hexapla.publish.fonts import Typeface
from hexapla.publish.frame import Frame, frame_of_missing, frame_of_page, spoken_on
from hexapla.publish.head import Picture
from hexapla.publish.page_links import Places
from hexapla.publish.page_remarks import PageRemarks
from hexapla.publish.pictures import picture_of
from hexapla.publish.policy import PLACE, sealed
from hexapla.publish.repository import Repository
from hexapla.publish.sources import PageSource, body_of
from hexapla.publish.stand_in import stand_ins
from hexapla.render.labels import labels
from hexapla.storage import files

NOWHERE = Repository()


class Publication:
    """The pages of a site, read once, and the typefaces that those built so far are set in."""

    def __init__(
        self, config: Config, folder: Path, site_url: str, policy: str, repository: Repository = NOWHERE
    ) -> None:
        """Read the Markdown of every page, language by language.

        `folder` is where the builder writes, `site_url` where the site will be (empty where nobody says), and
        `policy` what pages may load.
        """
        self.config = config
        self.cache = config.cache
        self.folder = folder
        self.where = Addresses(
            default_language=config.default_language,
            site_url=f"{site_url.rstrip('/')}/" if site_url else "",
            directory_urls=config.directory_urls,
        )
        self.pages = tuple(
            sources.page_source(path.relative_to(config.docs).as_posix(), files.read_post(path))
            for language in config.codes
            for path in files.posts_below(config.docs / language)
        )
        self.letters: dict[Typeface, set[int]] = {}
        """The characters that are set in each typeface."""
        self.has_diagrams = False
        """Whether a page has any."""
        self.sheets: set[tuple[tuple[str, ...], bool]] = set()
        """The style sheets for typefaces: their languages, and whether they are for formulas, too."""
        self._known = addresses.versions_by_page(self.pages)
        self._by_path = {f"{page.language}/{page.name}.md": page for page in self.pages}
        self.remarks = PageRemarks(config=config, pages=self._by_path)
        self._links: list[SiteLink] = []
        self._anchors: dict[tuple[str, str], Anchors] = {}
        """Those of pages, by name and language."""
        self._places = Places(
            addresses=self.where,
            languages=config.codes,
            pages=frozenset((page.language, page.name) for page in self.pages),
            is_file=functools.cache(lambda path: (config.docs / path).is_file()),
        )
        self.is_there: Callable[[str], bool] = lambda path: (folder / path).is_file()
        """Whether a file of the site is there by now, by its path; who keeps some of an earlier build knows more."""
        self._policy = policy
        self._repository = repository
        self._theme = f"mkdocs-material-{metadata.version('mkdocs-material')}"

    def lend(self, pages: Iterable[tuple[str, str]]) -> None:
        """Have links lead to pages that a builder shows in languages that have none, by language and name."""
        self._places = replace(self._places, pages=frozenset((*self._places.pages, *pages)))

    def renew(self, paths: Iterable[str]) -> None:
        """Read files below docs/ again, of which the site has a page."""
        for path in paths:
            if path in self._by_path:
                text = files.read_post(self.config.docs / path)
                page = self._by_path[path] = sources.page_source(path, text)
                self._anchors.pop((page.name, page.language), None)
        self.pages = tuple(self._by_path.values())
        self._known = addresses.versions_by_page(self.pages)
        self._links.clear()

    def source(self, path: str, language: str) -> PageSource:
        """Return the page that readers of `language` get of a file below docs/.

        A builder may lend them one of another language; a file that another plugin made says nothing of itself.
        """
        page = self._by_path.get(path) or PageSource(
            language=language, name=path.removesuffix(".md"), text=""
        )
        if page.language == language:
            return page
        return replace(page, language=language, original=page.original or page.language)

    def content(self, html: str, path: str, language: str) -> Content:
        """Finish what Python-Markdown made of a file below docs/, for readers of `language`."""
        page = self.source(path, language)
        file = self._by_path.get(path, page)
        seen: dict[str, Any] = {}

        def lead(tree: LexborHTMLParser, body: LexborNode) -> tuple[str, ...]:
            seen["anchors"] = page_links.add_anchors(tree, body, self._first(page))
            seen["leads"] = page_links.lead(body, page, self._places)
            if file.source:
                reading_time.tell_time(tree, body, language)
            place, root = self.where.file(page), urlsplit(self.where.site_url).path
            is_followed = file.is_ours and not file.original
            links = site_links(body, path=path, is_followed=is_followed, file=place, root=root)
            seen["links"] = tuple(links)
            # What is dead in a post is told of with the post's line; what is lent to other languages, once.
            is_told = file.is_ours or file.language != language
            return () if is_told else tuple(address for address, to in seen["leads"].items() if to is None)

        made = content.finish(
            html,
            language=file.language,
            shown=file.original or file.language,
            lead=lead,
            # What is lent to other languages is told of once.
            policy=self._policy if file.language == language else "",
        )
        made = replace(made, **seen)
        self.take(path, language, made)
        return made

    def take(self, path: str, language: str, made: Content) -> None:
        """Take the content of a page as it was finished: what its anchors are, and where it links to."""
        page = self.source(path, language)
        if made.anchors is not None:
            self._anchors[page.name, page.language] = made.anchors
        self._links += made.links

    def still_leads(self, path: str, language: str, made: Content) -> bool:
        """Return whether the addresses in a finished content of a page lead where they did."""
        page = self.source(path, language)
        return all(self._places.link(address, page) == to for address, to in made.leads.items())

    def named_after(self, path: str, language: str) -> tuple[Anchor, ...] | str:
        """Return the sections that those of a page are also named after, of another version of it.

        While they are not known, it is that version's text; empty where there is none.
        """
        version = self._first_version(self.source(path, language))
        if version is None:
            return ""
        known = self._anchors.get((version.name, version.language))
        return known.sections if known else version.text

    def description(self, path: str, language: str) -> str:
        """Return what the page of a file below docs/ is said to be about, to readers of `language`."""
        page = self.source(path, language)
        return self._known.get(page.name, {}).get(page.original or page.language, page).description

    def takes_from(self, language: str) -> frozenset[str]:
        """Return the languages of which pages in another take something that is only there once these are built.

        That is how sections are named, and a picture that lies beside the pages of a language: of a version, too.
        """
        own_pages = (page for page in self.pages if page.language == language)
        versions = filter(None, map(self._first_version, own_pages))
        folders = (page.image.lstrip("/").partition("/")[0] for page in self.pages)
        return frozenset((*(version.language for version in versions), *folders)) - {language}

    def stand_ins(self) -> Iterator[tuple[str, str]]:
        """Yield the light pages that stand in for articles in languages that they lack, by file, with their HTML."""
        if self.config.fallback == "redirect":
            yield from stand_ins(self._known, self.config.codes, self.where)

    def lends(self, path: str, language: str) -> bool:
        """Return whether a file below docs/ is shown to readers of a language as what they lack."""
        page = self._by_path.get(path)
        is_own = page is None or page.language == language or not page.is_article
        return is_own or self.config.fallback == "page"

    def dead_links(self) -> Iterator[SiteLink]:
        """Yield the links that lead nowhere in the built site, which were not told of yet."""
        places = {
            self.where.file(self.source(f"{code}/{name}.md", code)): (name, code)
            for name, code in self._anchors
        }
        anchors = {place: self._anchors[key] for place, key in places.items()}
        articles = {place for place, (name, _) in places.items() if name.startswith("posts/")}
        for link in dead_links.dead(
            self._links, anchors, articles, lambda name: (self.folder / name).exists()
        ):
            file = self.folder / link.target
            page = next((path for path in (file / "index.html", file) if path.is_file()), None)
            # What a template brought is in no content.
            if page is None or not anchors_of(files.read_post(page)).has(link.fragment):
                yield link

    def _first(self, page: PageSource) -> Anchors | None:
        """Return the anchors of the version that a page's sections are also named after; None where there is none."""
        version = self._first_version(page)
        if version is None:
            return None
        key = (version.name, version.language)
        if key not in self._anchors:
            # Where only some pages are built, or its language comes later, this one is not.
            html = renderer(dialect_of(self.config)).html(body_of(version.text))
            self._anchors[key] = anchors_of(html)
        return self._anchors[key]

    def _first_version(self, page: PageSource) -> PageSource | None:
        """Return the version that a page's sections are also named after; None for that version itself."""
        codes = (self.config.default_language, *self.config.codes)
        return addresses.first_version(page, self._known.get(page.name, {}), codes)

    def surround(self, path: str, language: str, content: Content) -> Picture | None:
        """Have the site hold what the frame of a page with a content needs; return the page's picture."""
        page = self.source(path, language)
        self.has_diagrams |= content.diagrams
        if path not in self._by_path:
            return None
        if content.formulas:
            self.use({fonts.MATH.file: content.formulas})
        self.sheets.add((spoken_on(page), bool(content.formulas)))
        return picture_of(
            self._known.get(page.name, {}).get(page.original, page),
            self.config,
            self.cache,
            site_url=self.where.site_url,
            folder=self.folder,
            is_there=self.is_there,
        )

    def frame(self, path: str, language: str, content: Content) -> Frame:
        """Return what the templates are told of a page with a content."""
        page, words = self.source(path, language), labels(language)
        theme, policy = self._theme, PLACE if self._policy else ""
        picture = self.surround(path, language, content)
        if path not in self._by_path:
            index, diagrams = self.where.folder(language), content.diagrams
            return Frame(language=language, theme=theme, policy=policy, index=index, diagrams=diagrams)
        versions = self._known.get(page.name, {})
        frame = frame_of_page(
            page,
            self._known,
            self.where,
            head=head.head(page, versions, self.where, site=self.config.name, picture=picture),
            formulas=bool(content.formulas),
            theme=theme,
            policy=policy,
        )
        is_only = page.is_article and self.config.fallback != "page"
        source = self._by_path[path]
        file = source.source if source.is_ours else self.remarks.from_root(path)
        return replace(
            frame,
            diagrams=content.diagrams,
            mending=self._repository.mending(file, edit=words.edit, report=words.report),
            offered=tuple(versions) if is_only else (),
        )

    def frame_of_missing(self, language: str) -> Frame:
        """Return what the templates are told of a language's page for wrong addresses."""
        theme, policy = self._theme, PLACE if self._policy else ""
        frame = frame_of_missing(language, self.config.codes, self.where, theme=theme, policy=policy)
        self.sheets.add((frame.words, False))
        return frame

    def rendered(self, html: str, frame: Frame) -> tuple[str, dict[str, frozenset[int]]]:
        """Return a page as its templates wrote it with its policy, and its characters by the file of their typeface."""
        letters = {
            face.file: frozenset() if face.whole else fonts.characters(face, html)
            for face in fonts.needed(frame.words, formulas=False)
        }
        self.use(letters)
        return sealed(html, self._policy, trusted=frame.trusted), letters

    def use(self, letters: Mapping[str, frozenset[int]]) -> None:
        """Note that characters are set in typefaces, by the typeface's file."""
        for file, signs in letters.items():
            self.letters.setdefault(fonts.BY_FILE[file], set()).update(signs)
