"""The blanks in a formula are those that TeX sets."""

import pytest

from hexapla.publish.mathml import set_formulas
from publish_trees import done


def converted(source: str) -> str:
    return done(rf'<span class="arithmatex">\({source}\)</span>', set_formulas)[0]


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        ("a - b", 0),
        ("-3", 0),
        ("|x| - 1", 0),
        ("f(x) - 1", 0),
        ("x! + 1", 0),
        (r"\frac{1}{2} - 3", 0),
        ("(5, -3)", 1),
        ("x = -1", 1),
        (r"\{-1, +1\}", 2),
        (r"a \cdot -b", 1),
        (r"x \ge -1", 1),
        (r"x \to -\infty", 1),
    ],
)
def test_a_sign_is_no_difference(source, signs):
    html = converted(source)
    assert html.count('<mo form="prefix">') == signs


@pytest.mark.parametrize(
    ("source", "braced"),
    [
        ("f(0,5)", 0),
        ("a = b", 0),
        (r"\frac{a + b}{2}", 0),
        ("0{,}5", 1),
        ("0{,}1^2", 1),
        ("1{.}000{,}5", 2),
        ("a{=}b", 1),
    ],
)
def test_a_sign_in_braces_has_no_blanks_around_it(source, braced):
    html = converted(source)
    assert html.count('<mo lspace="0" rspace="0">') == braced


@pytest.mark.parametrize(
    ("source", "blanks"),
    [
        ("a b", 0),
        (r"\sin(2x)", 0),
        (r"-\log(p)", 0),
        (r"\operatorname{softmax}(x)", 0),
        (r"\frac{a}{b}", 0),
        (r"\sin 2x", 1),
        (r"\sin^2 x", 1),
        (r"\max_i x_i", 1),
        (r"-\log\frac{a}{b}", 1),
        (r"2\sin x", 2),
        (r"\log\sin x", 2),
    ],
)
def test_a_name_stands_apart_from_what_it_is_applied_to(source, blanks):
    html = converted(source)
    assert html.count('<mspace width="0.1667em">') == blanks


@pytest.mark.parametrize("source", [r"\operatorname{softmax}(x)", r"\max(x)"])
def test_a_name_has_no_blanks_of_its_own(source):
    html = converted(source)
    assert '<mo lspace="0" rspace="0">' in html or "<mi>max</mi>" in html
