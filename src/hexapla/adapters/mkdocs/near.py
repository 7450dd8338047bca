"""Near: the articles before and after the one that is shown, where a navigation would name too many on each page."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.navigation import INDEX, is_series
from hexapla.render.labels import labels
from hexapla.render.lists import SERIES_SHOWN

ALL = 40
"""So many articles are named on each page. Of more, which would make most of a page's weight, those nearby are."""

NEAR = 10
"""How many articles are named before and after the one shown."""


def show_near(nav: Navigation, page: Page, config: MkDocsConfig) -> None:
    """Have the navigation name the articles near a page; one that mkdocs.yml lists names what that says."""
    if config.nav is None:
        name_nearest(nav, page, labels(page.file.src_uri.split("/")[0]).all_articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """The articles of a navigation, as it names them while they are few."""

    index: Page
    section: Section
    series: Mapping[Section, Sequence[Page]]
    """The parts of each series, its own page first."""
    others: Sequence[StructureItem]
    """What stands beside the articles, the series too."""
    articles: Sequence[Page]
    places: Mapping[int, int]
    """Where each of these, and of the parts of each series, stands among its own, by identity."""


@functools.lru_cache(maxsize=1)
def _listed(nav: Navigation) -> _Listed | None:
    """Return the articles of a language's navigation, once for all of its pages; None where it has no list of them."""
    index = next((page for page in nav.pages if page.file.src_uri.endswith(INDEX)), None)
    section = index.parent if index else None
    if index is None or section is None:
        return None
    within: defaultdict[StructureItem | None, list[Page]] = defaultdict(list)
    for page in nav.pages:
        within[page.parent].append(page)
    others = [child for child in section.children if not isinstance(child, Page | Link)]
    articles = [page for page in within[section] if page is not index]
    series = {
        part: within[part]
        for part in others
        if isinstance(part, Section) and is_series(part) and part in within
    }
    rows = (articles, *(pages[1:] for pages in series.values()))
    return _Listed(
        index=index,
        section=section,
        series=series,
        others=others,
        articles=articles,
        places={id(page): place for row in rows for place, page in enumerate(row)},
    )


def changing(nav: Navigation, config: MkDocsConfig) -> tuple[StructureItem, ...]:
    """Return the items of a navigation that name other articles on each page, or hold one that does."""
    listed = _listed(nav)
    if config.nav is not None or listed is None:
        return ()
    sections = (part for part in listed.others if isinstance(part, Section))
    return (listed.section, *sections, *listed.section.ancestors)


def name_nearest(nav: Navigation, page: Page, more: str) -> None:
    """Have the navigation name the articles near a page that is about to be rendered, and not all of very many.

    `more` is what the link to all of them says.
    """
    listed = _listed(nav)
    if listed is None or len(listed.articles) + sum(map(len, listed.series.values())) <= ALL:
        return
    place = listed.places.get(id(page), 0)
    for part, (first, *pages) in listed.series.items():
        part.children[:] = [first, *_near(pages, place if page.parent is part else 0)]
    link = Link(more, listed.index.url)
    link.parent = listed.section
    near = _near(listed.articles, place if page.parent is listed.section else 0)
    shown = {*[*listed.series][:SERIES_SHOWN], page.parent}
    others = [part for part in listed.others if part not in listed.series or part in shown]
    listed.section.children = [listed.index, *others, *near, link]


def _near(articles: Sequence[Page], place: int) -> Sequence[Page]:
    """Return the articles before and after the one in a place."""
    start = max(0, min(place - NEAR, len(articles) - 2 * NEAR - 1))
    return articles[start : start + 2 * NEAR + 1]
