"""Links from one language's page to another's, and what a page is known by."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from hexapla.publish import addresses
from hexapla.publish.addresses import (
    Addresses,
    alternates,
    beside,
    canonical,
    redirects,
    sitemaps,
    versions_by_page,
)
from hexapla.publish.sources import page_source

WHERE = Addresses(default_language="en", site_url="https://site.example/")
ENGLISH, GERMAN = page_source("en/posts/a.md", "English"), page_source("de/posts/a.md", "Deutsch")
LENT = replace(ENGLISH, language="hi", original="en")
KNOWN = versions_by_page([ENGLISH, GERMAN])


@pytest.mark.parametrize(
    ("page", "where", "address"),
    [
        (GERMAN, WHERE, "https://site.example/de/posts/a/"),
        (LENT, WHERE, "https://site.example/posts/a/"),
        (GERMAN, replace(WHERE, site_url=""), ""),
        (LENT, replace(WHERE, site_url=""), "../../../posts/a/"),
    ],
)
def test_a_page_is_known_by_the_address_of_what_it_shows(page, where, address):
    assert canonical(page, KNOWN, where) == address


def test_versions_are_the_real_ones_and_the_default_s_for_everyone_else():
    assert alternates(GERMAN, KNOWN, "en") == {"en": ENGLISH, "de": GERMAN, "x-default": ENGLISH}
    assert alternates(GERMAN, KNOWN, "hi")["x-default"] is ENGLISH
    assert alternates(LENT, KNOWN, "en") == {}


def test_the_markdown_of_a_page_is_beside_it():
    assert beside(GERMAN, WHERE) == "../a.md"
    assert beside(page_source("en/index.md", ""), WHERE) == "index.md"


@pytest.mark.parametrize(
    ("old", "file", "link"),
    [
        ("/2024/01/02/a.html", "2024/01/02/a.html", "../../../posts/a/"),
        ("/2024/a/", "2024/a/index.html", "../../posts/a/"),
        ("older", "older/index.html", "../posts/a/"),
        ("/a.php?x=1#y", "a.php/index.html", "../posts/a/"),
        ("/%E5%BC%A0/", "张/index.html", "../posts/a/"),
    ],
)
def test_an_old_address_leads_to_the_page(old, file, link):
    page = replace(ENGLISH, old_addresses=(old,))
    assert list(redirects([page, replace(page, language="hi", original="en")], WHERE)) == [(page, file, link)]


def test_an_old_address_that_is_said_twice_is_one():
    page = replace(ENGLISH, old_addresses=("/old/", "/old", "/old/index.html"))
    assert [file for _, file, _ in redirects([page], WHERE)] == ["old/index.html"]


@pytest.mark.parametrize("old", ["/../x/", "/.git/config", "/", "", "/a/..%2f../x", "/a\\b", "/a\0b"])
def test_an_old_address_that_is_no_page_of_the_site_s_leads_nowhere(old):
    assert list(redirects([replace(ENGLISH, old_addresses=(old,))], WHERE)) == []


def test_a_page_says_where_it_was():
    head = "---\nredirect_from: [/a/, /b/]\naliases: /c/\n---\nx"
    assert page_source("en/posts/a.md", head).old_addresses == ("/a/", "/b/", "/c/")


def test_very_many_pages_stand_in_several_sitemaps(monkeypatch):
    pages = [page_source(f"en/posts/p{number}.md", "") for number in range(5)]
    (whole,) = sitemaps([*pages, LENT], WHERE).values()
    monkeypatch.setattr(addresses, "LISTED", 2)
    maps = sitemaps([*pages, LENT], WHERE)
    assert [*maps] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert found(maps["sitemap.xml"]) == [
        f"https://site.example/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert ElementTree.fromstring(maps["sitemap.xml"]).tag.endswith("}sitemapindex")
    parts = [found(maps[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert (
        [place for part in parts for place in part]
        == found(whole)
        == [f"https://site.example/posts/p{number}/" for number in range(5)]
    )
    monkeypatch.setattr(addresses, "LISTED", 5)
    assert sitemaps(pages, WHERE) == {"sitemap.xml": whole}


def found(text: str) -> list[str | None]:
    return [node.text for node in ElementTree.fromstring(text).iter() if node.tag.endswith("}loc")]
