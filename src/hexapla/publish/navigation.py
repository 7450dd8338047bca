"""Navigation: the order in which a reader goes through a language's articles."""

import itertools
from collections.abc import Mapping
from pathlib import PurePosixPath

from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page


def newest_first(nav: Navigation, index: Page, order: Mapping[str, int]) -> None:
    """Put a language's articles into an order, after the page that lists them; other pages come last."""

    def place(page: Page) -> int:
        return -1 if page is index else order.get(PurePosixPath(page.file.src_uri).stem, len(order))

    assert index.parent is not None
    own = [child for child in index.parent.children if isinstance(child, Page)]
    where = [nav.pages.index(page) for page in own]
    index.parent.children = sorted(own, key=place) + [one for one in index.parent.children if one not in own]
    for at, page in zip(where, sorted(own, key=place), strict=True):
        nav.pages[at] = page
    for before, after in itertools.pairwise((None, *nav.pages, None)):
        if before:
            before.next_page = after
        if after:
            after.previous_page = before
