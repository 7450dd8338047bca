"""Formulas become MathML, or stay as they are."""

import pytest

from hexapla.publish.mathml import with_mathml


@pytest.mark.parametrize(
    "html",
    [
        "<p>No formula, 5 $ and 6 $.</p>",
        r"<p>\(x\) without the extension's mark</p>",
        '<pre><code>class="arithmatex"</code></pre>',
    ],
)
def test_what_is_no_formula_stays(html):
    assert with_mathml(html).html == html
    assert not with_mathml(html).left


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (r"x^2", ["<msup>", "<mn>2</mn>"]),
        (r"\frac{\partial y}{\partial v}", ["<mfrac>"]),
        (r"a &lt; b", ["<mo>&#x0003C;</mo>"]),
        (r"\sum_i u_i \cdot \eta", ["<msub>", "</math>"]),
        (r"0{,}5", ["<mn>0</mn>"]),
    ],
)
def test_formulas_become_mathml(source, parts):
    done = with_mathml(rf'<p><span class="arithmatex">\({source}\)</span> and more</p>')
    assert not done.left
    assert '<span class="arithmatex" dir="ltr"><math' in done.html and done.html.endswith(
        "</span> and more</p>"
    )
    assert "\\" not in done.html and all(part in done.html for part in parts)


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
    html = with_mathml(rf'<span class="arithmatex">\({source}\)</span>').html
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
    html = with_mathml(rf'<span class="arithmatex">\({source}\)</span>').html
    assert html.count('<mo lspace="0" rspace="0">') == braced


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("so {} is", ""),
        ("{}", ""),
        ("是 {} 的", ""),
        ("<b>{}</b>", ""),
        ("so {}, and", "{},"),
        ("({}).", "({})."),
        ("自己发现 {}：", "{}："),
        ("تكتشف {}؛", "{}؛"),
        ("« {} »", ""),
    ],
)
def test_a_line_does_not_begin_with_the_punctuation_after_a_formula(text, glued):
    shown = with_mathml(text.format(r'<span class="arithmatex">\(x\)</span>')).html
    formula = shown[
        shown.index('<span class="arithmatex"') : shown.index("</math></span>") + len("</math></span>")
    ]
    expected = f'<span class="hexapla-glued">{glued.format(formula)}</span>' if glued else formula
    assert shown == text.replace(glued or "{}", "{}", 1).format(expected)


def test_a_formula_of_its_own_is_a_block():
    html = '<div class="arithmatex">\\[\nx\n\\]</div>'
    assert 'display="block"' in with_mathml(html).html


@pytest.mark.parametrize(
    "source", [r"\frobnicate{x}", r"\frac{1", r"a & b", r"\begin{tikzpicture}x\end{tikzpicture}"]
)
def test_what_cannot_be_converted_stays_and_is_named(source):
    html = rf'<span class="arithmatex">\({source}\)</span>'
    done = with_mathml(html)
    assert done.html == html
    assert done.left == (source,)


def test_a_formula_whose_delimiters_are_entities():
    converted = with_mathml('<td><span class="arithmatex">&#92;(&#124;U&#124;&#95;F&#92;)</span></td>')
    assert not converted.left
    assert "<math" in converted.html
