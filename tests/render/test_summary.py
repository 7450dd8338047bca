"""What a post says of itself."""

import pytest

from examples import post
from hexapla.render.summary import LENGTH, summary


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", ""),
        ("# Only a heading\n\n```python\n1\n```\n", ""),
        (
            "# Title\n\nThe *first* `code` [link](x.md)\nand more.\n\nSecond.\n",
            "The first code link and more.",
        ),
        ("![A picture](x.png)\n\nText.\n", "Text."),
        ('!!! note "N"\n    Inside.\n\nText.\n', "Text."),
        ("- A list\n\nText.\n", "Text."),
        ('=== "pip"\n\n    pip install x\n\n=== "uv"\n\n    uv add x\n', ""),
        ('=== "pip"\n    pip install x\n\nText.\n', "Text."),
        ("/// tab | pip\npip install x\n///\n\nText.\n", "Text."),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nText.\n", "Text."),
        ("$$\nx^2\n$$\n\nText.\n", "Text."),
        ("*[API]: an interface\n\n[^1]: A note.\n\nText.\n", "Text."),
        ("[^1] says so, *as* [a] does: all == none.\n", "[^1] says so, as [a] does: all == none."),
        ("It tells PyTorch:\n\n> This one.\n", "It tells PyTorch…"),
        ("它告诉 PyTorch：\n\n- 这个\n", "它告诉 PyTorch…"),
        ("द्वि-आयामी टेंसर।\n", "द्वि-आयामी टेंसर।"),
    ],
)
def test_the_first_paragraph_is_taken(body, said):
    assert summary(post(body)) == said


def test_a_description_goes_first_and_stays_whole():
    assert summary(post("Text.\n", description="Said\nby its author. " * 30)).startswith(
        "Said by its author. Said"
    )
    assert len(summary(post("Text.\n", description="a " * 300))) > LENGTH


@pytest.mark.parametrize("words", ["word " * 100, "字" * 500])
def test_a_long_paragraph_is_cut(words):
    said = summary(post(words))
    assert len(said) <= LENGTH and said.endswith("…") and not said.endswith(" …")
    assert "wor…" not in said
