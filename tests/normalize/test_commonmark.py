"""The whole CommonMark specification: what a page shows is what the specification's example says."""

import json
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

DATA = Path(__file__).parent / "data" / "commonmark.json"
EXAMPLES = json.loads(DATA.read_text(encoding="utf-8"))


EXCEPTIONS: dict[int, str] = {}
"""Examples that can't be kept, by their number, each with the reason."""


def shown(example):
    climbed = climb(example["markdown"], renderer(Dialect()))
    page = skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines)))
    return climbed, page


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["number"]))
def test_an_example_is_kept_or_named_as_lost(example):
    """Never silence: each example renders the same, or the block is named as lost."""
    climbed, page = shown(example)
    same = page == read_as_github(example["markdown"]).units
    assert same == (not climbed.lost)
    assert same == (example["number"] not in EXCEPTIONS)


READ_OTHERWISE = {
    24: "the info string names no language", 34: "the info string names no language", 144: "the info string names no language",
    28: "cmark-gfm still decodes a number that no character has",
    167: "a mark around whole blocks is not compared",
    173: "a style that nothing closes is text, as GitHub's filter makes it",
    606: "cmark-gfm leaves the brackets around an address with a backslash",
    626: "the comments `<!-->` and `<!--->` are newer than cmark-gfm",
}  # fmt: skip
"""Where our reading is not that of GitHub's parser, by number, each with the reason."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["number"]))
def test_an_example_is_read_as_by_github_s_parser(example):
    html = cmarkgfm.markdown_to_html_with_extensions(
        example["markdown"], Options.CMARK_OPT_UNSAFE, ["table", "strikethrough", "autolink", "tasklist"]
    )
    same = read_as_github(example["markdown"]).units == skeleton(html, github=True)
    assert same == (example["number"] not in READ_OTHERWISE)


@pytest.mark.parametrize("example", EXAMPLES[::5], ids=lambda example: str(example["number"]))
def test_what_is_fine_is_not_touched(example):
    same = (
        skeleton(renderer(Dialect()).html(example["markdown"])) == read_as_github(example["markdown"]).units
    )
    climbed, _ = shown(example)
    if same:
        assert "\n".join(line for line, _ in climbed.lines) == example["markdown"]
