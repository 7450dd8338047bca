"""An address that leads nowhere is answered in the reader's language."""

import pytest

from browser import LANGUAGES
from hexapla.render.labels import labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_answers_and_leads_home(open_page, own, language):
    page = open_page(f"{own.home(language)}no/such/page/")
    assert own.answers[0].status == 404 or any(one.status == 404 for one in own.answers)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("article h1").inner_text() == labels(language).not_found
    switcher = page.locator(".md-select__link").evaluate_all("all => all.map(one => one.href)")
    assert set(switcher) == {own.home(code) for code in LANGUAGES}
    page.locator("article a").first.click()
    page.wait_for_url(own.home(language))


def test_a_server_with_a_single_404_page_leads_to_every_language(open_page, own):
    page = open_page(f"{own.address}404.html")
    links = page.locator("article a").evaluate_all("all => all.map(one => one.href)")
    assert links == [own.home(code) for code in LANGUAGES]
    spoken = page.locator("article p[lang]").evaluate_all("all => all.map(one => one.lang)")
    assert set(spoken) == set(LANGUAGES)
