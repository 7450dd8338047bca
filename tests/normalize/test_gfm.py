"""GitHub's extensions: the examples of the GFM specification are read, and shown, as it says."""

import json
from pathlib import Path

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

DATA = Path(__file__).parent / "data" / "gfm.json"
EXAMPLES = json.loads(DATA.read_text(encoding="utf-8"))
FILTER = "tagfilter"
"""GitHub shows `<iframe>` and the like as text, for safety. The author of a site who writes one means it."""


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda example: f"{example['extension']} {example['number']}"
)
def test_an_example_is_on_the_page(example):
    if example["extension"] == FILTER:
        pytest.skip("left out by design")
    wanted = skeleton(example["html"])
    assert read_as_github(example["markdown"]).units == wanted
    climbed = climb(example["markdown"], renderer(Dialect()))
    assert not climbed.lost
    assert skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))) == wanted


def test_a_tag_that_github_filters_is_never_lost_in_silence():
    example = next(example for example in EXAMPLES if example["extension"] == FILTER)
    climbed = climb(example["markdown"], renderer(Dialect()))
    page = skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines)))
    assert climbed.lost or page == read_as_github(example["markdown"]).units
