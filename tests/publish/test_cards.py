"""Cards: a title in its script, whole, or no card."""

import io

import pytest
from PIL import Image, features

from hexapla.publish.cards import SIZE, _broken, _fonts, _pieces, _runs, card, faces
from hexapla.storage import files

SHAPED = features.check("raqm") and features.check("fribidi")


def faces_of(language):
    return faces(language, lambda file: files.data(f"fonts/{file}"))


def drawn(title, language, site="A site"):
    data = card(title, language, site=site, faces=faces_of(language))
    return Image.open(io.BytesIO(data)).convert("RGB") if data else None


@pytest.mark.parametrize(
    ("title", "language", "bar"),
    [
        ("What torch.nn.Parameter is", "en", "left"),
        ("Qu’est-ce que c’est ?", "fr", "left"),
        ("Größe zählt: ß, é, ñ", "de", "left"),
        ("Что такое torch", "ru", "left"),
        ("torch.nn.Parameter क्या है", "hi", "left"),
        ("ما هو torch.nn.Parameter؟", "ar", "right"),
        ("广播：形状不同，照样能相加", "zh", "left"),
    ],
)
def test_a_title_is_drawn_in_its_script_and_from_its_side(title, language, bar):
    if language in ("hi", "ar") and not SHAPED:
        pytest.skip("This machine cannot shape the script.")
    picture = drawn(title, language)
    assert picture.size == SIZE
    sides = {"left": picture.getpixel((75, 300)), "right": picture.getpixel((1125, 300))}
    assert [side for side, colour in sides.items() if colour[0] < 200] == [bar]
    # Something dark stands in the panel, and nothing leaves it.
    dark = [(x, y) for x in range(0, 1200, 3) for y in range(0, 630, 3) if max(picture.getpixel((x, y))) < 70]
    assert len(dark) > 200
    assert all(88 < x < 1112 and 70 < y < 470 for x, y in dark)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("", "en"),
        ("  ", "en"),
        ("日本語", "ja"),
        ("हिन्दी", "en"),
        ("a \U0001f600", "en"),
    ],
)
def test_a_title_that_cannot_be_written_has_no_card(title, language):
    assert drawn(title, language) is None


def test_arabic_without_what_joins_its_letters_has_no_card(monkeypatch):
    monkeypatch.setattr(features, "check", lambda name: False)
    assert drawn("ما هو", "ar") is None
    assert drawn("Title", "en") is not None and drawn("广播", "zh") is not None


def test_a_card_is_small_and_the_same_each_time():
    first, second = (card("A title", "en", site="S", faces=faces_of("en")) for _ in range(2))
    assert first == second and len(first) < 40_000


def test_a_long_title_is_broken_between_words_and_made_smaller():
    at = _fonts(faces_of("en"), 60)
    lines = ["".join(text for text, _ in line) for line in _broken("many words " * 8, at, 900, False)]
    assert len(lines) > 1 and " ".join(lines) == ("many words " * 8).strip()
    assert drawn("many words " * 40, "en") is not None


def test_chinese_is_broken_between_characters_and_not_before_a_comma():
    assert list(_pieces("广播，torch 张量")) == ["广", "播，", "torch ", "张", "量"]


def test_latin_words_stay_in_order_within_arabic():
    at = _fonts(faces_of("ar"), 60)
    runs = _runs("ما هو torch.nn (a b)؟", at, True)
    assert "torch.nn (a b)" in [text for text, _ in runs]
    assert "".join(text for text, _ in runs) == "ما هو torch.nn (a b)؟"
