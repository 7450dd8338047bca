"""The list of very many articles, as a reader goes through it, from right to left, too."""

import re

import pytest

from browser import PHONE
from hexapla.cli.main import main
from hexapla.render import paging
from hexapla.render.labels import labels, status_labels
from serving import serving

COUNT = 13
TITLES = {"en": "Lesson", "ar": "درس"}


@pytest.fixture
def paged(new_site, monkeypatch):
    """Serve a site of more articles than stand on one page."""
    monkeypatch.setattr(paging, "PAGED", 5)
    monkeypatch.setattr(paging, "EACH", 2)
    posts = {
        f"a{number:02}.{language}.md": f"---\ntitle: {title} {number}\ndate: {2024 + number % 2}-03-{number + 1:02}\n"
        f"tags: [both, t{number % 3}]\n---\n\nText.\n"
        for number in range(COUNT)
        for language, title in TITLES.items()
    }
    file = new_site(posts, languages="en,ar")
    file.write_text(file.read_text().replace("# site_url:", "site_url:"))
    assert main(["build", "-f", str(file), "--strict"]) == 0
    with serving(file.parent / "site") as served:
        yield served, file.parent / "site"


def test_a_reader_goes_through_all_articles_page_by_page(open_page, paged):
    served, site = paged
    for language, title in TITLES.items():
        words, home = labels(language), served.home(language)
        page = open_page(f"{home}posts/")
        assert page.locator(".hexapla-articles li").count() == COUNT
        page.locator(".hexapla-topics a", has_text="2025").click()
        page.wait_for_url(f"{home}posts/lists/2025/")
        seen, links = [], page.locator(".hexapla-articles li > p:first-child a")
        for _ in range(COUNT):
            page.wait_for_load_state()
            assert 0 < links.count() < 4 and page.locator("h1").inner_text().startswith(words.articles)
            assert page.locator(".md-tabs__item--active").inner_text().strip() == words.articles
            seen += links.all_inner_texts()
            after = page.locator(".hexapla-pager [rel=next]")
            if not after.count():
                break
            assert after.inner_text() == words.page_after
            before = page.url
            after.click()
            page.wait_for_url(lambda url, before=before: url != before)
        newest = sorted(range(COUNT), key=lambda number: (-(number % 2), -number))
        assert seen == [f"{title} {number}" for number in newest]
        last = page.url
        page.locator(".hexapla-pager [rel=prev]").click()
        page.wait_for_url(lambda url, last=last: url != last)
        before, more, after = (
            page.locator(f".hexapla-pager {what}").bounding_box()["x"]
            for what in ("[rel=prev]", ".hexapla-more", "[rel=next]")
        )
        assert (before < more < after) if language == "en" else (before > more > after)
        page.locator(".hexapla-pager .hexapla-more").click()
        page.wait_for_url(f"{home}posts/")
    sitemap = (site / "sitemap.xml").read_text()
    assert "https://example.org/ar/posts/lists/2024/1/" in sitemap


def test_a_page_of_the_list_is_there_in_each_language_and_fits_a_phone(open_page, paged):
    served, site = paged
    page = open_page(f"{served.home('en')}posts/lists/2024/1/", **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    versions = page.locator(".md-select__link").evaluate_all(
        "all => all.map(one => [one.hreflang, one.href])"
    )
    assert ["ar", f"{served.home('ar')}posts/lists/2024/1/"] in versions
    html = (site / "posts/lists/2024/1/index.html").read_text()
    canonical = re.search(r'<link rel="?canonical"? href="([^"]+)"', html)
    assert canonical and canonical[1] == "https://example.org/posts/lists/2024/1/"


def test_topics_and_states_have_pages_of_their_own(open_page, paged):
    served, _ = paged
    page = open_page(f"{served.home('ar')}posts/a05/")
    page.locator("article .hexapla-topic", has_text="t2").click()
    page.wait_for_url(f"{served.home('ar')}posts/topics/t2/")
    assert page.locator(".hexapla-articles li").count() == 2
    page.goto(f"{served.home('ar')}translations/")
    assert page.locator("h1").inner_text().strip("¶") == status_labels("ar").title
    page.locator("article table a", has_text="2025").click()
    page.wait_for_url(f"{served.home('ar')}translations/2025/")
    page.locator("article tbody th a").first.click()
    page.wait_for_url(re.compile(rf"{re.escape(served.home('ar'))}posts/a\d\d/"))
