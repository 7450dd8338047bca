"""Of many articles, a page's navigation names those near it."""

import pytest
from mkdocs.structure.nav import Link

from hexapla.adapters.mkdocs.navigation import (
    arrange_articles,
)
from hexapla.adapters.mkdocs.near import ALL, NEAR, name_nearest
from navigations import made, stems


def numbered(count: int) -> list[str]:
    return [f"a{number:03}" for number in range(count)]


@pytest.mark.parametrize("count", [1, ALL])
def test_all_of_not_so_many_articles_are_named(count):
    nav, index = made(numbered(count))
    before = list(index.parent.children)
    name_nearest(nav, index, "All")
    assert index.parent.children == before


@pytest.mark.parametrize(
    ("shown", "first", "last"),
    [
        ("a000", 0, 2 * NEAR),
        ("a030", 30 - NEAR, 30 + NEAR),
        ("a059", 59 - 2 * NEAR, 59),
        # A page that is no article leads to the newest ones.
        ("index", 0, 2 * NEAR),
    ],
)
def test_of_many_articles_the_nearest_are_named_with_a_link_to_all(shown, first, last):
    nav, index = made(numbered(60))
    page = next(one for one in nav.pages if stems([one]) == [shown] and one.parent is index.parent)
    # Another page was rendered before: each begins with all articles.
    for one in (nav.pages[-2], page):
        name_nearest(nav, one, "Alle")
    *named, link = index.parent.children
    assert stems(named) == ["index", *numbered(60)[first : last + 1]]
    assert isinstance(link, Link) and (link.title, link.url) == ("Alle", index.url)


def test_a_site_without_articles_is_left_alone():
    nav, _ = made([])
    del nav.pages[1]
    before = list(nav.items)
    name_nearest(nav, nav.pages[0], "All")
    assert nav.items == before


def test_of_a_long_series_the_parts_near_a_page_are_named():
    slugs = numbered(60)
    nav, index = made([*slugs, "series/x/index"])
    arrange_articles(
        nav, index, {slug: at for at, slug in enumerate(slugs)}, {"series/x/index.md": slugs[:50]}
    )
    page = next(page for page in nav.pages if stems([page]) == ["a025"])
    for shown in (nav.pages[-1], page):
        name_nearest(nav, shown, "All")
    part = index.parent.children[1]
    assert stems(part.children) == ["index", *slugs[25 - NEAR : 25 + NEAR + 1]]
