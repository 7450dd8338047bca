"""The light page in place of an article that a language lacks."""

import html5lib

from hexapla.publish.sources import page_source
from hexapla.publish.stand_in import stand_in


def test_a_stand_in_leads_there_in_the_reader_s_words_and_is_not_kept():
    shown = page_source("en/posts/a.md", "---\ntitle: A & <b>\n---\n")
    html = stand_in(shown, "ar", "../../../posts/a/?x=1&y=2")
    html5lib.HTMLParser(strict=True).parse(html)
    assert '<html lang="ar" dir="rtl">' in html and '<meta name="robots" content="noindex">' in html
    assert 'content="0; url=../../../posts/a/?x=1&amp;y=2"' in html
    assert '<link rel="canonical" href="../../../posts/a/?x=1&amp;y=2">' in html
    assert 'hreflang="en" lang="en" dir="ltr">A &amp; &lt;b&gt;</a>' in html
    assert "<script" not in html
