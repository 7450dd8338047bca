"""Which cells are not begun, and the first reason that there is."""

from dataclasses import replace

import pytest

from hexapla.execution.skipped import unmet_in, why_skipped
from hexapla.model.run import NOTHING

from .conftest import program

SLOW = "It takes long; `fixture:slow` cells run when they are asked for."
NETWORK = "It needs the network; `fixture:network` cells run when they are asked for."


@pytest.mark.parametrize(
    ("wanted", "asked", "lacking", "why"),
    [
        ((), (), "", ""),
        (("gpu",), (), "", ""),
        (("slow",), (), "", SLOW),
        (("slow",), ("slow",), "", ""),
        (("network", "slow"), ("slow",), "", NETWORK),
        (("network", "slow"), (), "", SLOW),
        (("slow",), (), "It requires `a`, which is not here.", "It requires `a`, which is not here."),
    ],
)
def test_the_first_reason_is_told(wanted, asked, lacking, why):
    cell = replace(program("1").cells[0], fixtures=wanted)
    assert why_skipped(cell, fixtures=asked, given=NOTHING, unmet=lacking) == why


def test_what_a_program_requires_is_told_where_it_is_not_here():
    def told(*names):
        return unmet_in(replace(program("1"), requires=names))

    assert told("pytest", "nowhere-at-all>=2") == "It requires `nowhere-at-all>=2`, which is not here."
    assert told("pytest") == ""
