"""The words on a page: whole in every language, and the nearest ones for a regional tag."""

import string
from dataclasses import asdict, fields
from importlib import resources

import pytest
import yaml

from hexapla.render.labels import (
    Labels,
    borrows_words,
    direction,
    fallback_sentence,
    label_section,
    labels,
    language_of_words,
    languages_with_words,
)

PLACES = {
    "lines": {"count"},
    "cut": {"shown", "count"},
    "fallback": {"language"},
    "footnote": {"number"},
    "ran": {"versions", "device", "seed"},
    "part": {"number", "count"},
}


def test_there_are_words_in_the_languages_that_are_promised():
    promised = "en de es fr hi ar zh zh-TW ja pt it ru ko fa he ur pl nl tr uk vi id th"
    assert set(promised.split()) <= set(languages_with_words())


@pytest.mark.parametrize("language", languages_with_words())
def test_every_word_is_there_with_its_places(language):
    words = asdict(labels(language))
    assert set(words) == {one.name for one in fields(Labels)}
    for name, text in words.items():
        assert isinstance(text, str) and text.strip(), name
        places = {place for _, place, _, _ in string.Formatter().parse(text) if place}
        # English stands in for languages without words, and names them.
        lends = {"reader"} if (language, name) == ("en", "fallback") else set()
        assert places == PLACES.get(name, set()) | lends, name
        # A label stands in a fence's `title="…"`.
        assert '"' not in text and "\n" not in text


@pytest.mark.parametrize("language", [one for one in languages_with_words() if one != "en"])
def test_a_language_has_sentences_of_its_own(language):
    own, english = asdict(labels(language)), asdict(labels("en"))
    same = {name for name in own if own[name] == english[name]}
    assert same <= {
        "error",
        "figure",
        "diagram",
        "code",
        "articles",
        "colon",
        "important",
        "tip",
        "series",
    }, same


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [
        ("pt-BR", "pt"),
        ("pt-PT", "pt-PT"),
        ("zh-TW", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-CN", "zh"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("sw", "en"),
    ],
)
def test_a_regional_tag_has_the_nearest_words(tag, nearest):
    assert labels(tag) == labels(nearest)


SENTENCES = {
    ("de", "en"): "This article has not been translated into English yet. Here is the version in German.",
    ("en", "sw"): "This article has not been translated into Swahili yet. Here is the version in English.",
    (
        "zh",
        "sw-KE",
    ): "This article has not been translated into Swahili (Kenya) yet. Here is the version in Chinese.",
    ("de", "tr"): "Bu makale henüz Türkçeye çevrilmedi. Aşağıda Almanca sürümü yer alıyor.",
    ("de", "he"): "המאמר הזה עדיין לא תורגם לעברית. לפניכם הגרסה בגרמנית.",
    ("en", "xx"): "This article has not been translated into xx yet. Here is the version in English.",
}


@pytest.mark.parametrize(("source", "language"), SENTENCES)
def test_a_fallback_page_says_into_which_language_it_is_not_translated(source, language):
    assert fallback_sentence(source, language) == SENTENCES[source, language]
    assert borrows_words(language) == (language[:2] in ("sw", "xx"))
    assert language_of_words(language) == ("en" if borrows_words(language) else language)


def test_a_region_differs_from_its_base_where_it_does():
    assert labels("pt-PT").download != labels("pt").download
    assert labels("pt-PT").error == labels("pt").error
    assert labels("zh-TW").output == "輸出"


def test_words_in_traditional_characters_are_never_filled_up_with_simplified_ones():
    folder = resources.files("hexapla") / "words"
    simplified, traditional = (
        yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8")) for name in ("zh", "zh-TW")
    )
    assert set(simplified) <= set(traditional)
    for name, words in simplified.items():
        if isinstance(words, dict):
            assert set(words) <= set(traditional[name]), name
    assert label_section("theme", "zh-Hant")["search"] == "搜尋"


def test_arabic_is_written_from_right_to_left():
    assert (direction("ar"), direction("ar-EG"), direction("hi")) == ("rtl", "rtl", "ltr")


@pytest.mark.parametrize("name", ["coverage", "example"])
@pytest.mark.parametrize("language", languages_with_words())
def test_the_words_of_a_page_are_whole_in_every_language(name, language):
    words, english = label_section(name, language), label_section(name, "en")
    assert words and list(words) == list(english)
    assert all(text.strip() and '"' not in text for text in words.values())
    same = {key for key in words if words[key] == english[key]}
    assert language == "en" or same <= {"article"}, same


@pytest.mark.parametrize("language", languages_with_words())
def test_what_an_author_is_told_is_there_with_its_places(language):
    words, english = label_section("live", language), label_section("live", "en")
    assert words.keys() == english.keys() and (
        language == "en" or not set(words.values()) & set(english.values())
    )
    for name, text in words.items():
        places = {place for _, place, _, _ in string.Formatter().parse(text) if place}
        assert places == ({"name", "line"} if name == "waits" else set()), name
