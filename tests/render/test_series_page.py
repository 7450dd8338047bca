"""The page of a series, and what its parts say of it."""

from examples import with_series
from hexapla.render import series_page


def test_a_page_has_the_parts_in_their_order():
    catalog = with_series("b", "c", "a")
    page = series_page.series_page(catalog.series[0], catalog, "de")
    assert page.path == "de/posts/series/way-en/index.md"
    assert "title: Way de\n" in page.text and "\nTeile: 3\n" in page.text
    assert "1.  [b &#x2a;de&#x2a;](../../b.md)\n\n    About b." in page.text
    assert page.text.index("(../../c.md)") < page.text.index("3.  [a ")


def test_a_part_says_which_it_is_and_what_comes_before_and_after():
    catalog = with_series("b", "c", "a")
    said = {
        slug: (
            series_page.place_in_series(article, "en", catalog).split("\n")[0],
            series_page.next_in_series(article, "en", catalog).split("\n")[0],
        )
        for slug, article in catalog.articles.items()
    }
    way = "[Way en](series/way-en/index.md)"
    link = "[{0} &#x2a;en&#x2a;]({0}.md)"
    assert said == {
        "b": (f"{way} · Part 1 of 3", f"Next part: {link.format('c')}"),
        "c": (f"{way} · Part 2 of 3 · Read first: {link.format('b')}", f"Next part: {link.format('a')}"),
        "a": (f"{way} · Part 3 of 3 · Read first: {link.format('c')}", ""),
    }


def test_an_article_of_no_series_says_nothing():
    catalog = with_series()
    article = with_series("b").articles["b"]
    assert series_page.place_in_series(article, "en", catalog) == ""
    assert series_page.next_in_series(article, "en", catalog) == ""
