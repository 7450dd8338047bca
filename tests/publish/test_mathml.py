"""Formulas become MathML, or stay as they are."""

import pytest

from hexapla.publish.mathml import set_formulas
from publish_trees import done


def converted(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML with MathML, and the formulas that stayed."""
    return done(html, set_formulas)


@pytest.mark.parametrize(
    "html",
    [
        "<p>No formula, 5 $ and 6 $.</p>",
        r"<p>\(x\) without the extension's mark</p>",
        '<pre><code>class="arithmatex"</code></pre>',
        r'<span class="arithmatex" id="mine">\(x\)</span>',
        '<span class="arithmatex">x</span>',
    ],
)
def test_what_is_no_formula_stays(html):
    assert converted(html) == (html, ())


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (r"x^2", ["<msup>", "<mn>2</mn>"]),
        (r"\frac{\partial y}{\partial v}", ["<mfrac>"]),
        (r"a &lt; b", ["<mo>&lt;</mo>"]),
        (r"\sum_i u_i \cdot \eta", ["<msub>", "</math>"]),
        (r"0{,}5", ["<mn>0</mn>"]),
    ],
)
def test_formulas_become_mathml(source, parts):
    html, left = converted(rf'<p><span class="arithmatex">\({source}\)</span> and more</p>')
    assert not left
    assert '<span class="arithmatex" dir="ltr"><math' in html and html.endswith("</span> and more</p>")
    assert "\\" not in html and all(part in html for part in parts)


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
        ("so {}&quot;", '{}"'),
        ("1 &lt; {} &lt; 2", ""),
        ("1 &lt;{}&lt; 2", ""),
        ("<em>({}</em>)", "({}"),
    ],
)
def test_a_line_does_not_begin_with_the_punctuation_after_a_formula(text, glued):
    shown, _ = converted(text.format(r'<span class="arithmatex">\(x\)</span>'))
    formula = shown[
        shown.index('<span class="arithmatex"') : shown.index("</math></span>") + len("</math></span>")
    ]
    expected = f'<span class="hexapla-glued">{glued.format(formula)}</span>' if glued else formula
    assert shown == text.replace("&quot;", '"').replace(glued or "{}", "{}", 1).format(expected)


@pytest.mark.parametrize(
    "source",
    [r"\href{javascript:alert(1)}{x}", r"\href{/a}{x}", r"\class{a}{x}", r"\style{position:fixed}{x}"],
)
def test_a_formula_leads_nowhere_and_stays_in_its_place(source):
    html, left = converted(rf'<p><span class="arithmatex">\({source}\)</span></p>')
    assert not left and "<mi>x</mi>" in html
    assert not any(f"{name}=" in html.split("<math")[1] for name in ("href", "class", "style"))


def test_a_formula_of_its_own_is_a_block():
    html = '<div class="arithmatex">\\[\nx\n\\]</div>'
    assert 'display="block"' in converted(html)[0]


@pytest.mark.parametrize(
    "source", [r"\frobnicate{x}", r"\frac{1", r"a & b", r"\begin{tikzpicture}x\end{tikzpicture}"]
)
def test_what_cannot_be_converted_stays_and_is_named(source):
    html = rf'<span class="arithmatex">\({source}\)</span>'
    assert converted(html) == (html.replace(" & ", " &amp; "), (source,))


def test_a_formula_whose_delimiters_are_entities():
    html, left = converted('<p><span class="arithmatex">&#92;(&#124;U&#124;&#95;F&#92;)</span></p>')
    assert not left and "<math" in html


def spaced(source: str) -> str:
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
    html = spaced(source)
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
    html = spaced(source)
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
    html = spaced(source)
    assert html.count('<mspace width="0.1667em">') == blanks


@pytest.mark.parametrize("source", [r"\operatorname{softmax}(x)", r"\max(x)"])
def test_a_name_has_no_blanks_of_its_own(source):
    html = spaced(source)
    assert '<mo lspace="0" rspace="0">' in html or "<mi>max</mi>" in html
