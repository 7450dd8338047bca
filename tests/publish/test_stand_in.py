"""The light page in place of an article that a language lacks."""

import html5lib

from hexapla.publish.addresses import Addresses, versions_by_page
from hexapla.publish.sources import page_source
from hexapla.publish.stand_in import stand_in, stand_ins


def test_a_stand_in_leads_there_in_the_reader_s_words_and_is_not_kept():
    shown = page_source("en/posts/a.md", "---\ntitle: A & <b>\n---\n")
    html = stand_in(shown, "ar", "../../../posts/a/?x=1&y=2")
    html5lib.HTMLParser(strict=True).parse(html)
    assert '<html lang="ar" dir="rtl">' in html and '<meta name="robots" content="noindex">' in html
    assert 'content="0; url=../../../posts/a/?x=1&amp;y=2"' in html
    assert '<link rel="canonical" href="../../../posts/a/?x=1&amp;y=2">' in html
    assert 'hreflang="en" lang="en" dir="ltr">A &amp; &lt;b&gt;</a>' in html
    assert "<script" not in html


def test_an_article_s_original_stands_in_where_a_language_lacks_it_and_no_other_page_does():
    mark = "---\n# Written by hexapla from posts/a.md; edit that, not this page.\ntitle: {}\n{}---\n"
    pages = [
        page_source("de/posts/a.md", mark.format("Deutsch", "hexapla_translates: en\n")),
        page_source("en/posts/a.md", mark.format("English", "")),
        page_source("en/about.md", "# About"),
    ]
    where = Addresses(default_language="en", site_url="", directory_urls=True)
    written = dict(stand_ins(versions_by_page(pages), ("en", "de", "fr"), where))
    assert list(written) == ["fr/posts/a/index.html"]
    assert "English" in written["fr/posts/a/index.html"] and "Deutsch" not in written["fr/posts/a/index.html"]
