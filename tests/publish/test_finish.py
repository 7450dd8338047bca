"""The built site: what search engines and readers of each language are given."""

import json
import re
from xml.etree import ElementTree

import html5lib
import pytest

from hexapla.publish import finish
from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import page_source
from hexapla.render.labels import labels
from indexes import found_pages
from reader import LANGUAGES

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def links(html: str) -> dict[str, str]:
    return {
        code: link
        for link, code in re.findall(r'<link rel="alternate" href="([^"]*)" hreflang="([^"]*)"', html)
    }


def test_alternates_are_the_real_translations(read_site):
    site, address = read_site
    html = (site / "de/posts/loss/index.html").read_text()
    folders = {"en": "", "de": "de/", "hi": "hi/", "ar": "ar/", "zh": "zh/", "x-default": ""}
    assert links(html) == {code: f"{address}{folder}posts/loss/" for code, folder in folders.items()}
    assert f'<link rel="canonical" href="{address}de/posts/loss/">' in html
    assert html.count('rel="canonical"') == 1


def test_a_page_that_stands_in_is_no_translation(read_site):
    site, address = read_site
    html = (site / "de/posts/only-english/index.html").read_text()
    assert links(html) == {}
    assert f'<link rel="canonical" href="{address}posts/only-english/">' in html
    own = links((site / "posts/only-english/index.html").read_text())
    assert set(own) == {"en", "x-default"}
    german = links((site / "de/posts/function/index.html").read_text())
    assert german["x-default"] == f"{address}de/posts/function/"


def test_a_page_written_by_hand_stands_in_as_an_article_does(read_site):
    site, address = read_site
    html = (site / "ar/notes/index.html").read_text()
    assert links(html) == {}
    assert f'<link rel="canonical" href="{address}notes/">' in html
    assert '<h1 dir="ltr" id="notes" lang="en">Notes' in html
    assert "هذه هي النسخة الإنجليزية." in html and '<div dir="ltr" lang="en">\n<p>Written by hand' in html
    own = (site / "notes/index.html").read_text()
    assert "admonition" not in own and set(links(own)) == {"en", "x-default"}


def test_its_markdown_is_beside_a_page_that_another_language_lends(read_site):
    site, _ = read_site
    assert 'type="text/markdown" href="../notes.md"' in (site / "ar/notes/index.html").read_text()
    assert (site / "ar/notes.md").read_text() == (site / "notes.md").read_text()


def test_every_page_is_the_tree_that_its_html_says(read_site):
    """What stands where HTML does not allow it, a browser puts somewhere else."""
    site, _ = read_site
    for path in (*site.glob("ar/**/*.html"), *site.glob("translations/*.html")):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text())
        assert parser.errors == [], path


def test_a_home_page_is_not_found_by_what_it_lists(read_site):
    site, _ = read_site
    home = found_pages(site / "de")["/de/"]["content"]
    assert labels("de").about in home and "Verlustfunktion" not in home and "training" not in home


def test_the_sitemap_names_every_page_and_no_fallback_page(read_site):
    site, address = read_site
    urls = ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", MAP)
    found = {url.findtext("s:loc", namespaces=MAP): url for url in urls}
    assert f"{address}hi/posts/loss/" in found and f"{address}zh/" in found
    assert f"{address}de/posts/only-english/" not in found
    assert f"{address}notes/" in found and f"{address}de/notes/" not in found
    assert f"{address}posts/function/" not in found
    alternates = found[f"{address}posts/loss/"].findall("x:link", MAP)
    assert {one.get("hreflang") for one in alternates} == {*LANGUAGES, "x-default"}
    for location in found:
        path = site / location.removeprefix(address)
        assert (path / "index.html").is_file(), location


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_index_and_404(read_site, language):
    site, _ = read_site
    folder = site if language == "en" else site / language
    home = "/" if language == "en" else f"/{language}/"
    found = found_pages(folder)
    assert f"{home}posts/loss/" in found
    others = {f"/{code}/" for code in LANGUAGES} - {home}
    assert not [one for one in found if not one.startswith(home) or one.startswith(tuple(others))]
    html = (folder / "404.html").read_text()
    assert f'<html lang="{language}"' in html and 'content="noindex"' in html
    assert links(html) == {}
    assert "404 - Not found" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_feed_of_its_own_articles(read_site, language):
    site, address = read_site
    folder = "" if language == "en" else f"{language}/"
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.parse(site / folder / "feed.xml").getroot()
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall("a:entry", atom)
    found = [one.findtext("a:id", namespaces=atom) for one in entries]
    assert found[0] == f"{address}{folder}posts/loss/"
    assert (f"{address}posts/only-english/" in found) == (language == "en")
    assert feed.findtext("a:updated", namespaces=atom) == "2026-11-20T00:00:00Z"
    for one in (feed, *entries):
        assert all(one.findtext(f"a:{name}", namespaces=atom) for name in ("id", "title", "updated"))
    html = (site / folder / "posts/loss/index.html").read_text()
    assert f'type="application/atom+xml" href="{address}{folder}feed.xml"' in html


def test_each_page_has_its_markdown_beside_it_and_llms_txt_leads_there(read_site):
    site, address = read_site
    text = (site / "llms.txt").read_text()
    about = labels("en").about
    assert text.startswith(f"# A site\n\n> {about}\n\n## English\n") and "## 中文" in text
    addresses = re.findall(r"\]\(([^)]*)\)", text)
    assert f"{address}hi/posts/loss.md" in addresses and len(addresses) == 7
    for one in addresses:
        assert "```" in (site / one.removeprefix(address)).read_text() or "function" in one
    html = (site / "hi/posts/loss/index.html").read_text()
    assert '<link rel="alternate" type="text/markdown" href="../loss.md">' in html


def test_a_site_without_an_address_has_relative_links_and_no_sitemap():
    where = Addresses(default_language="en")
    page = page_source("de/posts/a.md", "---\ntitle: A\n---\n")
    other = page_source("en/posts/a.md", "---\ntitle: A\n---\n")
    assert where.link(other, seen_from=where.file(page)) == "../../../posts/a/"
    assert where.link(page, seen_from=where.file(other)) == "../../de/posts/a/"
    home = page_source("en/index.md", "")
    assert where.link(home, seen_from=where.file(page)) == "../../../"
    flat = Addresses(default_language="en", directory_urls=False)
    assert flat.link(page, seen_from=flat.file(other)) == "../de/posts/a.html"


@pytest.mark.parametrize(
    ("name", "prefix", "said"),
    [("mkdocs-material", "8.", "mkdocs-material is 9."), ("mkdocs", "1.6.", "")],
)
def test_versions_that_nobody_tested_are_told_of(monkeypatch, name, prefix, said):
    monkeypatch.setitem(finish.TESTED, name, prefix)
    sentence = finish.untested()
    assert sentence.startswith(said) and bool(sentence) == bool(said)


def test_what_stands_in_is_found_in_its_own_language_by_readers_of_others(read_site):
    site, _ = read_site
    german, english = found_pages(site / "de"), found_pages(site)
    assert "/de/posts/only-english/" not in german
    assert "de" in english["/posts/only-english/"]["filters"]["for"]
    assert "for" not in english["/posts/loss/"]["filters"]
    # So is what the i18n plugin lends.
    assert "ar" in english["/notes/"]["filters"]["for"]
    config = json.loads((site / "de/search/search_index.json").read_text())["config"]
    assert config["language"] == "de" and list(config["indexes"].items()) == [("de", "de/"), ("en", "")]
    # Of the tool's own words nothing is found.
    texts = " ".join(page["content"] for page in german.values())
    assert "Startwert" not in texts and "Herunterladen" not in texts and "Verwandte" not in texts


def test_a_page_is_described_once_and_for_sites_that_show_links(read_site):
    site, address = read_site
    html = (site / "hi/posts/loss/index.html").read_text()
    assert html.count('<meta name="description"') == 1
    assert f'<meta property="og:url" content="{address}hi/posts/loss/">' in html
    assert html.count('property="article:tag"') == 2 and html.count("og:locale:alternate") == 4


def test_home_pages_and_lists_lead_to_articles_topics_and_what_is_related(read_site):
    site, _ = read_site
    home = (site / "de/index.html").read_text()
    assert 'href="posts/loss/"' in home and 'href="posts/#topic-loss"' in home and "20. November 2026" in home
    assert ">Englisch</span>" in home
    listed = (site / "de/posts/index.html").read_text()
    assert 'id="topic-loss"' in listed and 'id="topic-training"' in listed
    assert 'id="topic-loss"' in (site / "zh/posts/index.html").read_text()
    article = (site / "de/posts/loss/index.html").read_text()
    related = article.partition('id="hexapla-related"')[2]
    assert 'href="../only-english/"' in related and "Verwandte Artikel" in related


def test_an_article_has_a_card_and_its_neighbours_by_date(read_site):
    site, address = read_site
    html = (site / "de/posts/loss/index.html").read_text()
    assert f'<meta property="og:image" content="{address}assets/hexapla/cards/de/loss.png">' in html
    assert (site / "assets/hexapla/cards/de/loss.png").read_bytes().startswith(b"\x89PNG")
    # The one that stands in shows the card of what it shows.
    fallback = (site / "de/posts/only-english/index.html").read_text()
    assert f'content="{address}assets/hexapla/cards/en/only-english.png"' in fallback
    assert '<link rel="next" href="../only-english/">' in html
    assert '<link rel="next" href="../function/">' in fallback
