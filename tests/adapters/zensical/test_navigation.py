"""A language's navigation for Zensical has the order that mkdocs' has with our plugin."""

import pytest

from hexapla.adapters.zensical.navigation import ALL, Listed, in_words, navigation


def listed(*paths: str, titles=None, orders=None, listing="", words=None) -> Listed:
    named = dict.fromkeys(paths, "") | (titles or {})
    return Listed(titles=named, orders=orders or {}, listing=listing, words=words or {})


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (listed("b.md", "index.md", "a.md"), ["index.md", "a.md", "b.md"]),
        (listed("index.md", "a.md", "b.md", orders={"b.md": 1}), ["index.md", "b.md", "a.md"]),
        (
            listed("index.md", "manual/index.md", "manual/how-to.md", words={"Manual": "Handbuch"}),
            ["index.md", {"Handbuch": ["manual/index.md", "manual/how-to.md"]}],
        ),
        (
            listed("z.md", "manual/index.md", "my-own_things/a.md", orders={"manual/index.md": 1}),
            [{"Manual": ["manual/index.md"]}, "z.md", {"My own things": ["my-own_things/a.md"]}],
        ),
        (listed("index.md", "translations.md"), ["index.md"]),
        (listed("index.md", titles={"index.md": "स्वागत"}), [{"स्वागत": "index.md"}]),
    ],
)
def test_own_pages_stand_as_their_numbers_say(pages, expected):
    assert navigation(pages) == expected


LISTING = (
    "<!-- hexapla:latest -->\n## Newest\n\n-   [New](new.md)\n\n-   [Old](old.md)\n\n-   [Part](part.md)\n\n"
)


def test_articles_stand_in_the_order_of_their_list_before_pages_without_a_number():
    pages = listed(
        "index.md", "about.md", "posts/index.md", "posts/coverage.md", "posts/old.md", "posts/new.md",
        titles={"posts/index.md": "Artikel"}, listing=LISTING,
    )  # fmt: skip
    articles = {"Artikel": [{"Artikel": "posts/index.md"}, "posts/new.md", "posts/old.md"]}
    assert navigation(pages) == ["index.md", articles, "about.md"]


def test_a_page_names_no_more_articles_than_the_newest():
    names = [f"posts/a{number:03}.md" for number in range(ALL + 5)]
    listing = "".join(f"-   [A](a{number:03}.md)\n" for number in range(ALL + 5))
    (articles,) = navigation(listed("posts/index.md", *names, listing=listing))
    assert articles == {"Posts": ["posts/index.md", *names[:ALL]]}


def test_a_navigation_of_the_sites_own_is_put_into_a_languages_words():
    own = ["index.md", {"Guide": [{"Start": "start.md"}, "end.md"]}]
    assert in_words(own, {"Guide": "Leitfaden", "Start": "Anfang"}) == [
        "index.md",
        {"Leitfaden": [{"Anfang": "start.md"}, "end.md"]},
    ]
    assert own[1] == {"Guide": [{"Start": "start.md"}, "end.md"]}
