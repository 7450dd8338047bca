"""Reading fences and splicing edits."""

import time

import pytest

from hexapla.model.block import Edit, blocks, fence_for, splice

SECONDS = 1
"""Of CPU, where copying what is left for each block would take two."""
CASES = {
    "an indented mark inside": (
        "```md\n- a\n      ```js\n      x\n      ```\n```\n",
        ["- a\n      ```js\n      x\n      ```\n"],
    ),
    "a closing mark three columns in": ("```py\nx\n   ```\n", ["x\n"]),
    "plain": ("```python\nx\n```\n", ["x\n"]),
    "in a list": ("- a\n\n    ```python\n    x\n      y\n\n    z\n    ```\n", ["x\n  y\n\nz\n"]),
    "in a quote": ("> ```\n> x\n>\n> y\n> ```\n", ["x\n\ny\n"]),
    "in a quote that is written otherwise": (">  ```\n> x\n>y\n>   ```\n", ["x\ny\n"]),
    "in a quote that ends before it": ("> ```\n> x\ny\n", ["x\n"]),
    "in a quote that ends at an empty line": ("> ```\n> x\n\n> y\n", ["x\n"]),
    "with less indentation than its fence": ("    ```\n  x\n     y\n    ```\n", ["x\n y\n"]),
    "with a mark that cannot open one": ("``` a`b\n```\nx\n```\n", ["x\n"]),
    "longer outside": ("````\n```\nx\n```\n````\n", ["```\nx\n```\n"]),
    "tildes": ("~~~\n```\n~~~\n", ["```\n"]),
    "open at the end": ("```\nx", ["x"]),
    "two": ("```\na\n```\n\n```\nb\n```\n", ["a\n", "b\n"]),
    "none": ("`x` and ``y``\n", []),
}


@pytest.mark.parametrize(("text", "codes"), CASES.values(), ids=CASES)
def test_the_code_of_a_fence(text, codes):
    read = blocks(text)
    assert [block.code for block in read] == codes
    assert splice(text, [Edit(start=b.start, end=b.end, text=text[b.start : b.end]) for b in read]) == text


def test_edits_may_stand_side_by_side():
    edits = [Edit(start=1, end=2, text="B"), Edit(start=0, end=1, text="A"), Edit(start=2, end=2, text="+")]
    assert splice("abc", edits) == "AB+c"


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Edit(start=0, end=2, text=""), Edit(start=1, end=3, text="")])


def test_a_fence_is_longer_than_any_run_inside():
    assert fence_for("a ```` b") == "`````"


def test_a_last_fence_without_a_line_end_is_one_block():
    (block,) = blocks("```python\n1\n```")
    assert block.closed and block.code == "1\n"


def test_a_form_feed_ends_no_line():
    read = blocks("a\f```\n```python\nx\fy\n```\n\f")
    assert [(block.line, block.code) for block in read] == [(1, "x\fy\n")]


def test_many_blocks_are_read_in_time_that_grows_with_their_number():
    text = "# a\n```\n```\n" * 16_000
    start = time.process_time()
    assert len(blocks(text)) == 16_000
    assert time.process_time() - start < SECONDS
