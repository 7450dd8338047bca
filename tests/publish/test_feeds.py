"""Feeds that readers can read: what RFC 4287 asks for, whatever posts say."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.publish.addresses import Addresses
from hexapla.publish.feeds import article_html, atom, llms
from hexapla.publish.sources import PageSource, page_source

ATOM = "{http://www.w3.org/2005/Atom}"
WHERE = Addresses(default_language="en", site_url="https://example.org/blog/")


def article(slug: str, head: str, language: str = "hi") -> PageSource:
    return page_source(f"{language}/posts/{slug}.md", f"---\ntitle: T {slug}\n{head}\n---\n\nText.\n")


def valid(text: str, language: str) -> ElementTree.Element:
    """Check a feed by the rules of RFC 4287, sections 4.1.1 and 4.1.2."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed" and feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    ids = []
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, name
        ids.append(one.findtext(f"{ATOM}id"))
        assert re.match(r"https://example\.org/", ids[-1])
        for name in ("updated", "published"):
            for when in one.findall(f"{ATOM}{name}"):
                assert datetime.fromisoformat(when.text).tzinfo
        alternate = [
            link for link in one.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternate) == 1 and alternate[0].get("href").startswith("https://example.org/")
        assert len(one.findall(f"{ATOM}summary")) <= 1
        assert all(category.get("term") for category in one.findall(f"{ATOM}category"))
    assert len(set(ids)) == len(ids)
    # Of the entries none has an author: the feed has.
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    return feed


def test_a_feed_has_the_languages_own_articles_newest_first():
    pages = [
        article("a", "date: 2026-01-02\nupdated: 2026-03-01\ntags: [x, y & z]\ndescription: About <a>."),
        article("b", "date: 2026-02-02"),
        article("c", "date: 2026-01-09\nhexapla_original: en"),
        article("d", "date: 2026-01-09", "de"),
        article("undated", ""),
        page_source("hi/index.md", "---\ntitle: Home\n---\n"),
    ]
    feed = valid(atom(pages, "hi", site="A & B", addresses=WHERE), "hi")
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["T b", "T a", "T undated"]
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"
    changed = entries[1]
    assert changed.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"
    assert changed.findtext(f"{ATOM}published") == "2026-01-02T00:00:00Z"
    assert [one.get("term") for one in changed.findall(f"{ATOM}category")] == ["x", "y & z"]
    assert changed.findtext(f"{ATOM}summary") == "About <a>."
    assert entries[2].find(f"{ATOM}published") is None


def test_an_empty_feed_is_a_feed():
    assert not valid(atom([], "ar", site="S", addresses=WHERE), "ar").findall(f"{ATOM}entry")


@given(st.text(min_size=1), st.text())
def test_whatever_a_post_says_the_feed_stays_one(title, description):
    page = PageSource(
        language="en", name="posts/a", text="", title=title, description=description, published=title,
        changed=description, tags=(title,),
    )  # fmt: skip
    if title.strip() and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]", title):
        valid(atom([page], "en", site="S", addresses=WHERE), "en")
    assert len(llms([page], [("en", "English")], site="S", addresses=WHERE).strip().split("\n")) == 5


def test_llms_txt_says_what_the_site_is_about_in_the_default_language():
    homes = [
        page_source(f"{code}/index.md", f"---\ntitle: H\ndescription: About {code}.\n---\n")
        for code in ("hi", "en")
    ]
    text = llms([*homes, article("a", "")], [("hi", "हिन्दी")], site="S", addresses=WHERE)
    assert text.startswith("# S\n\n> About en.\n\n## हिन्दी\n\n- [T a](")


def test_of_very_many_articles_llms_txt_has_the_newest_and_leads_to_the_lists_of_years():
    def many(language: str):
        return [
            article(f"a{number}", f"date: 2025-01-{1 + number % 28:02}", language) for number in range(201)
        ]

    years = [
        page_source(f"hi/posts/lists/{year}/index.md", f"---\ntitle: L {year}\n---\n")
        for year in ("2025", "2024", "undated", "2025/1")
    ]
    text = llms(
        [*many("hi"), *years, *many("en")[:2]],
        [("hi", "हिन्दी"), ("en", "English")],
        site="S",
        addresses=WHERE,
    )
    hindi, english = text.split("## ")[1:]
    assert hindi.count("/posts/a") == 20 and english.count("/posts/a") == 2
    lists = [line for line in hindi.split("\n") if "/lists/" in line]
    base = "https://example.org/blog/hi/posts/lists"
    assert lists == [f"- [L {year}]({base}/{year}/index.md)" for year in ("undated", "2025", "2024")]


@pytest.mark.parametrize("day", ["2026-13-45", "soon", "20261", ""])
def test_a_day_that_is_none_is_as_old_as_can_be(day):
    feed = valid(atom([article("a", f"date: '{day}'")], "hi", site="S", addresses=WHERE), "hi")
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


BUILT = """<!doctype html><nav>Elsewhere</nav><article><div class="md-path"><ol><li>Home</ol></div><h1>T</h1>
<p data-search-exclude>5 <a href="x">minutes</a></p><h2 id="a">One<a class="headerlink" href="#a">¶</a></h2><p>नमस्ते <b>&amp;</b>
<a href="../b/#c">b</a> <a href="https://other.example/">c</a> <img src="../../assets/f.svg" alt="F"></p>
<pre><code><a href="#l-1"></a>print(1)</code><button>Copy</button></pre><h2 id="hexapla-related">More</h2><ul><li>x</ul></article>"""


def test_an_entry_carries_the_articles_text_with_whole_addresses():
    feed = valid(atom([article("a", "")], "hi", site="S", addresses=WHERE, built=lambda page: BUILT), "hi")
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content.get("type") == "html"
    assert content.text == (
        '<h2 id="a">One</h2><p>नमस्ते <b>&amp;</b>\n<a href="https://example.org/blog/hi/posts/b/#c">b</a> '
        '<a href="https://other.example/">c</a> <img src="https://example.org/blog/hi/assets/f.svg" alt="F"></p>\n'
        "<pre><code>print(1)</code></pre>"
    )


@pytest.mark.parametrize(
    "html", ["", "<p>No article</p>", "<article></article>", "<article><h1>T</h1></article>"]
)
def test_a_page_without_a_text_gives_none(html):
    assert article_html(html, "https://example.org/") == ""
    feed = valid(atom([article("a", "")], "hi", site="S", addresses=WHERE, built=lambda page: html), "hi")
    assert feed.find(f"{ATOM}entry/{ATOM}content") is None
