"""Navigation: the order in which a reader goes through a language's articles, and those that are near the one shown."""

import itertools
from collections.abc import Mapping
from pathlib import PurePosixPath

from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

ALL = 40
"""So many articles are named on each page. Of more, which would make most of a page's weight, those nearby are."""

NEAR = 10
"""How many articles are named before and after the one shown."""

_INDEX = "/posts/index.md"


def newest_first(nav: Navigation, index: Page, order: Mapping[str, int]) -> None:
    """Put a language's articles into an order, after the page that lists them.

    A page that is no article, such as the account of all blocks, leaves them: it is a page of the site's own, and
    no reader is led on to it from the last article.
    """

    def place(page: Page) -> int:
        return -1 if page is index else order.get(PurePosixPath(page.file.src_uri).stem, len(order))

    section = index.parent
    assert section is not None
    own = [child for child in section.children if isinstance(child, Page)]
    articles = sorted((page for page in own if place(page) < len(order)), key=place)
    others = [page for page in own if place(page) >= len(order)]
    first = next(at for at, page in enumerate(nav.pages) if page.parent is section)
    before, after = (
        [page for page in part if page not in own] for part in (nav.pages[:first], nav.pages[first:])
    )
    section.children = articles + [one for one in section.children if one not in own]
    nav.pages[:] = [*before, *articles, *after, *others]
    for page in others:
        page.parent = section.parent
    (section.parent.children if section.parent else nav.items).extend(others)
    for page in others:
        page.previous_page = page.next_page = None
    for one, following in itertools.pairwise((None, *before, *articles, *after, None)):
        if one:
            one.next_page = following
        if following:
            following.previous_page = one


def name_nearest(nav: Navigation, page: Page, more: str) -> None:
    """Have the navigation name the articles near a page that is about to be rendered, and not all of very many.

    `more` is what the link to all of them says.
    """
    index = next((one for one in nav.pages if one.file.src_uri.endswith(_INDEX)), None)
    section = index.parent if index else None
    if index is None or section is None:
        return
    own = [one for one in nav.pages if one.parent is section and one is not index]
    if len(own) <= ALL:
        return
    at = own.index(page) if page in own else 0
    start = max(0, min(at - NEAR, len(own) - 2 * NEAR - 1))
    others = [one for one in section.children if not isinstance(one, Page | Link)]
    link = Link(more, index.url)
    link.parent = section
    section.children = [index, *own[start : start + 2 * NEAR + 1], *others, link]
