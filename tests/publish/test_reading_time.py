"""How long an article takes to read."""

import pytest

from hexapla.publish.content import parse_fragment
from hexapla.publish.reading_time import LINES, SIGNS, WORDS, minutes, tell_time

CODE = "<pre><code>" + "x = 1\n" * (3 * LINES) + "</code></pre>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", 1),
        (f"<p>{'word ' * WORDS * 4}</p>", 4),
        # What is inside of a paragraph is read as well, and once.
        (f"<ul><li><p><em>{'word ' * WORDS * 4}</em></p></li></ul>", 4),
        (f"<p>{'张' * SIGNS * 2}。</p>", 2),
        (f"<p>{'学习 PyTorch ' * (SIGNS // 2)}</p>", 1 + round(SIGNS / 2 / WORDS)),
        (f"<p>{'ก' * SIGNS * 2}</p>", 2),
        (f"<p>{'हर शब्द ' * WORDS}</p>", 2),
        (CODE, 3),
        # Nobody reads what is printed word by word.
        (f'<div class="text output highlight">{CODE}</div>', 1),
    ],
)
def test_words_signs_and_lines_take_their_time(html, expected):
    assert minutes(parse_fragment(html)[1]) == expected


@pytest.mark.parametrize(
    ("html", "language", "expected"),
    [
        ('<h1>A</h1><p class="hexapla-facts"><time>May</time> <a>x</a></p>', "en", '<time>May</time><span class="hexapla-time">1 minute</span> <a>x</a></p>'),
        ('<h1>A</h1><p class="hexapla-facts"><a>x</a></p>', "de", '<p class="hexapla-facts"><span class="hexapla-time">1 Minute</span><a>x</a></p>'),
        ("<h1>A</h1><p>Text.</p>", "zh", '</h1><p class="hexapla-facts" data-search-exclude=""><span class="hexapla-time">1分钟</span></p><p>Text.</p>'),
        # Where the theme writes the title.
        ('<p class="hexapla-facts"><time>May</time></p>', "en", '<p class="hexapla-facts"><time>May</time><span class="hexapla-time">1 minute</span></p>'),
        ("<p>Text.</p><p>More.</p>", "en", '<p class="hexapla-facts" data-search-exclude=""><span class="hexapla-time">1 minute</span></p><p>Text.</p><p>More.</p>'),
        ("", "en", ""),
    ],
)  # fmt: skip
def test_it_stands_beside_the_date(html, language, expected):
    tree, content = parse_fragment(html)
    tell_time(tree, content, language)
    assert content.inner_html.endswith(expected)
