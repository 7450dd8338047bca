"""What is added to a built page for readers who hear it or use keys, and what is left alone."""

import pytest

from hexapla.publish.accessible import LONG, WIDE, completed

SEARCH = (
    '<div class="md-search" data-md-component="search" role="dialog">\n'
    '<input type="text" class="md-search__input" name="query" aria-label="Suche" placeholder="Suche">'
)
SECTION = (
    '<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_3_label" aria-expanded="true">\n'
    '  <label class="md-nav__title" for="__nav_3">'
)
VERSION = '<a href="../hi/" hreflang="hi" class="md-select__link">'


def block(text: str) -> str:
    return f'<div class="highlight"><pre><span></span><code>{text}</code></pre></div>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>No theme's page.</p>",
        block("x" * WIDE),
        block("\n".join("x" * LONG) + "\n"),
        block(f'<span class="a-class-with-a-long-name">{"&lt;" * WIDE}</span>'),
        block("汉" * (WIDE // 2)),
        '<table class="highlighttable"><tr></tr></table>',
        "<pre>Written by hand, and however wide that may be, it is not ours.</pre>",
        '<a href="x" hreflang="hi">',
        '<nav class="md-nav" aria-label="Navigation" data-md-level="0">',
    ],
)
def test_what_needs_nothing_is_left_alone(html):
    assert completed(html) == html


@pytest.mark.parametrize(
    ("html", "added"),
    [
        (SEARCH, 'role="dialog" aria-label="Suche">'),
        (SECTION, 'aria-labelledby="__nav_3_title"'),
        (SECTION, '<label class="md-nav__title" id="__nav_3_title" for="__nav_3">'),
        (VERSION, 'hreflang="hi" lang="hi" class'),
        (f'<html lang="de">{VERSION}', 'hreflang="hi" lang="hi" class'),
        (f'<html lang="hi" dir="ltr">{VERSION}', 'lang="hi" aria-current="true" class'),
        (block("x" * (WIDE + 1)), '<pre tabindex="0"><span>'),
        (block("short\n" + "汉" * (WIDE // 2 + 1)), '<pre tabindex="0">'),
        (block("x\n" * (LONG + 1)), '<pre tabindex="0">'),
        ("<table>", '<table tabindex="0">'),
        ("<head></head>", 'setAttribute("role", "none")'),
    ],
)
def test_what_the_theme_leaves_out_is_added(html, added):
    assert added not in html and added in completed(html)


def test_of_two_blocks_only_the_wide_one_is_a_stop():
    assert completed(block("x") + block("x" * 99)) == block("x") + block("x" * 99).replace(
        "<pre>", '<pre tabindex="0">'
    )
