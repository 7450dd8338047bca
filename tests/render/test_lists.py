"""The lists of a language's articles."""

import re
from datetime import date

import pytest

from examples import described, with_series
from hexapla.render import lists
from hexapla.render.catalog import catalog_of


def test_articles_stand_newest_first_and_by_topic():
    catalog = catalog_of(
        [
            described("old", date(2025, 1, 2), en=["x"], de=["Iks"]),
            described("undated", None, en=[]),
            described("new", date(2026, 1, 2), en=["x", "y"]),
        ]
    )
    page = lists.list_page(catalog, "de")
    assert page.path == "de/posts/index.md"
    dated, _, by_topic = page.text.partition("## Themen { #topics }")
    assert re.findall(r"^-   \[(\w+)", dated, re.MULTILINE) == ["new", "old", "undated"]
    assert "2. Januar 2026" in dated and "About old\\." not in dated and "About old." in dated
    assert re.findall(r"### (\w+) \{ #topic-(\w+) \}", by_topic) == [("Iks", "x"), ("y", "y")]
    # The one that is not translated says in which language it is.
    assert r"[new &#x2a;en&#x2a;](new.md){ lang=en dir=ltr } " in dated and ">Englisch</span>" in by_topic
    assert r"[old &#x2a;de&#x2a;](old.md)" + "\n" in dated


def test_a_home_page_shows_the_latest_and_leads_to_all():
    catalog = catalog_of(
        [described(f"a{number:02}", date(2000 + number, 1, 1), en=["x"]) for number in range(25)]
    )
    text = lists.list_page(catalog, "en").text
    home = lists.home_excerpt(text, "en")
    assert "## " not in home and "## Newest first" in text
    assert home.count("-   [") == lists.LATEST and "[a24 " in home and "[a04 " not in home
    assert "(posts/a24.md)" in home and "[All articles](posts/index.md)" in home
    assert "(posts/index.md#topic-x)" in home
    assert re.findall(r"^## (\d+) \{ #year-\d+ \}", text, re.MULTILINE) == [
        "2004",
        "2003",
        "2002",
        "2001",
        "2000",
    ]


def test_of_many_topics_those_of_the_most_articles_stand_above_the_list():
    names = [f"t{number:03}" for number in range(lists.TOPICS + 2)]
    catalog = catalog_of(
        [described("a", date(2026, 1, 1), en=names), described("b", date(2025, 1, 1), en=names[2:])]
    )
    text = lists.list_page(catalog, "en").text
    head = lists.home_excerpt(text, "en")
    # Below the articles, folded.
    shown = re.findall(r"\[(t\d+)\]", head.partition('??? hexapla-fold "Topics"')[2])
    assert shown == names[2:]
    assert "[Topics …](posts/index.md#topics){ .hexapla-topic }" in head
    assert len(re.findall(r"^### t\d+", text, re.MULTILINE)) == len(names)


def test_a_search_passes_over_lists():
    home = lists.home_excerpt(
        lists.list_page(catalog_of([described("a", date(2026, 1, 1), en=["x"])]), "en").text, "en"
    )
    assert '<div class="hexapla-articles" data-search-exclude="" markdown="1">' in home
    assert "{: .hexapla-topics data-search-exclude }" in home


def test_no_articles_no_topics():
    text = lists.list_page(catalog_of([]), "en").text
    assert "hexapla-topic" not in text and "## Topics" not in text


def test_the_order_of_a_list_can_be_read_from_its_page():
    catalog = catalog_of(
        [described("old", date(2025, 1, 2), en=["x"]), described("new", date(2026, 1, 2), en=["x"])]
    )
    assert lists.order_in(lists.list_page(catalog, "en").text) == {"new": 0, "old": 1}


def test_as_many_topics_as_a_list_shows_need_no_link_to_more():
    names = [f"t{number:03}" for number in range(lists.TOPICS)]
    text = lists.list_page(catalog_of([described("a", date(2026, 1, 1), en=names)]), "en").text
    assert "#topics)" not in text and text.count("### t") == lists.TOPICS


MARKED = {
    "a line of its own": ("# A\n\n<!-- hexapla:articles -->\n", ["# A\n\n{articles}\n"]),
    "with blanks behind it, twice": ("<!-- hexapla:articles -->  \n\n<!-- hexapla:articles -->", ["{articles}\n\n{articles}"]),
    "a page that tells of it": ("Write `<!-- hexapla:articles -->` there.\n", ["Write `<!-- hexapla:articles -->` there.\n"]),
    "none": ("# A\n", ["# A\n"]),
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "expected"), MARKED.values(), ids=MARKED)
def test_the_list_stands_where_a_line_asks_for_it(markdown, expected):
    listing = lists.list_page(catalog_of([described("a", None, en=[])]), "en").text
    home = lists.home_excerpt(listing, "en")
    assert lists.takes_in(markdown) == ("<!-- hexapla" in markdown)
    assert lists.with_excerpts(markdown, listing, "en") == expected[0].replace("{articles}", home)


def test_a_list_has_the_series_and_what_reads_it_finds_their_parts():
    text = lists.list_page(with_series("b", "c", "a"), "de").text
    assert lists.series_in(text) == {"series/way-en/index.md": ("b", "c", "a")}
    assert lists.order_in(text) == {"a": 0, "c": 1, "b": 2}
    assert "## Reihen { #series }" in text and "**[Way de](series/way-en/index.md)** · Teile: 3" in text


def test_a_home_page_leads_to_the_first_part():
    listing = lists.list_page(with_series("b", "c", "a"), "en").text
    short, long = lists.home_excerpt(listing, "en"), lists.series_excerpt(listing, "en")
    for excerpt in (short, long):
        assert "**[Way en](posts/series/way-en/index.md)** · Parts: 3" in excerpt
        assert r"Begin with: [b &#x2a;en&#x2a;](posts/b.md)" in excerpt
        assert excerpt.count("[All articles]") == excerpt.count('??? hexapla-fold "Topics"') == 1
    # The one has the newest below, the other all parts in their order.
    assert "1.  [" not in short and re.findall(r"^-   \[(\w)", short, re.MULTILINE) == ["a", "c", "b"]
    assert re.findall(r"^(\d\.)  \[(\w)", long, re.MULTILINE) == [("1.", "b"), ("2.", "c"), ("3.", "a")]


def test_a_home_page_with_both_lines_names_the_series_and_the_topics_once():
    listing = lists.list_page(with_series("b", "a"), "en").text
    text = lists.with_excerpts("<!-- hexapla:series -->\n\n<!-- hexapla:articles -->\n", listing, "en")
    assert text.count("**[Way en]") == text.count("[All articles]") == text.count('"Topics"') == 1


PAGES = {
    slug: f'```python\n"{slug}"\n```\n\n```{{.text .output .value title="Value"}}\n{slug}\n```\n'
    for slug in "ac"
}


@pytest.mark.parametrize(
    ("asked", "first", "begins"),
    [
        ((lists.OPENING_MARKER, lists.MARKER), "c", r"Begin with: [c &#x2a;en&#x2a;](posts/c.md)"),
        # Nothing of the list stands below, so nothing leads on: the author's own words do.
        ((lists.OPENING_MARKER,), "c", ""),
        ((lists.MARKER,), "", ""),
    ],
)
def test_a_home_page_quotes_the_newest_article_that_begins_with_something(asked, first, begins):
    days = {"a": 1, "b": 2, "c": 3}
    catalog = catalog_of([described(slug, date(2026, 1, day), en=[]) for slug, day in days.items()])
    listing = lists.list_page(catalog, "en").text
    home = lists.with_excerpts("\n\nWords.\n\n".join(asked), listing, "en", lambda slug: PAGES.get(slug, ""))
    assert re.findall(r'^"(\w)"$', home, re.MULTILINE) == [*first]
    assert re.findall(r"^Begin with.*$", home, re.MULTILINE) == [*filter(None, [begins])]


def test_a_home_page_quotes_the_first_part_of_a_series_which_says_where_to_begin():
    listing = lists.list_page(with_series("b", "a", "c"), "en").text
    home = "\n\n".join((lists.OPENING_MARKER, lists.MARKER))
    # The first part shows nothing, the second does.
    made = lists.with_excerpts(home, listing, "en", lambda slug: PAGES.get(slug, ""))
    assert lists.opening_in(home, listing, lambda slug: PAGES.get(slug, "")).tried == ("b", "a")
    assert re.findall(r'^"(\w)"$', made, re.MULTILINE) == ["a"] and made.count("Begin with: ") == 1


def test_where_no_article_shows_something_a_home_page_says_nothing_of_it():
    listing = lists.list_page(catalog_of([described("b", None, en=[])]), "en").text
    assert lists.with_excerpts(f"A\n\n{lists.OPENING_MARKER}\n\nB", listing, "en") == "A\n\n\n\nB"
    text = lists.with_excerpts(f"{lists.OPENING_MARKER}\n\n{lists.MARKER}", listing, "en")
    assert "Begin with" not in text
