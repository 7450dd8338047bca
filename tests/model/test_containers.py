"""Containers are opened so that their fences are found, and render the same."""

import re

import markdown
import pytest
from markdown_it import MarkdownIt

from hexapla.model.containers import hidden, opened

EXTENSIONS = [
    "admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences", "pymdownx.details",
    "pymdownx.tabbed", "pymdownx.blocks.tab", "pymdownx.betterem",
]  # fmt: skip
CONFIGS = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.blocks.tab": {"alternate_style": True}}
CODE = "    ```{.python continuation}\n    t = 2\n\n    if t:\n        u = 1\n    ```\n"

OPENED = {
    "an admonition": f'!!! tip "A *tip*"\n\n    Text.\n\n{CODE}\n    - list\n\n        more\n\nAfter.\n',
    "without a title": f"!!! note\n\n{CODE}",
    "with an empty title": f'!!! note ""\n{CODE}',
    "with more classes": f'!!! danger inline end "No"\n\n{CODE}',
    "a fold": f"??? note\n\n{CODE}",
    "an open fold": f'???+ warning "Look"\n\n{CODE}',
    "tabs": f'=== "One"\n\n{CODE}\n=== "Two `x`"\n\n    Text.\n\nAfter.\n',
    "two sets of tabs": f'=== "One"\n\n{CODE}\n===! "Two"\n\n{CODE}\n===+ "Three"\n\n    Text.\n',
    "one in another": '!!! note\n\n    === "One"\n\n        ```python\n        1\n        ```\n\n    === "Two"\n\n        2\n',
    "two after one another": f"!!! note\n\n{CODE}\n!!! tip\n\n{CODE}",
    "no blank line before the next": f"!!! note\n{CODE}After.\n",
}


def rendered(text: str) -> str:
    html = markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGS)
    return re.sub(r">\s+<", "><", html)


def fences(text: str) -> int:
    return sum(token.type == "fence" for token in MarkdownIt("commonmark").parse(text))


@pytest.mark.parametrize("text", OPENED.values(), ids=OPENED)
def test_an_opened_container_renders_the_same_and_its_code_is_found(text):
    new = opened(text, lambda info: "python" in info, tabs=True)
    assert rendered(new) == rendered(text)
    assert fences(new) == text.count("```") // 2 > fences(text)
    assert opened(new, lambda info: True, tabs=True) == new


KEPT = {
    "no container": "Text.\n\n```python\n1\n```\n",
    "no code in it": "!!! note\n\n    Text.\n",
    "other code in it": "!!! note\n\n    ```bash\n    ls\n    ```\n",
    "one in a fence": "````text\n!!! note\n\n    ```python\n    1\n    ```\n````\n",
    "one in a list": "- item\n\n    !!! note\n\n        ```python\n        1\n        ```\n",
    "a heading's underline": "Title\n===\n\n    code\n",
    "a word that begins like one": "!!!\n\nText\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_all_else_stays_as_it_is(text):
    assert opened(text, lambda info: "python" in info, tabs=True) == text


def test_tabs_stay_where_the_site_cannot_read_them_otherwise():
    assert opened(OPENED["tabs"], lambda info: True, tabs=False) == OPENED["tabs"]
    assert "<div" in opened(OPENED["an admonition"], lambda info: True, tabs=False)


HIDDEN = {
    "at the top": ("```python", True, False),
    "in an admonition": ("!!! note\n\n    ```python", True, False),
    "in a tab": ('=== "A"\n\n    ```python', True, False),
    "in a tab that stays": ('=== "A"\n\n    ```python', False, True),
    "in a list": ("- item\n\n    ```python", True, False),
    "in an admonition in a list": ("- item\n\n    !!! note\n\n        ```python", True, True),
    "after an admonition": ("!!! note\n\n    Text\n\n```python", True, False),
}


@pytest.mark.parametrize(("text", "tabs", "expected"), HIDDEN.values(), ids=HIDDEN)
def test_what_stays_hidden(text, tabs, expected):
    lines = text.split("\n")
    assert hidden(lines, len(lines) - 1, tabs=tabs) is expected
