"""Typefaces: a page names those that it needs, they have its characters, and a browser sets it in them."""

import io

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.publish.fonts import TYPEFACES, characters, cut, needed, style
from hexapla.storage import files

BY_FILE = {face.file: face for face in TYPEFACES}
MATH = BY_FILE["math-400.woff2"]
HAN = BY_FILE["han-400.woff2"]


def font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize(
    ("html", "languages", "families"),
    [
        ("<p>English</p>", ("en",), []),
        # The switcher names every language on every page: no reason to load all of them.
        ("<a>हिन्दी</a><a>العربية</a><a>中文</a>", ("de",), []),
        ("<p>हिन्दी</p>", ("hi",), ["Hexapla Devanagari"]),
        ("<p>मराठी</p>", ("mr-IN",), ["Hexapla Devanagari"]),
        ("<p>x</p>", ("ar",), ["Hexapla Arabic"]),
        ("<p>中</p>", ("zh",), ["Hexapla Han"]),
        ("<p>中</p>", ("zh-Hans-CN",), ["Hexapla Han"]),
        ("<p>中</p>", ("zh-TW",), []),
        ("<p>中</p>", ("ja",), []),
        ("<p>x</p>", ("en", "hi"), ["Hexapla Devanagari"]),
        ("<math><mi>x</mi></math>", ("ar",), ["Hexapla Arabic", "Hexapla Math"]),
    ],
)
def test_a_page_needs_the_typefaces_of_its_words(html, languages, families):
    assert list(dict.fromkeys(face.family for face in needed(html, languages))) == families


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


def test_a_formulas_letters_come_with_it():
    signs = characters(MATH, "<p>ignored ∮</p><math><mi>x</mi><msqrt><mn>2</mn></msqrt></math>")
    assert {ord("x"), 0x1D465, ord("√")} <= signs and ord("∮") not in signs
    assert ord("√") not in characters(MATH, "<math><mi>x</mi></math>")
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
    lines = style({HAN: "../x.woff2", MATH: "../m.woff2"}, ("zh", "en"))
    assert ':lang(zh){--md-text-font-family:"Hexapla Han",var(--md-text-font,_)' in lines
    assert ":lang(en){--md-text-font-family:var(--md-text-font,_)" in lines
    assert lines.count("preload") == 1 and "font-display:swap" in lines and "U+4E00-9FFF" in lines
    assert 'math{font-family:"Hexapla Math",math}' in lines
    assert style({}, ("en",)) == ""
    assert ":lang" not in style({MATH: "m.woff2"}, ("en",))
