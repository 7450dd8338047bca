"""What scrolls is a stop of the Tab key, and what does not is none."""

import pytest

from hexapla.publish.accessible import LONG, WIDE, add_stops
from publish_trees import done


def stopped(html: str) -> str:
    return done(html, lambda _, content: add_stops(content))[0]


def block(text: str) -> str:
    return f'<div class="highlight"><pre><span></span><code>{text}</code></pre></div>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>No block.</p>",
        block("x" * WIDE),
        block("\n".join("x" * LONG) + "\n"),
        block(f'<span class="a-class-with-a-long-name">{"&lt;" * WIDE}</span>'),
        block("汉" * (WIDE // 2)),
        '<table class="highlighttable"><tbody><tr></tr></tbody></table>',
        "<pre>Written by hand, and however wide that may be, it is not ours.</pre>",
        f'<pre id="mine"><span></span><code>{"x" * 99}</code></pre>',
    ],
)
def test_what_needs_nothing_is_left_alone(html):
    assert stopped(html) == html


@pytest.mark.parametrize(
    ("html", "added"),
    [
        (block("x" * (WIDE + 1)), '<pre tabindex="0"><span>'),
        (block("short\n" + "汉" * (WIDE // 2 + 1)), '<pre tabindex="0">'),
        (block(f"<span>{'x' * WIDE}</span><span>{'x' * WIDE}</span>"), '<pre tabindex="0">'),
        (block("x\n" * (LONG + 1)), '<pre tabindex="0">'),
        ("<table><tbody></tbody></table>", '<table tabindex="0">'),
    ],
)
def test_what_scrolls_is_a_stop(html, added):
    assert added not in html and added in stopped(html)


def test_of_two_blocks_only_the_wide_one_is_a_stop():
    assert stopped(block("x") + block("x" * 99)) == block("x") + block("x" * 99).replace(
        "<pre>", '<pre tabindex="0">'
    )
