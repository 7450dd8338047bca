"""The oracle reads what the site reads, though it colours nothing."""

import pytest

from hexapla.normalize.target.dialect import NEEDED, Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

PLAIN = Dialect(extensions=tuple(NEEDED), configs={**NEEDED, "pymdownx.highlight": {"use_pygments": False}})
CODE = (("code", "js", "x"),)


@pytest.mark.parametrize(
    "words", ['title="a b.js"', 'hl_lines="1"', 'linenums="3"', 'title="a" hl_lines="1 2"']
)
def test_what_stands_behind_a_language_is_read_where_the_site_colours_code(words):
    fence = f"```js {words}\nx\n```"
    assert skeleton(renderer(Dialect()).html(fence)) == CODE
    inside = skeleton(renderer(Dialect()).html(f"!!! note\n\n    {fence.replace(chr(10), chr(10) + '    ')}"))
    assert inside == (("alert", ("note",), *CODE),)


def test_what_the_site_would_not_read_is_not_read():
    assert skeleton(renderer(PLAIN).html('```js title="a.js"\nx\n```')) != CODE
    assert skeleton(renderer(Dialect()).html("```js other=x\nx\n```")) != CODE
