"""Each language finds its own words, by the part that a reader types."""

import pytest

from hexapla.publish.search import by_language, forms, stem, words

INDEX = {
    "config": {"lang": ["en"], "separator": " ", "pipeline": ["stopWordFilter"], "fields": {}},
    "docs": [
        {"location": "posts/a/", "title": "Loss", "text": "<p>English</p>"},
        {"location": "de/posts/a/", "title": "Verlustfunktion", "text": "<p>Eine Funktion</p>"},
        {"location": "de/posts/a/#x", "title": "Mehr", "text": "Eine Funktion"},
        {"location": "de/posts/a/", "title": "Verlustfunktion", "text": "<p>Neu</p>"},
        {"location": "deep/page/", "title": "Deep", "text": ""},
    ],
}


def test_each_language_has_its_own_pages_once():
    found = by_language(INDEX, ("en", "de"), "en")
    assert [one["location"] for one in found["en"]["docs"]] == ["posts/a/", "deep/page/"]
    assert [one["location"] for one in found["de"]["docs"]] == ["posts/a/", "posts/a/#x"]
    assert found["de"]["docs"][0]["text"] == "<p>Neu</p>"
    assert found["de"]["docs"][0]["parts"] == "funktion"
    assert found["de"]["config"]["pipeline"] == [] and found["en"]["config"]["pipeline"]


def test_what_stands_in_is_found_under_a_title_that_says_so():
    found = by_language(INDEX, ("en", "de"), "en", {"de": {"posts/a/": "English"}, "en": {}})
    assert [one["title"] for one in found["de"]["docs"]] == ["Verlustfunktion (English)", "Mehr"]
    assert found["en"]["docs"][0]["title"] == "Loss"


@pytest.mark.parametrize(
    ("language", "word", "vocabulary", "expected"),
    [
        ("en", "loss", {"loss"}, set()),
        ("hi", "टेंसर", set(), set()),
        ("en", "requires_grad", set(), {"requires", "grad"}),
        ("de", "verlustfunktion", {"funktion", "verlustfunktion"}, {"funktion"}),
        ("de", "verlustfunktionen", {"funktion"}, {"funktionen"}),
        ("de", "kostenfunktion", {"funktionen"}, {"funktion"}),
        ("de", "lernrate", {"rate", "lernen"}, {"rate"}),
        ("de", "trainingsdaten", {"daten"}, {"daten"}),
        ("de", "beraten", {"raten"}, set()),
        ("en", "verlustfunktion", {"funktion"}, set()),
        ("fr", "précision", set(), {"precision"}),
        ("hi", "ज़रूरी", set(), {"जरूरी"}),
        ("ar", "والتدرج", set(), {"تدرج", "التدرج"}),
        ("ar", "الموتر", set(), {"موتر"}),
        ("zh", "神经网络", set(), {"神经", "经网", "网络"}),
    ],
)
def test_further_forms(language, word, vocabulary, expected):
    assert set(forms(word, language, {stem(one) for one in vocabulary})) - {word} == expected


def test_words_of_every_script_stay_whole():
    assert words("हानि फलन, Straße; x_1 (الموتر)") == {"हानि", "फलन", "straße", "x_1", "الموتر"}
