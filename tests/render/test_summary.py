"""What a post says of itself."""

from dataclasses import replace

import pytest

from examples import article, post, with_series
from hexapla.render import lists
from hexapla.render.summary import LENGTH, outlined, summaries, summarized, summary


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


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"{'So it is.' * 20}\n" * 9 + "===\n\nText.\n", "Text."),
        (f"{'- item' * 50}\n" * 5 + "\nText.\n", "Text."),
        ("See [this][b].\n\n" + "More. " * 300 + "\n\n[b]: x.md\n", "See this."),
        ("See [this][b].\n\n" + "More. " * 300 + "\n", "See [this][b]."),
        ("Text.\n" + "\nMore. " * 300, "Text."),
    ],
)
def test_what_follows_tells_what_a_beginning_is(body, said):
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


def test_a_list_of_outlines_says_what_one_of_whole_articles_does():
    texts = {"en": "# A\n\nOne: *two*\n& three.\n\n```python\n1\n```\n", "de": "Wort, " * 60, "hi": "\n"}
    one = article(texts)
    outline = outlined(one, summaries(one))
    assert summaries(outline) == summaries(one)
    assert not outline.programs and not any(version.body for version in outline.posts.values())
    whole = with_series("b", "a")
    outlines = {slug: outlined(part, summaries(part)) for slug, part in whole.articles.items()}
    assert lists.list_page(replace(whole, articles=outlines), "de") == lists.list_page(whole, "de")


def test_what_stands_far_below_says_nothing_of_a_summary():
    text = "Text.\n" + "\nMore.\n" * 2000
    before, after = article({"en": text}), article({"en": text + "End.\n"})
    assert summarized(before) == summarized(after) != summarized(article({"en": f"Other. {text}"}))
