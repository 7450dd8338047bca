"""What a page's Markdown says of the page."""

import pytest

from hexapla.publish.sources import page_source
from hexapla.render.coverage_page import coverage_page


@pytest.mark.parametrize(
    ("path", "text", "article"),
    [
        ("en/posts/a.md", "---\ntitle: A\n---\n\nText.\n", True),
        ("en/posts/a.md", "Text.\n", True),
        ("en/about.md", "---\ntitle: A\n---\n", False),
        ("en/posts/index.md", "---\ntitle: A\n---\n", False),
        ("de/posts/a.md", "---\ntitle: A\nhexapla_original: en\n---\n", False),
        ("en/posts/coverage.md", coverage_page([], "en", {"en": "English"}).text, False),
    ],
)
def test_what_is_an_article(path, text, article):
    assert page_source(path, text).is_article is article


@pytest.mark.parametrize(
    ("head", "published", "changed"),
    [
        ("date: 2026-01-31", "2026-01-31", "2026-01-31"),
        ("date: 2026-01-31\nupdated: 2026-02-01", "2026-01-31", "2026-02-01"),
        ("title: A", "", ""),
        ("date: [broken", "", ""),
    ],
)
def test_days_are_read_as_blogs_write_them(head, published, changed):
    source = page_source("en/posts/a.md", f"---\n{head}\n---\n\nText.\n")
    assert (source.published, source.changed) == (published, changed)


@pytest.mark.parametrize(
    ("mark", "title"),
    [("# Written by hexapla from posts/a.md; edit that, not this page.\n", "A <b> & 'c'"), ("", "A &lt;b&gt; &amp; &#x27;c&#x27;")],
    ids=["written by hexapla", "written by hand"],
)  # fmt: skip
def test_what_hexapla_wrote_as_html_is_read_as_words(mark, title):
    said = "A &lt;b&gt; &amp; &#x27;c&#x27;"
    head = f'{mark}title: "{said}"\ndescription: "{said}"\ntags: ["{said}"]\n'
    source = page_source("en/posts/a.md", f"---\n{head}---\n\nText.\n")
    assert (source.title, source.description, source.tags) == (title, title, (title,))


@pytest.mark.parametrize(
    ("head", "weight"),
    [
        ("title: A", 1),
        ("search: {boost: 2}", 2),
        ("search: {boost: 2, exclude: true}", 0),
        ("search: {exclude: false}", 1),
        ("search: {boost: much}", 1),
        ("search: often", 1),
    ],
)
def test_how_much_a_search_makes_of_a_page(head, weight):
    assert page_source("en/a.md", f"---\n{head}\n---\n").weight == weight
