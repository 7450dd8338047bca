"""Blocks that are folded in a page's HTML."""

import pytest

from hexapla.publish.folding import fold
from publish_trees import done

BLOCK = '<div class="language-python hide-input highlight"><pre><code>&lt;div&gt;</code></pre></div>'
FOLD = f'<details class="hexapla-fold code-fold"><summary>C&amp;C</summary>{BLOCK}</details>'


@pytest.mark.parametrize(
    ("html", "folded"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ('<div class="language-python highlight">x</div>', '<div class="language-python highlight">x</div>'),
        ('<div class="no-hide-input-at-all">x</div>', '<div class="no-hide-input-at-all">x</div>'),
        (
            '<div class="hide-input">never closed',
            '<details class="hexapla-fold code-fold"><summary>C&amp;C</summary>'
            '<div class="hide-input">never closed</div></details>',
        ),
        (BLOCK, FOLD),
        (f"<ul><li>{BLOCK}</li></ul><div>{BLOCK}</div>", f"<ul><li>{FOLD}</li></ul><div>{FOLD}</div>"),
        (
            '<div class="hide-input highlight"><table><tbody><tr><td><div class="linenodiv">1</div></td></tr></tbody></table></div>after',
            '<details class="hexapla-fold code-fold"><summary>C&amp;C</summary><div class="hide-input highlight">'
            '<table><tbody><tr><td><div class="linenodiv">1</div></td></tr></tbody></table></div></details>after',
        ),
    ],
)
def test_a_hidden_block_is_folded_and_nothing_else(html, folded):
    assert done(html, lambda tree, content: fold(tree, content, "C&C"))[0] == folded
