"""What is done once through gives what the libraries give."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from hexapla.normalize.target.dialect import NEEDED
from hexapla.normalize.target.linear import linear


def site() -> Markdown:
    return Markdown(extensions=list(NEEDED), extension_configs=NEEDED)


THEIRS, OURS = site(), site()
linear(OURS)
PIECES = st.sampled_from([
    "```", "```py", "~~~", "a", "    b", "\tc", "> ```", "> d", "- ```", "  e", "  ```", "", "`f`", "!!! note", "    ```", "````",
])  # fmt: skip


def test_it_is_ours_that_runs():
    names = ("fenced_code_block", "fenced_raw_block")
    assert all("reassemble" in vars(OURS.preprocessors[name]) for name in names)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=16).map("\n".join))
def test_fences_are_put_back_as_superfences_does(text):
    assert OURS.reset().convert(text) == THEIRS.reset().convert(text)


@pytest.mark.parametrize("is_by_definition", [True, False])
def test_marks_of_footnotes_are_as_python_markdown_writes_them(is_by_definition):
    configs = {"footnotes": {"USE_DEFINITION_ORDER": is_by_definition}}
    theirs, ours = (Markdown(extensions=["footnotes"], extension_configs=configs) for _ in range(2))
    linear(ours)
    for text in (
        "b[^b] a[^a] b[^b] c[^c]\n\n[^a]: A\n[^b]: B[^a]\n",
        "none\n",
        "[^a][^b]\n\n[^b]: B\n\n[^a]: A\n",
    ):
        page = ours.reset().convert(text)
        assert page == theirs.reset().convert(text)
        assert ("footnote-ref" in page) == ("[^" in text)


@pytest.mark.cost
@pytest.mark.parametrize("unit", ["```\na\n```\n\n", "a[^{0}]\n\n[^{0}]: b\n\n"], ids=["fences", "footnotes"])
def test_thrice_the_blocks_cost_thrice_as_much(unit):
    def spent(count: int) -> float:
        text = "".join(unit.format(number) for number in range(count))
        started = time.process_time()
        OURS.reset().convert(text)
        return time.process_time() - started

    spent(100)
    assert spent(6_000) < 4.5 * spent(2_000) + 0.2
