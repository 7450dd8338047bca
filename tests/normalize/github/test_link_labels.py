"""Link labels: where the text of a link ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hexapla.normalize.github.link_labels import link_labels
from hexapla.normalize.github.parser import read_as_github

_PLAIN, _OURS = MarkdownIt("commonmark"), MarkdownIt("commonmark").use(link_labels)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.text(alphabet="[]()!`a\\<> \n", max_size=16))
def test_without_notes_it_ends_where_markdown_it_ends_it(text):
    assert _OURS.render(text) == _PLAIN.render(text)


@pytest.mark.parametrize("text", ["[a[^1] b](c)", "[a [^1]](c)", "[*a*[^1]][d]\n\n[d]: c"])
def test_the_text_of_a_link_may_refer_to_a_note(text):
    (paragraph, *_) = read_as_github(f"{text}\n\n[^1]: x").units
    assert any(
        mark[0] == "a c "
        for mark, piece in zip(paragraph[1::2], paragraph[2::2], strict=True)
        if "\0note" in piece
    )


def test_and_no_link():
    (paragraph,) = read_as_github("[a [b](c) d](e)").units
    assert not any("a e " in mark for mark in paragraph[1::2])
