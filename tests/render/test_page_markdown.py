"""A page's text, read by those who split it into lines in another way, and by highlighters."""

import re

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.render.page_markdown import contained

EXTENSIONS = ("attr_list", "md_in_html", "sane_lists", "pymdownx.superfences", "pymdownx.highlight")
SCRIPT = "<script>window.hexapla_mark=1</script>"


def shown(text: str) -> str:
    """Return the HTML of a page's text as the i18n plugin hands it on."""
    return python_markdown.markdown("\n".join(text.splitlines()), extensions=EXTENSIONS)


@pytest.mark.parametrize(
    "same",
    [
        "",
        "Text.\n\n- x\n\n    ```python\n    print(1)\n    ```\n",
        '```{.python notest #a .hide-input title="a <b>" hl_lines="1 2"}\nx\n```\n',
        '```{.text .output title="Output"}\n<script>\n```\n',
        "```c++ {1,3}\nx\n```\n",
        '~~~{.mermaid data-x="a b"}\nx\n~~~\n',
        "a < b & c\n",
    ],
)
def test_a_page_is_left_as_it_is(same):
    assert contained(same) == same


@pytest.mark.parametrize("container", ["{}", "- x\n\n{}", "> x\n>\n{}"])
@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_code_stays_code_whoever_splits_the_page(sign, container):
    prefix = {"{}": "", "- x\n\n{}": "    "}.get(container, "> ")
    code = "".join(f"{prefix}{line}\n" for line in ("```python", f"x = 'a{sign}{SCRIPT}'", "```"))
    text = contained(container.format(code))
    assert len(text.splitlines()) == len(text.rstrip("\n").split("\n"))
    assert "<script" not in shown(text) and text.count(ascii(sign)[1:-1]) == 1


def test_in_prose_an_end_of_a_line_is_a_blank_and_a_page_break_is_nothing():
    text = contained("a\u2028b\x85c\n\n```python\ndef f(): ...\n\x0c\ndef g(): ...\n    \x0cx\n```\n")
    assert text == "a b c\n\n```python\ndef f(): ...\n\ndef g(): ...\n    x\n```\n"


@pytest.mark.parametrize(
    ("info", "kept"),
    [
        (f'{{.js .x">{SCRIPT}}}', "js"),
        ('{.js #a"onfocus=x .b}', "{.js .b}"),
        ('{.js onfocus="x" .b}', "{.js .b}"),
        ("{.js ONCLICK=x}", "js"),
        ('{.js style="<b>" title="t"}', '{.js title="t"}'),
        (f'{{.x">{SCRIPT}}}', "text"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "    ", "> "])
def test_a_fence_keeps_words_that_stay_in_their_attribute(info, kept, prefix):
    text = f"- x\n\n{prefix}```{info}\n{prefix}a\n{prefix}```\n"
    assert contained(text) == text.replace(info, kept)
    assert not re.search("<script|onfocus|onclick", shown(contained(text)), re.I)


@given(st.text(alphabet=st.sampled_from("ab`~ \n>-\"'<.#{}=\x0c\u2028\x85"), max_size=60))
def test_any_text_has_the_same_lines_for_everyone_and_is_done_once(text):
    once = contained(text)
    assert once.count("\n") == text.count("\n") and len(once.splitlines()) in (
        once.count("\n"),
        once.count("\n") + 1,
    )
    assert contained(once) == once
