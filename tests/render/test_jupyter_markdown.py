"""Prose as Jupyter shows it: what it knows stays, what only the site knows becomes what both know."""

import pytest

from hexapla.render.jupyter_markdown import jupyter_markdown
from hexapla.render.labels import labels


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph with {braces} and `{.code}`.",
        "## A heading\n\n- one\n- two",
        "| a | b |\n|---|---|\n| `{}` | $x_{1}$ |",
        "$$\\frac{a}{b}$$",
        "A set (of {1, 2}) and f(x){.2}-like text",
        "> A quote.",
        "```text\n!!! note\n    x\n## A {#b}\n```",
        "    indented code",
        "Really!!! note that",
        "[a](b.md) and {: nothing",
    ],
)
def test_what_jupyter_knows_is_left_alone(text):
    assert jupyter_markdown(text, labels("en")) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('!!! note "A title"\n\n    Words.\n\n    More.\n\nAfter.', "> **A title**\n>\n> Words.\n>\n> More.\n\nAfter."),
        ("!!! warning\n    Words.", "> **Warnung**\n>\n> Words."),
        ("!!! danger\n    Words.", "> **Danger**\n>\n> Words."),
        ('!!! note ""\n    Words.', "> Words."),
        ('??? tip "More"\n    Words.', "> **More**\n>\n> Words."),
        ('- item\n\n    !!! note "T"\n        Words.\n- next', "- item\n\n    > **T**\n    >\n    > Words.\n- next"),
        ('!!! note "A"\n    !!! tip "B"\n        Words.', "> **A**\n>\n> > **B**\n> >\n> > Words."),
        ('=== "Linux"\n    One.\n\n=== "macOS"\n    Two.', "**Linux**\n\nOne.\n\n**macOS**\n\nTwo."),
        ('!!! note "T"\n    ```text\n    ??? x\n    ```', "> **T**\n>\n> ```text\n> ??? x\n> ```"),
        ("## A heading {#anchor}\n\nText.", "## A heading\n\nText."),
        ("A paragraph.\n{: .small }\n\nText.", "A paragraph.\n\nText."),
        ("![a](b.png){ width=300 loading=lazy } and [c](d.md){: .x}", "![a](b.png) and [c](d.md)"),
        ("> A quote:\n>\n", "> A quote:"),
    ],
)  # fmt: skip
def test_what_only_the_site_knows_is_said_otherwise(text, shown):
    assert jupyter_markdown(text, labels("de")) == shown
