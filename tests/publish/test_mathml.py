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
