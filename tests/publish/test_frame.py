"""What templates are told of a page."""

import pytest

from hexapla.publish.addresses import Addresses, versions_by_page
from hexapla.publish.frame import frame_of_missing, frame_of_page
from hexapla.publish.head import Head
from hexapla.publish.sources import PageSource, page_source
from hexapla.render.labels import labels

WHERE = Addresses(default_language="en", site_url="https://site.example/blog/")
CODES = ("en", "hi", "ar")
PAGES = {code: page_source(f"{code}/posts/a.md", "---\ntitle: A\n---\n") for code in CODES}


def of(page: PageSource, *, formulas: bool = False):
    known = versions_by_page(PAGES.values())
    return frame_of_page(page, known, WHERE, head=Head(), formulas=formulas, theme="t-1", policy="p")


def test_a_page_is_told_where_it_and_its_versions_are():
    frame = of(PAGES["hi"])
    assert frame.canonical == "https://site.example/blog/hi/posts/a/"
    assert frame.alternates["x-default"] == frame.alternates["en"] == "https://site.example/blog/posts/a/"
    assert frame.index == "hi/" and frame.markdown == "../a.md"
    assert frame.feed == "https://site.example/blog/hi/feed.xml"
    assert (frame.theme, frame.policy, frame.robots, frame.answers) == ("t-1", "p", "", ())


@pytest.mark.parametrize(
    ("language", "original", "formulas", "styles", "preloads"),
    [
        ("en", "", False, [], []),
        ("en", "", True, ["math.css"], []),
        ("hi", "", False, ["hi.css"], ["devanagari-400.woff2"]),
        ("hi", "en", False, ["hi.en.css"], ["devanagari-400.woff2"]),
        ("en", "ar", True, ["en.ar.math.css"], ["arabic-400.woff2"]),
    ],
)
def test_a_page_loads_the_typefaces_of_its_words(language, original, formulas, styles, preloads):
    page = PageSource(language=language, name="posts/a", text="", original=original)
    frame = of(page, formulas=formulas)
    root = "../../" if language == "en" else "../../../"
    assert frame.styles == tuple(f"{root}assets/hexapla/fonts/{name}" for name in styles)
    assert frame.preloads == tuple(f"{root}assets/hexapla/fonts/{name}" for name in preloads)


def test_the_default_s_page_for_wrong_addresses_answers_in_every_language():
    frame = frame_of_missing("en", CODES, WHERE, theme="", policy="")
    assert [answer.language for answer in frame.answers] == ["en", "hi", "ar"]
    assert frame.answers[2].heading == labels("ar").not_found and frame.answers[2].direction == "rtl"
    assert frame.homes == {"en": "/blog/", "hi": "/blog/hi/", "ar": "/blog/ar/"}
    assert frame.robots == "noindex" and frame.styles == ("/blog/assets/hexapla/fonts/en.hi.ar.css",)


def test_another_language_s_answers_in_its_own():
    frame = frame_of_missing("hi", CODES, Addresses(default_language="en"), theme="", policy="")
    assert [(answer.language, answer.address) for answer in frame.answers] == [("hi", "/hi/")]
