"""Fences that were lost or damaged in a translation, and those that are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.block import blocks, splice
from hexapla.translations.restore_fences import fence_repair

ENGLISH = """Intro.

```python
# Setup
import torch
x = torch.ones(2)  # two
```

Then run:

```bash
ls -l
```

```python notest
for epoch in range(3):
    print(epoch)
```

> A quote:
>
> ```python
> y = x + 1
> ```

The end.
"""
GERMAN = (
    ENGLISH.replace("Intro", "Einleitung, ganz kurz").replace("# Setup", "# Vorbereitung").replace("# two", "# zwei")
    .replace("Then run", "Danach").replace("A quote", "Ein Zitat").replace("The end", "Das Ende")
)  # fmt: skip


def repaired(text: str, original: str = ENGLISH) -> str:
    """Apply repairs until none is left."""
    for _ in range(20):
        repair = fence_repair(blocks(original), text)
        if repair is None:
            return text
        text = splice(text, repair.edits)
    raise AssertionError("the repairs did not end")


RIGHT = {
    "a clean translation": GERMAN,
    "the original itself": ENGLISH,
    "no blocks": "Nur Text.\n",
    "another program": GERMAN.replace("ones(2)", "ones(3)"),
    "a lost block": GERMAN.replace("```bash\nls -l\n```\n", ""),
    "an added statement": GERMAN.replace("print(epoch)", "print(epoch)\n    print(1)"),
    "a fence in a string": GERMAN.replace("x = torch.ones(2)  # zwei", 'x = """\n    ```\n    """'),
    "tildes": GERMAN.replace("```python\n# V", "~~~python\n# V").replace("zwei\n```", "zwei\n~~~"),
    "a comment more": GERMAN.replace("# zwei", "# zwei\n# und noch einer"),
    "prose within the quote's fence, which is not parsed": GERMAN.replace(
        "> y = x + 1", "> y gleich x plus 1"
    ),
    "code that is shown as text": GERMAN.replace(
        "Danach:", "Danach:\n\n    for epoch in range(3):\n        print(epoch)"
    ),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right_or_cannot_be_told_is_left_alone(text):
    assert fence_repair(blocks(ENGLISH), text) is None


DAMAGED = {
    "a lost closing fence": ("zwei\n```\n", "zwei\n"),
    "a lost closing fence before a plain one": ("ls -l\n```\n", "ls -l\n"),
    "a lost closing fence at the end of a quote": ("> y = x + 1\n> ```\n", "> y = x + 1\n"),
    "a glued closing fence": ("zwei\n```", "zwei```"),
    "a glued closing fence after code": ("print(epoch)\n```", "print(epoch) ```"),
    "a closing fence of quotation marks": ("zwei\n```", "zwei\n´´´"),
    "a closing fence of typographic ones": ("zwei\n```", "zwei\n’’’"),
    "a closing fence of two marks": ("zwei\n```", "zwei\n``"),
    "a lost opening fence": ("```python notest\n", ""),
    "a lost first opening fence": ("```python\n# V", "# V"),
    "a lost opening fence in a quote": ("> ```python\n", ""),
    "an opening fence of two marks": ("```python\n# V", "``python\n# V"),
    "an opening fence of quotation marks": ("```python notest\n", "’’’python notest\n"),
    "an opening fence that lost its marks": ("```python notest\n", "python\n"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_fence_is_rebuilt(before, after):
    assert GERMAN.count(before) >= 1
    damaged = GERMAN.replace(before, after, 1)
    found = repaired(damaged)
    assert [block.code for block in blocks(found)] == [block.code for block in blocks(GERMAN)]
    assert found.split() == GERMAN.split()


def test_quotation_marks_on_both_sides():
    damaged = GERMAN.replace("```python notest\n", "‘‘‘python notest\n").replace(
        "print(epoch)\n```", "print(epoch)\n‘‘‘"
    )
    assert repaired(damaged) == GERMAN


def test_every_fence_lost_its_end():
    damaged = GERMAN.replace("zwei\n```", "zwei").replace("print(epoch)\n```", "print(epoch)")
    assert repaired(damaged) == GERMAN


def test_an_open_last_fence_is_closed_where_the_program_ends():
    original = "Intro.\n\n```python\nx = 1\nprint(x)\n```\n\nThe end.\n\n# Not code\n"
    german = original.replace("The end", "Das Ende")
    assert repaired(german.replace("print(x)\n```", "print(x)"), original) == german


def test_prose_that_slipped_below_the_code_goes_out_of_the_fence():
    original = "```python\nx = 1\n```\n\nThe end, my friend.\n\nMore.\n"
    german = "```python\nx = 1\n\nDas Ende, mein Freund.\n```\n\nMehr.\n"
    assert repaired(german, original) == "```python\nx = 1\n```\n\nDas Ende, mein Freund.\n\nMehr.\n"


def test_joined_blocks_are_parted():
    original = "```python\nx = 1\n```\n\nAnd:\n\n```python notest\ny = 2\n```\n"
    assert repaired("Und:\n\n```python\nx = 1\ny = 2\n```\n", original) == (
        "Und:\n\n```python\nx = 1\n```\n\n```python notest\ny = 2\n```\n"
    )


def test_equal_blocks_are_counted():
    original = "```python\nx = 1\n```\n\na\n\n```python\nx = 1\n```\n\nb\n"
    assert repaired(original.replace("```\n\nb", "\nb"), original) == original.replace("```\n\nb", "```\n\nb")


CODE = st.sampled_from(
    ["x = 1", "print('a')", "for i in range(2):\n    f(i)", "# c\ny = x  # d", "class A:\n    pass"]
)
PROSE = st.sampled_from(["Text.", "# Heading", "- item\n- item", "> quote", "A `span` here.", "1. one"])


@given(st.lists(st.tuples(PROSE, CODE), min_size=1, max_size=5), st.data())
def test_no_line_but_fences_is_ever_touched_and_twice_is_once(parts, data):
    whole = "\n".join(f"{prose}\n\n```python\n{code}\n```\n" for prose, code in parts)
    lines = whole.split("\n")
    fences = [index for index, line in enumerate(lines) if line.startswith("```")]
    lost = data.draw(st.lists(st.sampled_from(fences), unique=True, max_size=3))
    damaged = "\n".join(line for index, line in enumerate(lines) if index not in lost)
    found = repaired(damaged, whole)
    assert fence_repair(blocks(whole), found) is None

    def without(text):
        return [line for line in text.split("\n") if line.strip() and not line.startswith("```")]

    assert without(found) == without(whole)
    if not lost:
        assert found == whole
