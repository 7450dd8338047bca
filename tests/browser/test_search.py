"""Search in each language: its words, under the forms that readers type, and no other language's."""

import pytest

from browser import PHONE
from browser.searching import search
from serving import Served

OWN = [
    ("en", "broadcasting", "broadcasting"),
    ("en", "requires_grad", "parameter"),
    ("en", "reproducib", "randomness"),
    ("de", "Trainingsschleife", "training-loop"),
    ("de", "Schleife", "training-loop"),
    ("de", "Schicht", "parameter"),
    ("de", "Liste", "parameter"),
    ("es", "aleatorios", "randomness"),
    ("es", "parametro", "parameter"),
    ("fr", "parametre", "parameter"),
    ("fr", "hasard", "randomness"),
    ("hi", "बिंदुओं", "training-loop"),
    ("hi", "ज्यादातर", "training-loop"),
    ("ar", "المعلمات", "parameter"),
    ("ar", "موتر", "broadcasting"),
    ("ar", "خطوة", "broadcasting"),
    ("zh", "张量", "broadcasting"),
    ("zh", "缓冲区", "parameter"),
    ("zh", "广播", "broadcasting"),
]
SMALL = [
    ("ar", "موتر", "loss"),
    ("ar", "الموتر", "loss"),
    ("ar", "التدرج", "loss"),
    ("de", "Funktion", "loss"),
    ("de", "rate", "loss"),
    ("en", "measur", "loss"),
    ("hi", "हानि", "loss"),
    ("hi", "जरूरी", "loss"),
    ("zh", "梯度", "loss"),
    ("zh", "神经网络", "loss"),
    ("zh", "函数", "loss"),
    ("zh", "损失函数", "loss"),
]


def _indexes(served: Served) -> list[str]:
    return [one.path for one in served.answers if one.path.endswith("search_index.json")]


@pytest.mark.parametrize(
    ("site", "language", "query", "slug"),
    [("own", *row) for row in OWN] + [("small", *row) for row in SMALL],
)
def test_a_language_finds_its_words_in_its_own_index(open_page, request, site, language, query, slug):
    served = request.getfixturevalue(site)
    home = served.home(language)
    served.answers.clear()
    page = open_page(home)
    found = search(page, query)
    assert f"{home}posts/{slug}/" in found
    folder = "" if language == "en" else f"{language}/"
    assert _indexes(served) == [f"/{folder}search/search_index.json"]
    assert all(one.startswith(home) for one in found)
    if language == "en":
        others = {served.home(code) for code in ("de", "es", "fr", "hi", "ar", "zh")}
        assert not [one for one in found if one.startswith(tuple(others))]


@pytest.mark.parametrize(
    ("language", "query"), [("hi", "Verlustfunktion"), ("en", "损失函数"), ("zh", "हानि")]
)
def test_a_word_of_another_language_is_not_found(open_page, small, language, query):
    assert search(open_page(small.home(language)), query) == []


def test_words_that_are_typed_key_by_key_are_found(open_page, own):
    page = open_page(own.home("de"))
    page.locator(".md-search__input").click()
    page.keyboard.type("Schleife")
    page.wait_for_selector(".md-search-result__link")


def test_a_reader_with_a_phone_finds_words_too(open_page, own):
    page = open_page(own.home("zh"), **PHONE)
    page.locator(".md-header label[for=__search]").first.tap()
    assert f"{own.home('zh')}posts/broadcasting/" in search(page, "张量", key="")


def test_a_result_leads_to_the_place_with_the_word_marked(open_page, own):
    page = open_page(own.home("de"))
    search(page, "Schleife")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{own.home('de')}posts/**")
    assert "chleife" in page.locator("article mark").first.text_content()


def test_the_index_is_loaded_when_a_reader_turns_to_the_search(open_page, small):
    small.answers.clear()
    page = open_page(f"{small.home('de')}posts/loss/")
    page.wait_for_load_state("networkidle")
    assert not _indexes(small)
    assert f"{small.home('de')}posts/loss/" in search(page, "Verlustfunktion")
    assert _indexes(small) == ["/de/search/search_index.json"]


def test_an_address_with_a_query_searches_at_once(open_page, small):
    page = open_page(f"{small.home('de')}?q=Verlustfunktion")
    page.wait_for_selector(".md-search-result__link")
