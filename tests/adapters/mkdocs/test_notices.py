"""What the author is told in the browser: in its place, in the page's language, and never more than text."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from hexapla.adapters.mkdocs.notices import Notices
from hexapla.model.problem import Problem

PAGE = b"<html><head><title>\xe2\x80\x9c</title></head><body><main><article class=a><h1>One</h1></article></main></body></html>"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def problem(message: str = "It is wrong.", **more) -> Problem:
    return Problem(path="posts/one.en.md", line=3, code="wrong", message=message, hint="Mend it.", **more)


def test_where_nothing_is_wrong_a_page_is_sent_as_it_is():
    assert Notices().set_into(PAGE, "posts/one/index.html") == PAGE
    elsewhere = Notices(of_pages={"posts/two/index.html": [problem()]})
    assert elsewhere.set_into(PAGE, "posts/one/index.html") == PAGE


@pytest.mark.parametrize("page", [b"", b"{}", b"<svg></svg>"])
def test_what_is_no_page_is_sent_as_it_is(page):
    assert Notices(kept="no").set_into(page, "a.html") == page


def test_what_is_wrong_stands_where_the_article_begins():
    notices = Notices(of_pages={"posts/one/index.html": [problem(details=("- a\n+ b",))]})
    made = LexborHTMLParser(notices.set_into(PAGE, "posts/one/index.html"))
    first, second = made.css("article > *")
    assert first.attributes["class"] == "hexapla-notice" and second.text() == "One"
    assert "To be mended on this page" in first.text() and "posts/one.en.md:3" in first.text()
    assert "It is wrong. Mend it." in first.text() and first.css_first("pre").text() == "- a\n+ b"


def test_a_page_without_an_article_has_it_where_its_body_begins():
    made = LexborHTMLParser(Notices(kept="no").set_into(b"<body id=b><p>a</p></body>", "index.html"))
    assert [node.tag for node in made.css("body > *")] == ["div", "p"]


@pytest.mark.parametrize(
    ("file", "language", "words"),
    [
        ("posts/one/index.html", "en", "last good state"),
        ("de/posts/one/index.html", "de", "letzte gültige Stand"),
        ("ar/index.html", "ar", "آخر إصدار"),
        ("deep/index.html", "en", "last good state"),
    ],
)
def test_it_speaks_the_language_of_the_page(file, language, words):
    made = LexborHTMLParser(Notices(languages=("en", "de", "ar"), kept="a: b").html(file))
    notice = made.css_first(".hexapla-notice")
    assert notice.attributes["lang"] == language and words in notice.text() and "a: b" in notice.text()
    assert notice.attributes["dir"] == ("rtl" if language == "ar" else "ltr")


def test_what_posts_and_programs_say_is_text():
    wrong = problem(HOSTILE, details=(HOSTILE, "\ud800"))
    notices = Notices(kept=HOSTILE, elsewhere=[wrong], of_pages={"index.html": [wrong]})
    made = LexborHTMLParser(notices.set_into(PAGE, "index.html"))
    assert not made.css("script, img") and made.body.text().count(HOSTILE) == 5
