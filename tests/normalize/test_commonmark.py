"""The whole CommonMark specification: what a page shows is what the specification's example says."""

import json
from pathlib import Path

import pytest

from hexapla.normalize.dialect import Dialect
from hexapla.normalize.ladder import climb
from hexapla.normalize.reference import read
from hexapla.normalize.renderer import renderer
from hexapla.normalize.skeleton import skeleton

DATA = Path(__file__).parent / "data" / "commonmark.json"
EXAMPLES = json.loads(DATA.read_text(encoding="utf-8"))
AT_LEAST = 0.97


def test_what_is_not_reported_as_lost_is_kept():
    """Never silence: each example renders the same, or the block is named as lost."""
    for example in EXAMPLES:
        climbed = climb(example["markdown"], renderer(Dialect()))
        page = skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines)))
        same = page == read(example["markdown"]).units
        assert same == (not climbed.lost), example["number"]


def test_nearly_all_examples_are_kept():
    lost = [example["number"] for example in EXAMPLES if climb(example["markdown"], renderer(Dialect())).lost]
    assert len(lost) <= (1 - AT_LEAST) * len(EXAMPLES), lost


@pytest.mark.parametrize("example", EXAMPLES[::13], ids=lambda example: str(example["number"]))
def test_what_is_fine_is_not_touched(example):
    same = skeleton(renderer(Dialect()).html(example["markdown"])) == read(example["markdown"]).units
    climbed = climb(example["markdown"], renderer(Dialect()))
    if same:
        assert "\n".join(line for line, _ in climbed.lines) == example["markdown"]
