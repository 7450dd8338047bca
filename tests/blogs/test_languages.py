"""What people write for a language, and which a text's letters speak for."""

import pytest

from hexapla.blogs.languages import guessed_language, is_language, meant


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("cn", "zh"),
        ("german", "de"),
        ("Deutsch", "de"),
        ("ru-russian", "ru"),
        ("fa_farsi", "fa"),
        ("numpy", ""),
        ("de", ""),
    ],
)
def test_a_name_of_a_language_stands_for_it(tag, language):
    assert meant(tag) == language


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh_Hant", "cn", "german", "DE"])
def test_what_is_a_language(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "x", "numpy", "de-numpy", "v2", "zz", "日本"])
def test_what_is_none(tag):
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Words.", "en"),
        ("Wörter.", "en"),
        ("词语 and code", "zh"),
        ("ことば", "ja"),
        ("단어", "ko"),
        ("", "en"),
    ],
)
def test_letters_speak_for_a_language(text, language):
    assert guessed_language(text) == language
