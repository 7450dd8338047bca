"""What must stay right below a fence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.block import blocks
from hexapla.programs.successors import end_with_successors


def below(text: str) -> str:
    """Return what a text has below its first block and what belongs to that."""
    return text[end_with_successors(text, blocks(text)[0]) :]


CODE = "```python\nx = 1\n```\n"
ANNOTATED = "```python\nx = 1  # (1)!\n```\n"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        # Nothing belongs below these.
        (CODE, ""),
        (f"{CODE}Words.\n", "Words.\n"),
        (f"{CODE}\nWords.\n", "\nWords.\n"),
        (f"{CODE}\n1.  A step.\n", "\n1.  A step.\n"),
        ("```python\nf(1)  # see f(2)\n```\n\n1. A step.\n", "\n1. A step.\n"),
        (f"{ANNOTATED}\n- No number.\n", "\n- No number.\n"),
        (f"{ANNOTATED}\nWords.\n\n1.  A step.\n", "\nWords.\n\n1.  A step.\n"),
        (f"{CODE}{{% raw %}}\n", "{% raw %}\n"),
        (f"{CODE}{{{{ name }}}}\n", "{{ name }}\n"),
        (f"{CODE}\n{{: .of-a-paragraph }}\n", "\n{: .of-a-paragraph }\n"),
        (f"{CODE}\n/// note\nWords.\n///\n", "\n/// note\nWords.\n///\n"),
        (f"{CODE}\n/// caption\nNever closed.\n", "\n/// caption\nNever closed.\n"),
        (f"> {CODE.replace(chr(10), chr(10) + '> ').rstrip('> ')}\n1. Outside.\n", "\n1. Outside.\n"),
        # Attributes.
        (f"{CODE}{{: .wide }}\n\nWords.\n", "\nWords.\n"),
        (f"{CODE}{{ .annotate }}\nWords.\n", "Words.\n"),
        (f"{CODE}{{: loading=lazy #a }}\n", ""),
        # Captions.
        (f"{CODE}\n/// caption\nWhat it is.\n///\n\nWords.\n", "\nWords.\n"),
        (f"{CODE}/// figure-caption | <\n    attrs: {{class: a}}\n\nWhat.\n///\nWords.\n", "Words.\n"),
        (f"{CODE}\n//// caption\nWhat it is.\n////", ""),
        # Annotations.
        (f"{ANNOTATED}\n1.  Why.\n\nWords.\n", "\nWords.\n"),
        (f"{ANNOTATED}1. Why.\n# Next\n", ""),  # as lazy as Python-Markdown is: a line of the item
        (f"{ANNOTATED}\n1.  Why.\n2.  Or\nwhy not.\n\nWords.\n", "\nWords.\n"),
        (f"{ANNOTATED}\n1.  Why.\n\n2.  Why not.\n\n    More.\n\nWords.\n", "\nWords.\n"),
        (f"{ANNOTATED}\n1) Why.\n", ""),
        (f"{ANNOTATED}\n1.  Why.", ""),
        (f"{ANNOTATED}\n1.  Why.\n```bash\nls\n```\n", "```bash\nls\n```\n"),
        (f"{ANNOTATED}\n1.  Why:\n\n    ```python\n    y\n    ```\n\nWords.\n", "\nWords.\n"),
        ("```python\nx = 1  # (1)\n# (12)!\n```\n\n1. Why.\n", ""),
        ("```python\nx = 1  #(1)!\n```\n\n1. Why.\n", ""),
        (
            "    ```python\n    x  # (1)!\n    ```\n\n    1. Why.\n\n    Words.\n\nOutside.\n",
            "\n    Words.\n\nOutside.\n",
        ),
        ("> ```python\n> x  # (1)!\n> ```\n>\n> 1. Why.\n>\n> Words.\n", ">\n> Words.\n"),
        # One after another.
        (f"{ANNOTATED}\n1.  Why.\n\n/// caption\nWhat.\n///\n\nWords.\n", "\nWords.\n"),
        (f"{ANNOTATED}{{: .wide }}\n\n1.  Why.\n\nWords.\n", "\nWords.\n"),
    ],
)
def test_what_belongs_right_below_a_block(text, rest):
    assert below(text) == rest


LINES = st.sampled_from(
    ["", "1. a", "    b", "/// caption", "///", "{: .a }", "words", "> q", "```", "\t2. c", "  ", "- d"]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["", "    ", "> "]), st.booleans())
def test_it_ends_where_a_line_does(lines, prefix, ended):
    code = "".join(f"{prefix}{line}\n" for line in ("```python", "x  # (1)!", "```"))
    text = code + "\n".join(prefix + line for line in lines) + "\n" * ended
    block = blocks(text)[0]
    end = end_with_successors(text, block)
    assert block.end <= end <= len(text)
    assert end == len(text) or text[end - 1] == "\n"
