"""Typefaces: a page names those that it needs, they have its characters, and a browser sets it in them."""

import io

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.publish.content import parse_fragment
from hexapla.publish.fonts import (
    TYPEFACES,
    characters,
    cut,
    name,
    needed,
    of_formulas,
    preloaded,
    style,
)
from hexapla.storage import files

BY_FILE = {face.file: face for face in TYPEFACES}
HAN = BY_FILE["han-400.woff2"]


def font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize(
    ("languages", "formulas", "families"),
    [
        (("en",), False, []),
        (("de",), False, []),
        (("hi",), False, ["Hexapla Devanagari"]),
        (("mr-IN",), False, ["Hexapla Devanagari"]),
        (("ar",), False, ["Hexapla Arabic"]),
        (("zh",), False, ["Hexapla Han"]),
        (("zh-Hans-CN",), False, ["Hexapla Han"]),
        (("zh-TW",), False, []),
        (("ja",), False, []),
        (("en", "hi"), False, ["Hexapla Devanagari"]),
        (("ar",), True, ["Hexapla Arabic", "Hexapla Math"]),
    ],
)
def test_a_page_needs_the_typefaces_of_its_words(languages, formulas, families):
    faces = needed(languages, formulas=formulas)
    assert list(dict.fromkeys(face.family for face in faces)) == families


@pytest.mark.parametrize("face", TYPEFACES, ids=lambda face: face.file)
def test_a_typeface_is_what_it_says(face):
    whole = font(files.data(f"fonts/{face.file}"))
    assert {name.toUnicode() for name in whole["name"].names if name.nameID == 1} == {face.family}
    assert whole["OS/2"].usWeightClass == face.weight
    assert ("MATH" in whole) == (not face.ranges)
    # Not one sign outside of what the style gives it.
    signs = set(whole.getBestCmap())
    assert not face.ranges or all(any(a <= sign <= b for a, b in face.ranges) for sign in signs)


@pytest.mark.parametrize(
    ("face", "text"),
    [
        ("devanagari-400.woff2", "ज़रूरी क्षेत्र ज्ञान श्रृंखला।"),
        ("arabic-700.woff2", "الموتر والتدرج؟ پچگ"),
        ("han-400.woff2", "张量，梯度下降；交叉熵。“引号”——省略……"),
        ("math-400.woff2", "√∑∫∂∇≤≥∞αβθ𝑥𝐱ℝ"),
    ],
)
def test_a_typeface_has_the_signs_of_its_script(face, text):
    signs = set(font(files.data(f"fonts/{face}")).getBestCmap())
    assert {sign for sign in text if ord(sign) not in signs} <= {" "}


def signs_of(html: str) -> frozenset[int]:
    return of_formulas(parse_fragment(html)[1])


def test_a_formulas_letters_come_with_it():
    signs = signs_of("<p>ignored ∮</p><math><mi>x</mi><msqrt><mn>2</mn></msqrt></math>")
    assert {ord("x"), 0x1D465, ord("√")} <= signs and ord("∮") not in signs
    assert ord("√") not in signs_of("<math><mi>x</mi></math>")
    assert signs_of("<p>none</p>") == frozenset()
    small = font(cut(files.data("fonts/math-400.woff2"), signs))
    assert "MATH" in small and small["maxp"].numGlyphs < 1000
    # The radical sign grows with what is below it: its variants are in.
    assert small["MATH"].table.MathVariants.VertGlyphCoverage.glyphs


@settings(max_examples=5, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0), min_size=1, max_size=40))
def test_a_cut_typeface_has_what_was_asked_for_and_is_the_same_each_time(text):
    whole = files.data("fonts/han-400.woff2")
    signs = characters(HAN, f"<p>{text} Latin</p>")
    small = cut(whole, signs)
    assert set(font(small).getBestCmap() or ()) == signs & set(font(whole).getBestCmap())
    assert small == cut(whole, sorted(signs, reverse=True))


def test_the_style_puts_the_typeface_before_the_themes_in_its_language_only():
    lines = style(("zh", "en"), formulas=True)
    assert ':lang(zh){--md-text-font-family:"Hexapla Han",var(--md-text-font,_)' in lines
    assert ":lang(en){--md-text-font-family:var(--md-text-font,_)" in lines
    assert "font-display:swap" in lines and "U+4E00-9FFF" in lines
    assert 'src:url("han-400.woff2")' in lines and 'math{font-family:"Hexapla Math",math}' in lines
    assert style(("en",), formulas=False) == ""
    assert ":lang" not in style(("en",), formulas=True)


def test_what_a_text_is_set_in_comes_at_once_bold_and_formulas_when_they_are_met():
    assert preloaded(needed(("hi", "en"), formulas=True)) == ("devanagari-400.woff2",)


@pytest.mark.parametrize(
    ("languages", "formulas", "file"),
    [
        (("hi",), False, "hi.css"),
        (("hi", "en"), True, "hi.en.math.css"),
        (("en",), True, "math.css"),
        (("de",), True, "math.css"),
    ],
)
def test_style_sheets_that_are_the_same_have_one_name(languages, formulas, file):
    assert name(languages, formulas=formulas) == file
