"""The prose between headings, and what a heading is called."""

import time

import pytest

from hexapla.model.block import blocks
from hexapla.translations.sections import sections

SECONDS = 2
"""Of CPU, where looking at all blocks for each heading takes ten."""

TITLES = {
    "words": ("Two words", "Two words"),
    "closing marks": ("Two ##", "Two"),
    "attributes": ("Two {#two .a}", "Two"),
    "braces that are none": ("Two {a}}", "Two {a}}"),
    "braces in the middle": ("Two {a} b", "Two {a} b"),
    "a code": ("The `x` of `y`", "The x of y"),
    "bold words": ("The **best** one", "The best one"),
    "a link": ("See [here](a.md) now", "See here now"),
    "a link by its name": ("See [here][a] now", "See here now"),
    "a picture": ("![a cat](cat.png) sits", "a cat sits"),
    "a link in bold": ("**[here](a.md)**", "here"),
    "code in a link": ("[the `x`](a.md)", "the `x`"),
    "brackets alone": ("x[0] is first", "x[0] is first"),
    "a bracket that stays open": ("x[0 is", "x[0 is"),
    "a link that stays open": ("a [b](c", "a [b](c"),
    "a tag": ("The <b>best</b> one", "The best one"),
    "a tag that stays open": ("a <b c", "a <b c"),
    "less than": ("a < b", "a < b"),
}


@pytest.mark.parametrize(("heading", "title"), TITLES.values(), ids=TITLES)
def test_a_title_is_told_by_its_words(heading, title):
    assert [section.title for section in sections(f"## {heading}\n\nText.\n")] == [title]


SECTIONS = {
    "nothing": ("", []),
    "blank lines": ("\n\n", []),
    "prose alone": ("a\n", [("", 0, ())]),
    "nothing above the first": ("# A\n\na\n", [("A", 1, ())]),
    "a heading without text": ("# A\n## B\nb\n", [("A", 1, ()), ("B", 2, ())]),
    "a heading in a fence": ("# A\n\n```sh\n# B\n```\n", [("A", 1, (0,))]),
    "a fence alone": ("```sh\nls\n```\n", [("", 0, (0,))]),
    "no heading without a blank": ("#A\n", [("", 0, ())]),
    "seven marks": ("####### A\n", [("", 0, ())]),
}


@pytest.mark.parametrize(("body", "wanted"), SECTIONS.values(), ids=SECTIONS)
def test_what_stands_below_each_heading(body, wanted):
    assert [(one.title, one.level, one.blocks) for one in sections(body)] == wanted


def test_many_headings_and_blocks_are_read_in_time_that_grows_with_their_number():
    body = "# a\n```\n```\n" * 16_000
    blocks(body)
    start = time.process_time()
    assert [one.blocks for one in sections(body)][-1] == (15_999,)
    assert time.process_time() - start < SECONDS
