"""Navigation: the order in which a reader goes through a language's pages."""

import itertools
import logging
import math
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import meta

from hexapla.render import article_page, lists, status_page
from hexapla.render.labels import direction

log = logging.getLogger("mkdocs.plugins.hexapla")
INDEX = "/posts/index.md"
"""How the path of the page that lists a language's articles ends."""
_SERIES = "/posts/series/"
LIST = "index"
"""The name of the page in `posts/` that lists all articles."""


def arrange_navigation(nav: Navigation, config: MkDocsConfig) -> Navigation:
    """Return a language's navigation: own pages as their `order:` says, the articles under their list's title.

    A navigation that mkdocs.yml lists keeps its order.
    """
    if config.nav is None:
        _arrange_own(nav, config)
    for page in tuple(nav.pages):
        if page.file.src_uri.endswith(INDEX) and page.parent:
            page.read_source(config)
            language = page.file.src_uri.split("/")[0]
            page.parent.title = begun(str(page.meta.get("title", page.parent.title)), language)
            if config.nav is None:
                listing = lists.complete(page.markdown or "", _beside_list(nav, page, config))
                arrange_articles(nav, page, lists.order_in(listing), lists.series_in(listing))
                for part in page.parent.children:
                    if (
                        isinstance(part, Section)
                        and isinstance(first := part.children[0], Page)
                        and is_series(part)
                    ):
                        first.read_source(config)
                        part.title = begun(str(first.meta.get("title", part.title)), language)
    return nav


def _beside_list(nav: Navigation, index: Page, config: MkDocsConfig) -> dict[str, str]:
    """Return the texts of the pages that the list of articles leads to, by their places beside it."""
    folder = PurePosixPath(index.file.src_uri).parent
    pages = {page.file.src_uri.removeprefix(f"{folder}/"): page for page in nav.pages}
    dated = {place: page for place, page in pages.items() if lists.is_dated(place)}
    for page in dated.values():
        page.read_source(config)
    return {place: page.markdown or "" for place, page in dated.items()}


def taken_from(page: Page) -> tuple[object, ...]:
    """Return what `arrange_navigation` takes from a page, as its file is now: its front matter, and a list's order."""
    markdown, values = meta.get_data(page.file.content_string)
    return values, lists.order_in(markdown), lists.series_in(markdown)


def begun(title: str, language: str) -> str:
    """Return a title that is read from right to left where its language is, though it begins with a Latin word.

    A navigation shows titles in several languages, each in the direction of its first letter: U+200F counts as one
    (Unicode Standard Annex 9, 2.6).
    """
    strong = [side for side in map(unicodedata.bidirectional, title) if side in ("L", "R", "AL")]
    turns = direction(language) == "rtl" and strong[:1] == ["L"] and strong.count("L") < len(strong)
    return f"\u200f{title}" if turns else title


def _arrange_own(nav: Navigation, config: MkDocsConfig) -> None:
    """Put the pages of the site's own, and the folders of those that have an index, where their `order:` says."""
    nav.items[:] = _joined(nav.items)
    orders: dict[str, float] = {}
    for page in nav.pages:
        if "/posts/" not in page.file.src_uri:
            page.read_source(config)
            order = page.meta.get("order")
            if isinstance(order, int | float) and not isinstance(order, bool):
                orders[page.file.src_uri] = order
        elif page.file.src_uri.endswith(INDEX):
            # What a site is read for comes first, unless a number below 0 comes before it.
            orders[page.file.src_uri] = 0
    put_in_order(nav, orders)


def _joined(items: Sequence[StructureItem]) -> list[StructureItem]:
    """Return a level of a navigation with one section a title.

    Of a folder that a language has in part, the i18n plugin makes two: its own pages, and those that the default
    language lends. Together they stand as mkdocs has the files of one folder: its index, the others by name, folders.
    """
    sections: dict[str, Section] = {}
    left: list[StructureItem] = []
    joined = set()
    for item in items:
        if isinstance(item, Section) and (first := sections.setdefault(item.title, item)) is not item:
            joined.add(item.title)
            first.children += item.children
            for child in item.children:
                child.parent = first
        else:
            left.append(item)
    for title, section in sections.items():
        section.children[:] = _joined(section.children)
        if title in joined:
            section.children.sort(key=_place_in_folder)
    return left


def _place_in_folder(item: StructureItem) -> tuple[bool, bool, str]:
    if isinstance(item, Page):
        return False, not item.is_index, PurePosixPath(item.file.src_uri).name
    return True, True, item.title or ""


def put_in_order(nav: Navigation, orders: Mapping[str, float]) -> None:
    """Put pages into an order, by their files, each among those beside it: what has none follows, as it stood.

    A folder's index comes first in it, and its number says where the folder is.
    """
    nav.items[:] = _ordered(nav.items, orders)
    _link(nav)


def _ordered(items: Sequence[StructureItem], orders: Mapping[str, float]) -> list[StructureItem]:
    def place(item: StructureItem) -> tuple[bool, float]:
        page = item.children[0] if isinstance(item, Section) and item.children else item
        if not isinstance(page, Page) or (page is not item and not page.is_index):
            return True, math.inf
        return page is not item or not page.is_index, orders.get(page.file.src_uri, math.inf)

    for item in items:
        if isinstance(item, Section):
            item.children[:] = _ordered(item.children, orders)
    return sorted(items, key=place)


def _pages_in(items: Iterable[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages_in(item.children)


def lead_on(markdown: str, page: Page, config: MkDocsConfig) -> str:
    """Return a page's Markdown with the newest articles in the place for them, and mend its head.

    Where another language lends the page, a banner says which.
    """
    if lists.takes_in(markdown) and (listing := _beside(page, config)(LIST)):
        language = Path(page.file.src_uri).parent.name
        markdown = lists.with_excerpts(markdown, listing, language, _beside(page, config))
    # What the i18n plugin takes from the default language; articles have fallback pages of their own.
    source, shown = page.file.locale, page.file.locale_alternate_of  # type: ignore[attr-defined]
    title = str(page.meta.get("title", page.file.name))
    mend_head(page, config)
    return article_page.fallback_page(markdown, title, source, shown) if source != shown else markdown


def mend_head(page: Page, config: MkDocsConfig) -> None:
    """Leave out an icon that the theme lacks, which would end the build, and turn the title where that is due."""
    icon = page.meta.get("icon")
    if icon and not any(Path(folder, ".icons", f"{icon}.svg").is_file() for folder in config.theme.dirs):
        log.warning("%s: the theme has no icon `%s`.", page.file.src_uri, page.meta.pop("icon"))
    if "title" in page.meta:
        shown: str = page.file.locale_alternate_of  # type: ignore[attr-defined]
        page.meta["title"] = begun(str(page.meta["title"]), shown)


def shows(page: Page, name: str, config: MkDocsConfig) -> bool:
    """Return whether a page shows something of one in `posts/` beside it, by that one's name."""
    markdown, beside = page.file.content_string, _beside(page, config)
    if not lists.takes_in(markdown) or not (listing := beside(LIST)):
        return False
    return name == LIST or name in lists.opening_in(markdown, listing, beside).tried


def _beside(page: Page, config: MkDocsConfig) -> Callable[[str], str]:
    """Return what reads the pages in `posts/` beside a page, by name; empty where there is none."""
    folder = Path(config.docs_dir, page.file.src_uri).parent / "posts"

    def text(name: str) -> str:
        path = folder / f"{name}.md"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    return text


def arrange_articles(
    nav: Navigation, index: Page, order: Mapping[str, int], series: Mapping[str, Sequence[str]]
) -> None:
    """Put a language's articles after the page that lists them: each series, then the others in their order.

    `series` has the slugs of its parts by the file of its page, beside the list. A page that is no article, such as
    the account of all blocks, is for those who keep the site: it leaves the navigation, and is named at pages' feet.
    What the list of very many leads to leaves it, too.
    """
    section = index.parent
    assert section is not None
    folder = PurePosixPath(index.file.src_uri).parent
    # Before anything moves: what is in the list's folder, by its place there.
    below = {
        PurePosixPath(page.file.src_uri).relative_to(folder).as_posix(): page for page in _pages_in([section])
    }
    parts = {
        file: [below[file], *(below[f"{slug}.md"] for slug in slugs if f"{slug}.md" in below)]
        for file, slugs in series.items()
        if file in below
    }
    in_series = {page.file.src_uri for pages in parts.values() for page in pages}
    loose = [below[f"{slug}.md"] for slug in sorted(order, key=order.__getitem__) if f"{slug}.md" in below]
    ours = {page.file.src_uri for name, page in below.items() if "/" not in name} | in_series
    for name, page in below.items():
        if lists.is_led_to(name):
            ours.add(page.file.src_uri)
            page.parent = section
    others = _without(section.children, ours)
    section.children[:] = [
        index,
        *(_section(str(pages[0].title), pages, section) for pages in parts.values()),
        *(page for page in loose if page.file.src_uri not in in_series),
        *others,
    ]
    states = (f"{folder.parent}/{status_page.NAME}", f"{folder.parent}/{status_page.FOLDER}/")
    nav.items[:] = _without(
        nav.items, {uri for page in nav.pages if (uri := page.file.src_uri).startswith(states)}
    )
    _link(nav)


def _section(title: str, children: Sequence[Page], parent: Section) -> Section:
    section = Section(title, list(children))
    section.parent = parent
    for child in children:
        child.parent = section
    return section


def _without(items: Iterable[StructureItem], gone: Container[str]) -> list[StructureItem]:
    """Return what is left of a navigation without some pages, by their files, and without what is empty then."""
    left = []
    for item in items:
        if isinstance(item, Section):
            item.children[:] = _without(item.children, gone)
        if not (isinstance(item, Page) and item.file.src_uri in gone) and not (
            isinstance(item, Section) and not item.children
        ):
            left.append(item)
    return left


def _link(nav: Navigation) -> None:
    """Have each page lead to the one before and after it as they stand; what is not there is on nobody's way."""
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for item in nav.items:
        # The i18n plugin takes a language's folder away, and what was in it still names it.
        item.parent = None
    nav.pages[:] = list(_pages_in(nav.items))
    for page_before, page_after in itertools.pairwise(nav.pages):
        page_before.next_page, page_after.previous_page = page_after, page_before


def is_series(section: Section) -> bool:
    """Return whether a section is a series of articles."""
    first = section.children[0]
    return isinstance(first, Page) and _SERIES in first.file.src_uri
