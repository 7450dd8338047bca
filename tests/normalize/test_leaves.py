"""Spellings of an inline text: each says the same to GitHub, and even the longest is written in linear time."""

import time

import pytest
from markdown_it import MarkdownIt

from hexapla.normalize.leaves import as_written, inert, spellings

SECONDS = 2


def inline(text: str):
    """Return the token of a paragraph's text."""
    return MarkdownIt().parse(text)[1]


def shown(text: str) -> str:
    """Return the HTML that a paragraph shows."""
    return MarkdownIt().render(text).replace("&quot;", '"')


TEXTS = {
    "words": "Just words.",
    "marks": "a *b* **c** ***d*** and `e`",
    "marks in one another": "**a *b* c**",
    "marks of Markdown that are none": "2 * 3 * 4, a_b_c, [x], <y, `z",
    "a link with a title": '[a](b.md "c")',
    "code with backticks": "`` a`b ``",
    "lines": "one\ntwo\nthree",
    "a rule": "one\n: - : -",
    "a broken line": "one\\\ntwo",
    "other scripts": "*हानि* und **損失** و`x`",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_spelling_shows_the_same(text):
    several = list(spellings(inline(text)))
    assert len(several) > 1
    for spelling in several:
        assert shown(spelling).replace("<br />", "<br>") == shown(text).replace("<br />", "<br>")


def test_a_bar_ends_no_cell_and_is_itself_elsewhere():
    assert as_written(inline("a|b"), "cell") == "a\\|b"
    assert as_written(inline("a|b"), "paragraph") == "a|b"


def test_in_html_marks_are_characters_and_tags_stay():
    assert inert("<b title='`x`'>*a* [b]</b>") == "<b title='&#96;x&#96;'>&#42;a&#42; &#91;b&#93;</b>"


@pytest.mark.parametrize("piece", ["a_x_b *c* ", "`a` b ", "[a](b) ", "a\n"])
def test_a_long_text_takes_time_that_grows_with_its_length(piece):
    token = inline(piece * 20_000)
    start = time.process_time()
    assert list(spellings(token))
    assert time.process_time() - start < SECONDS
