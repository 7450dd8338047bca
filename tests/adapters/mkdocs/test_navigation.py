"""What a reader finds beside an article, and where the next one is."""

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.navigation import (
    arrange_articles,
    arrange_navigation,
    begun,
    put_in_order,
)
from navigations import made, stems


def test_articles_come_in_the_order_of_their_list_and_what_is_none_leaves_the_navigation():
    nav, index = made(["c", "a", "b", "coverage"])
    keepers = [page for page in nav.pages if stems([page])[0] in ("coverage", "translations")]
    arrange_articles(nav, index, {"b": 0, "c": 1, "a": 2}, {})
    assert stems(index.parent.children) == ["index", "b", "c", "a"]
    assert stems(nav.pages) == ["index", "index", "b", "c", "a"]
    assert stems([nav.pages[-1].previous_page]) == ["c"] and nav.pages[-1].next_page is None
    assert len(keepers) == 2 and not any(page.previous_page or page.next_page for page in keepers)


SERIES = {"series/x/index.md": ("c", "a", "gone"), "series/gone/index.md": ("b",)}


def in_series(slugs: list[str]) -> tuple[Navigation, Page]:
    return made([*slugs, "series/x/index"])


def test_the_parts_of_a_series_stand_below_it_and_lead_on():
    nav, index = in_series(["a", "b", "c"])
    arrange_articles(nav, index, {"a": 0, "b": 1, "c": 2}, SERIES)
    first, part, *others = index.parent.children
    assert first is index and isinstance(part, Section) and part.parent is index.parent
    # What a list names and nobody has is no page.
    assert stems(part.children) == ["index", "c", "a"] and stems(others) == ["b"]
    assert all(page.parent is part for page in part.children)
    assert stems(nav.pages) == ["index", "index", "index", "c", "a", "b"]
    assert stems([part.children[1].next_page, part.children[2].previous_page]) == ["a", "c"]


def test_a_folder_of_the_authors_own_beside_articles_stays():
    nav, index = made(["a", "notes/one"])
    arrange_articles(nav, index, {"a": 0}, {})
    assert stems(index.parent.children[:2]) == ["index", "a"] and stems(nav.pages)[-1] == "one"


OWN = [
    "index",
    "about",
    "manual/index",
    "manual/faq",
    "manual/how-to",
    "manual/start",
    "news/index",
    "news/old",
]


def own_pages(orders: dict[str, float]) -> list[str]:
    """Return in which order pages of a site's own are read, as their numbers say."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "A site"})
    nav = get_navigation(Files([File(f"{name}.md", "docs", "site", True) for name in OWN]), config)
    put_in_order(nav, {f"{name}.md": order for name, order in orders.items()})
    onwards, page = [], nav.pages[0]
    while page:
        onwards.append(page.file.src_uri[:-3])
        assert page.next_page is None or page.next_page.previous_page is page
        page = page.next_page
    assert onwards == [page.file.src_uri[:-3] for page in nav.pages]
    return onwards


@pytest.mark.parametrize(
    ("orders", "pages"),
    [
        ({}, OWN),
        # What has no number follows, as it stood.
        ({"manual/start": 1}, [*OWN[:3], "manual/start", "manual/faq", "manual/how-to", *OWN[6:]]),
        (
            {"manual/start": 1, "manual/faq": 2.5, "manual/how-to": 2},
            [*OWN[:3], "manual/start", "manual/how-to", "manual/faq", *OWN[6:]],
        ),
        # A folder is where its index says, which stays the first page in it.
        ({"news/index": 1, "about": 2}, ["index", "news/index", "news/old", "about", *OWN[2:6]]),
        ({"index": 9, "manual/index": 9, "manual/faq": 1}, ["index", *OWN[2:6], "about", *OWN[6:]]),
    ],
)
def test_pages_of_the_sites_own_are_read_in_the_order_that_they_say(orders, pages):
    assert own_pages(orders) == pages


def test_what_is_no_number_orders_nothing(tmp_path):
    for name, order in {"a": "x", "b": "true", "c": "[1]", "d": "1"}.items():
        (tmp_path / f"{name}.md").write_text(f"---\norder: {order}\n---\n")
    config = MkDocsConfig()
    config.load_dict({"site_name": "A site"})
    config.plugins = PluginCollection()
    nav = get_navigation(Files([File(f"{name}.md", str(tmp_path), "site", True) for name in "abcd"]), config)
    assert stems(arrange_navigation(nav, config).pages) == ["d", "a", "b", "c"]


def test_a_folder_that_another_language_lends_in_part_stands_once(tmp_path):
    names = [
        "en/index.md",
        "en/guide/index.md",
        "en/guide/b.md",
        "en/guide/more/x.md",
        "en/news/n.md",
        "es/guide/a.md",
        "es/guide/more/y.md",
        "es/guide/c.md",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    config = MkDocsConfig()
    config.load_dict({"site_name": "A site"})
    config.plugins = PluginCollection()
    nav = get_navigation(Files([File(name, str(tmp_path), "site", True) for name in names]), config)
    # The i18n plugin takes the folders of the languages away.
    nav.items[:] = [item for folder in nav.items for item in folder.children]
    arrange_navigation(nav, config)
    home, guide, news = nav.items
    assert stems([home]) == ["index"] and stems(news.children) == ["n"]
    *pages, more = guide.children
    assert stems(pages) == ["index", "a", "b", "c"] and stems(more.children) == ["x", "y"]
    assert {page.parent for page in pages} == {guide} == {more.parent}
    assert stems(nav.pages) == ["index", "index", "a", "b", "c", "x", "y", "n"]


@pytest.mark.parametrize(
    ("title", "language", "shown"),
    [
        ("PyTorch من البداية", "ar", "\u200fPyTorch من البداية"),
        ("torch: שלום", "he", "\u200ftorch: שלום"),
        ("What a tensor is?", "ar", "What a tensor is?"),
        ("ما هو torch.nn", "ar", "ما هو torch.nn"),
        ("PyTorch من البداية", "de", "PyTorch من البداية"),
        ("从头学 PyTorch", "zh", "从头学 PyTorch"),
    ],
)
def test_a_title_is_read_in_the_direction_of_its_language(title, language, shown):
    assert begun(title, language) == shown
