"""The page of how the translations stand, as a reader finds it, reads it and goes on from it."""

import urllib.request

import pytest

from browser import PHONE
from hexapla.render.labels import status_labels
from reader import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_it_and_gets_from_it_to_each_version(open_page, small, language):
    home = small.home(language)
    page = open_page(home)
    links = page.locator("nav a, .hexapla-foot a").evaluate_all("all => all.map(one => one.href)")
    assert f"{home}translations/" in links
    page.goto(f"{home}translations/")
    table, said = page.locator("article table"), status_labels(language)
    assert page.locator("h1").inner_text().strip("¶") == said.title
    name = table.get_attribute("aria-labelledby")
    assert page.locator(f"#{name}").inner_text() == said.caption
    assert table.locator("thead th[scope=col]").count() == len(LANGUAGES) + 2
    assert table.locator("tbody th[scope=row]").count() == 3
    assert said.missing in table.inner_text() and said.original in table.inner_text()
    for link in table.locator("a").evaluate_all("all => all.map(one => one.href)"):
        with urllib.request.urlopen(link) as answer:
            assert answer.status == 200
    # Each version is in the language that its column names, the default one's above all.
    others = table.locator("a[hreflang]").evaluate_all("all => all.map(one => [one.hreflang, one.href])")
    assert {code for code, _ in others} == set(LANGUAGES) - {language}
    assert all(link.startswith(f"{small.home(code)}posts/") for code, link in others)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_on_a_phone_each_state_stands_beside_its_language(open_page, small, language):
    page = open_page(f"{small.home(language)}translations/", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    labels = (
        page.locator("article tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    )
    assert labels[0] == '"English"' and len(labels) == len(LANGUAGES) + 1
    # A screen reader still meets a table, though its rows are shown as lists.
    assert page.get_by_role("rowheader").count() == 3 and page.get_by_role("columnheader").count() > 0
