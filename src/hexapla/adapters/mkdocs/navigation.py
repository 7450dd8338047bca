"""Navigation: the order in which a reader goes through a language's articles, and those that are near the one shown."""

import itertools
import logging
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from hexapla.render import article_page, lists
from hexapla.render.labels import labels
from hexapla.render.lists import MARKER

ALL = 40
"""So many articles are named on each page. Of more, which would make most of a page's weight, those nearby are."""

NEAR = 10
"""How many articles are named before and after the one shown."""

log = logging.getLogger("mkdocs.plugins.hexapla")
_INDEX = "/posts/index.md"


def arrange_navigation(nav: Navigation, config: MkDocsConfig) -> Navigation:
    """Return a language's navigation: own pages as their `order:` says, the articles under their list's title.

    A navigation that mkdocs.yml lists keeps its order.
    """
    if config.nav is None:
        _arrange_own(nav, config)
    for page in tuple(nav.pages):
        if page.file.src_uri.endswith(_INDEX) and page.parent:
            page.read_source(config)
            page.parent.title = str(page.meta.get("title", page.parent.title))
            if config.nav is None:
                newest_first(nav, page, lists.order_in(page.markdown or ""))
    return nav


def _arrange_own(nav: Navigation, config: MkDocsConfig) -> None:
    """Put the pages of the site's own, and the folders of those that have an index, where their `order:` says."""
    orders: dict[str, float] = {}
    for page in nav.pages:
        if "/posts/" not in page.file.src_uri:
            page.read_source(config)
            order = page.meta.get("order")
            if isinstance(order, int | float) and not isinstance(order, bool):
                orders[page.file.src_uri] = order
    if orders:
        put_in_order(nav, orders)


def put_in_order(nav: Navigation, orders: Mapping[str, float]) -> None:
    """Put pages into an order, by their files, each among those beside it: what has none follows, as it stood.

    A folder's index comes first in it, and its number says where the folder is.
    """
    nav.items[:] = _ordered(nav.items, orders)
    nav.pages[:] = list(_pages_in(nav.items))
    for page_before, page, page_after in zip(
        [None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False
    ):
        page.previous_page, page.next_page = page_before, page_after


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
    """Return a page's Markdown with the newest articles in the place for them.

    Where another language lends the page, a banner says which. An icon that the theme lacks would end the build.
    """
    icon = page.meta.get("icon")
    if icon and not any(Path(folder, ".icons", f"{icon}.svg").is_file() for folder in config.theme.dirs):
        log.warning("%s: the theme has no icon `%s`.", page.file.src_uri, page.meta.pop("icon"))
    home = Path(page.file.src_uri).parent
    listing = Path(config.docs_dir, home, "posts", "index.md")
    if MARKER in markdown and listing.is_file():
        excerpt = lists.home_excerpt(listing.read_text(encoding="utf-8"), home.name)
        markdown = lists.with_excerpt(markdown, excerpt)
    # What the i18n plugin takes from the default language; articles have fallback pages of their own.
    source, shown = page.file.locale, page.file.locale_alternate_of  # type: ignore[attr-defined]
    title = str(page.meta.get("title", page.file.name))
    return article_page.fallback_page(markdown, title, source, shown) if source != shown else markdown


def newest_first(nav: Navigation, index: Page, order: Mapping[str, int]) -> None:
    """Put a language's articles into an order, after the page that lists them.

    A page that is no article, such as the account of all blocks, leaves them: it is a page of the site's own, and
    no reader is led on to it from the last article.
    """

    def place(page: Page) -> int:
        return -1 if page is index else order.get(PurePosixPath(page.file.src_uri).stem, len(order))

    section = index.parent
    assert section is not None
    pages = [child for child in section.children if isinstance(child, Page)]
    articles = sorted((page for page in pages if place(page) < len(order)), key=place)
    others = [page for page in pages if place(page) >= len(order)]
    first = next(at for at, page in enumerate(nav.pages) if page.parent is section)
    before, after = (
        [page for page in part if page not in pages] for part in (nav.pages[:first], nav.pages[first:])
    )
    section.children = articles + [child for child in section.children if child not in pages]
    nav.pages[:] = [*before, *articles, *after, *others]
    for page in others:
        page.parent = section.parent
    (section.parent.children if section.parent else nav.items).extend(others)
    for page in others:
        page.previous_page = page.next_page = None
    for page_before, page_after in itertools.pairwise((None, *before, *articles, *after, None)):
        if page_before:
            page_before.next_page = page_after
        if page_after:
            page_after.previous_page = page_before


def show_near(nav: Navigation, page: Page, config: MkDocsConfig) -> None:
    """Have the navigation name the articles near a page; one that mkdocs.yml lists names what that says."""
    if config.nav is None:
        name_nearest(nav, page, labels(page.file.src_uri.split("/")[0]).all_articles)


def name_nearest(nav: Navigation, page: Page, more: str) -> None:
    """Have the navigation name the articles near a page that is about to be rendered, and not all of very many.

    `more` is what the link to all of them says.
    """
    index = next((listed for listed in nav.pages if listed.file.src_uri.endswith(_INDEX)), None)
    section = index.parent if index else None
    if index is None or section is None:
        return
    articles = [article for article in nav.pages if article.parent is section and article is not index]
    if len(articles) <= ALL:
        return
    at = articles.index(page) if page in articles else 0
    start = max(0, min(at - NEAR, len(articles) - 2 * NEAR - 1))
    others = [child for child in section.children if not isinstance(child, Page | Link)]
    link = Link(more, index.url)
    link.parent = section
    section.children = [index, *articles[start : start + 2 * NEAR + 1], *others, link]
