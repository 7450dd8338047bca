"""Code that looks like Python and is no block of it: found at its row, whatever holds it, and nothing else is."""

import pytest

from hexapla.model.block import blocks
from hexapla.programs.unfenced import unfenced

NOTHING = {
    "prose": "Some text.\n\n    x = 1\n",
    "a block of Python": "```python\n>>> 1\n1\n```\n",
    "a session in a fence that names a language": "```text\n>>> 1\n1\n```\n",
    "a fence in a fence": "````markdown\n.. code-block:: python\n\n:::{code-cell}\n````\n",
    "a quote in a quote in a quote": ">>> He said that it rains.\n>>> Regen\n>>> वर्षा\n",
    "a directive with other code": ".. code-block:: bash\n\n   ls\n\n:::{code-cell} julia\n:::\n",
    "another directive": ":::{note}\n>> a\n:::\n\n.. note:: python\n",
    "a container of another tool's": "::: code-group\n:::\n",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_is_a_block_or_no_python_is_left_alone(text):
    assert [*unfenced(text, blocks(text))] == []


FOUND = {
    "indented prompts, once a paragraph": ("Text.\n\n    >>> 1\n    1\n    >>> 2\n\n    >>> 3\n", [2, 6]),
    "prompts at the margin": ("Text\n\n>>> len('ab')\n2\n", [2]),
    "a fence without a language": ("```\n>>> 1\n1\n```\n", [0]),
    "directives of Sphinx": (".. code-block:: python\n\n   x\n\n.. testcode:: a\n\n   x\n", [0, 4]),
    "directives between colons": (
        ":::{code-cell} python\nx\n:::\n\n  ::::{jupyter-execute}\n  x\n  ::::\n",
        [0, 4],
    ),
    "reStructuredText in MyST": ("```{eval-rst}\n.. jupyter-execute::\n\n   x\n```\n", [1]),
}


@pytest.mark.parametrize(("text", "rows"), FOUND.values(), ids=FOUND)
def test_code_that_nothing_reads_is_found(text, rows):
    assert [place.row for place in unfenced(text, blocks(text))] == rows


def test_a_typed_output_is_no_code_of_its_own():
    text = "```python\nprint('>>> 1')\n```\n\n```\n>>> 1\n```\n"
    assert [place.row for place in unfenced(text, blocks(text))] == [4]
    assert [*unfenced(text, blocks(text), [1])] == []
