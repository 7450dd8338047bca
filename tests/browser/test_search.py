"""Search in each language: its words, under the forms that readers type, and no other language's."""

import pytest

from browser import PHONE, scripts
from browser.searching import search
from building import once
from serving import Served, serving

QUERIES = {
    "en": [
        ("broadcasting", "broadcasting"),
        ("requires_grad", "parameter"),
        ("reproducib", "randomness"),
        ("optimizing", "optimizer"),
        ("optimising", "optimizer"),
        ("shuffled", "dataset-dataloader"),
        ("nn.Parameter", "parameter"),
        ("torch.nn.Parameter", "parameter"),
        ("zero_grad()", "optimizer"),
        ("loader", "dataset-dataloader"),
        ("state_dict", "buffers"),
        ("broadcsating", "broadcasting"),
        ("tranining loops", "training-loop"),
        ("gradients add up", "autograd-from-scratch"),
        ("checkpoints", "saving-loading"),
        ("reseeding", "randomness"),
        ("nondeterministic", "randomness"),
        ("bookkeper", "autograd-from-scratch"),
    ],
    "de": [
        ("Trainingsschleifen", "training-loop"),
        ("Schleife", "training-loop"),
        ("Optimierern", "optimizer"),
        ("Lernraten", "optimizer"),
        ("Zufallszahl", "randomness"),
        ("Startwerte", "randomness"),
        ("Modelle speichern", "saving-loading"),
        ("Abstieg", "optimizer"),
        ("Gradientenabsteig", "optimizer"),
        ("Optimirer", "optimizer"),
        ("Kettenregeln", "autograd-from-scratch"),
        ("register_buffer", "buffers"),
        ("ungleiche Formen addieren", "broadcasting"),
        ("Parmeter", "parameter"),
        ("ParameterList", "parameter"),
        ("Zufallszahlengenerator", "randomness"),
        ("Speicherverbrauch", "broadcasting"),
    ],
    "es": [
        ("aleatorios", "randomness"),
        ("parametro", "parameter"),
        ("optimizadores", "optimizer"),
        ("semillas", "randomness"),
        ("bucles", "training-loop"),
        ("barajado", "dataset-dataloader"),
        ("guardando modelos", "saving-loading"),
        ("cargado", "saving-loading"),
        ("DataLoader", "dataset-dataloader"),
        ("requires_grad", "parameter"),
        ("optmizador", "optimizer"),
        ("lotes", "dataset-dataloader"),
        ("tasas de aprendizaje", "optimizer"),
        ("state_dict", "buffers"),
        # Its description alone says so.
        ("formas distintas", "broadcasting"),
        ("repetibilidad", "randomness"),
    ],
    "fr": [
        ("parametre", "parameter"),
        ("hasard", "randomness"),
        ("graines", "randomness"),
        ("optimisers", "optimizer"),
        ("boucles", "training-loop"),
        ("melanger", "dataset-dataloader"),
        ("DataLoader", "dataset-dataloader"),
        ("pertes", "training-loop"),
        ("sauvegarde", "saving-loading"),
        ("named_parameters", "parameter"),
        ("dérivée", "autograd-from-scratch"),
        ("inertie", "optimizer"),
        ("apprentissage", "optimizer"),
        ("reproductible", "randomness"),
        ("répétition", "randomness"),
    ],
    "hi": [
        ("बिंदुओं", "training-loop"),
        ("ज्यादातर", "training-loop"),
        ("गलतियाँ", "broadcasting"),
        ("संख्या", "randomness"),
        ("पंक्तियाँ", "broadcasting"),
        ("सूत्रों", "optimizer"),
        ("optimizers", "optimizer"),
        ("requires_grad", "parameter"),
        ("DataLoader", "dataset-dataloader"),
        ("state_dict", "buffers"),
        ("gradeint", "optimizer"),
        ("learning rate", "optimizer"),
        ("checkpoint", "saving-loading"),
        ("seed", "randomness"),
        ("संख्याएं", "randomness"),
        ("shuffling", "dataset-dataloader"),
        # What stands there in Latin letters.
        ("ग्रेडिएंट", "gradients"),
        ("ऑप्टिमाइजर", "optimizer"),
        ("चेकपॉइंट", "saving-loading"),
        ("शेप", "broadcasting"),
        ("लर्निंग रेट", "optimizer"),
    ],
    "ar": [
        ("القواعد", "broadcasting"),
        ("بث", "broadcasting"),
        ("والبث", "broadcasting"),
        ("الصفوف", "broadcasting"),
        ("مفاتيح", "parameter"),
        ("سمات", "parameter"),
        ("تعديل", "parameter"),
        # The description of the other article has the plural, this one the singular.
        ("الأخطاء", "broadcasting"),
    ],
    "zh": [
        ("线性代数", "broadcasting"),
        ("步幅", "broadcasting"),
        ("滑动平均", "parameter"),
        ("冻结", "parameter"),
    ],
}
"""What readers type: words in another form, parts of compounds, names in code, slips of the finger; and the article that is meant."""
ACROSS = [
    ("ar", "موتر", "loss"),
    ("ar", "التدرج", "loss"),
    ("de", "Funktion", "loss"),
    ("de", "rate", "loss"),
    ("en", "measur", "loss"),
    ("hi", "हानि", "loss"),
    ("hi", "जरूरी", "loss"),
    ("zh", "梯度", "loss"),
    ("zh", "神经网络", "loss"),
    ("zh", "损失函数", "loss"),
]


def _indexes(served: Served) -> list[str]:
    """Return the places of the indexes that were asked for words, without repetition."""
    places = (one.path.partition("search/index/") for one in served.answers)
    return list(dict.fromkeys(place for place, index, _ in places if index))


def _missed(page, home: str, queries: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return the queries whose article is not among the first three that are found, with those."""
    found = {query: search(page, query, key="" if at else "/")[:3] for at, (query, _) in enumerate(queries)}
    return [(query, found[query]) for query, slug in queries if f"{home}posts/{slug}/" not in found[query]]


@pytest.mark.parametrize("language", QUERIES)
def test_the_article_that_is_meant_is_among_the_first_three(open_page, own, language):
    home = own.home(language)
    assert _missed(open_page(home), home, QUERIES[language]) == []


@pytest.mark.parametrize("language", scripts.QUERIES)
def test_words_of_scripts_without_spaces_or_with_joined_words_are_found(
    open_page, chromium, tmp_path_factory, language
):
    # Below a path, as on GitHub Pages.
    site = once(tmp_path_factory, "scripts", scripts.build)
    with serving(site.parent) as served:
        home = f"{served.address}{site.name}/{language}/".replace("/ar/", "/")
        assert _missed(open_page(home), home, scripts.QUERIES[language]) == []


@pytest.mark.parametrize(("language", "query", "slug"), ACROSS)
def test_a_language_finds_its_words_in_its_own_index(open_page, small, language, query, slug):
    home = small.home(language)
    small.answers.clear()
    found = search(open_page(home), query)
    assert f"{home}posts/{slug}/" in found
    assert _indexes(small)[:1] == ["/" if language == "en" else f"/{language}/"]
    assert all(one.startswith(home) for one in found)


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


def test_what_is_shown_in_another_language_is_found_where_nothing_else_is(open_page, own):
    page = open_page(own.home("zh"))
    assert search(page, "DataLoader") == [f"{own.home('zh')}posts/dataset-dataloader/"]
    assert "(英语)" in page.locator(".md-search-result__item h1").first.text_content()
    assert search(page, "nn.Parameter", key="") == [f"{own.home('zh')}posts/parameter/"]


def test_what_was_mistyped_is_said_and_what_was_meant_is_marked(open_page, small):
    page = open_page(small.home("de"))
    assert search(page, "Verlustfunktoin") == [f"{small.home('de')}posts/loss/"]
    first = page.locator(".md-search-result__item").first
    assert first.locator("mark").first.text_content() == "Verlustfunktion"
    assert first.locator("del").text_content() == "Verlustfunktoin"


def test_results_are_grouped_by_article_with_links_to_sections(open_page, own):
    page = open_page(own.home("de"))
    search(page, "Schleife")
    first = page.locator(".md-search-result__item").first
    assert first.locator("h1").text_content() == "Eine Trainingsschleife, die eine Kurve anpasst"
    assert first.locator("h2").first.text_content() == "Die Schleife"
    assert "#die-schleife" in first.locator("a", has=page.locator("h2")).first.get_attribute("href")


def test_outputs_are_found_below_prose(open_page, own):
    found = search(open_page(own.home("en")), "AddBackward0")
    assert f"{own.home('en')}posts/parameter/" in found
    assert search(open_page(own.home("en")), "gradient")[0] != f"{own.home('en')}posts/parameter/"


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
    assert _indexes(small) == ["/de/"]


def test_an_address_with_a_query_searches_at_once(open_page, small):
    page = open_page(f"{small.home('de')}?q=Verlustfunktion")
    page.wait_for_selector(".md-search-result__link")
