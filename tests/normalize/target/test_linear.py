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


@pytest.mark.cost
def test_thrice_the_fences_cost_thrice_as_much():
    def spent(count: int) -> float:
        started = time.process_time()
        OURS.reset().convert("```\na\n```\n\n" * count)
        return time.process_time() - started

    spent(100)
    assert spent(9_000) < 4.5 * spent(3_000) + 0.2
