"""What a reader finds beside an article, and where the next one is."""

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, get_navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.navigation import ALL, NEAR, name_nearest, newest_first


def made(slugs: list[str]) -> tuple[Navigation, Page]:
    """Return the navigation of a language with these articles, and the page that lists them."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "A site"})
    names = ["index.md", *(f"de/posts/{name}.md" for name in sorted((*slugs, "index"))), "de/translations.md"]
    nav = get_navigation(Files([File(name, "docs", "site", True) for name in names]), config)
    return nav, next(page for page in nav.pages if page.file.src_uri == "de/posts/index.md")


def stems(pages) -> list[str]:
    return [page.file.src_uri.rpartition("/")[2].removesuffix(".md") for page in pages]


def numbered(count: int) -> list[str]:
    return [f"a{number:03}" for number in range(count)]


def test_articles_come_in_the_order_of_their_list_and_what_is_none_is_beside_them():
    nav, index = made(["c", "a", "b", "coverage"])
    newest_first(nav, index, {"b": 0, "c": 1, "a": 2})
    assert stems(index.parent.children) == ["index", "b", "c", "a"]
    assert stems(nav.pages) == ["index", "translations", "index", "b", "c", "a", "coverage"]
    *_, last, account = nav.pages
    language = index.parent.parent
    assert account.parent is language and language.children[-1] is account and not account.previous_page
    assert last.next_page is None and stems([last, last.previous_page]) == ["a", "c"]


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
