"""Tabs on a site that reads none: nothing of them is lost, code least of all."""

import pytest

from examples import post
from hexapla.model.block import blocks
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import NEEDED, Dialect

WITH_TABS = Dialect(extensions=(*NEEDED, "pymdownx.tabbed"), configs=NEEDED)
WRITTEN = {
    "code right below": ('=== "C++"\n    ```cpp\n    x\n\n      y\n    ```\nb\n', "**C++**\n\n```cpp\nx\n\n  y\n```\n\nb\n"),
    "two, below a text": ('a\n=== "हाँ"\n\n    b\n\n=== "否"\n\n    c', "a\n\n**हाँ**\n\nb\n\n**否**\n\nc\n"),
    "one in the other": ('=== "A"\n\n    === "B"\n        b\n\n    c\n', "**A**\n\n**B**\n\nb\n\nc\n"),
    "in an item": ('1. a\n\n    === "B"\n        b\n', "1. a\n\n    **B**\n\n    b\n"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "written"), WRITTEN.values(), ids=WRITTEN)
def test_a_tab_is_its_label_over_what_it_holds(body, written):
    given = post(body, title="T")
    normalized = normalize(given, Dialect())
    assert normalized.post.body == written
    assert verify(given, normalized, Dialect()) == ()
    assert {problem.line for problem in normalized.problems if "`pymdownx.tabbed" in problem.hint} != set()


@pytest.mark.parametrize(
    ("body", "site"),
    [
        (WRITTEN["code right below"][0], WITH_TABS),
        ('```\n=== "A"\n    b\n```\n', Dialect()),
        ('=== "A"\n\nb\n', Dialect()),
    ],
)
def test_what_the_site_reads_code_and_a_line_alone_stay(body, site):
    normalized = normalize(post(body, title="T"), site)
    assert [block.code for block in blocks(normalized.post.body)] == [block.code for block in blocks(body)]
    assert "**" not in normalized.post.body
