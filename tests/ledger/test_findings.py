from dataclasses import replace

import pytest

from hexapla.ledger.findings import Stale
from hexapla.model.article import Article
from hexapla.model.program import Cell, Program

HINTS = {
    "nothing": ((), "Run `hexapla run`."),
    "the network, and long": (("slow", "network"), "Run `hexapla run --allow network --allow slow`."),
    "a GPU": (("gpu",), "Run `hexapla run` on a machine with a GPU."),
    "a conftest's fixture": (("sizes",), "Run `pytest --hexapla --hexapla-update`."),
    "both": (("sizes", "slow"), "Run `pytest --hexapla --hexapla-update --hexapla-allow slow`."),
}


@pytest.mark.parametrize(("fixtures", "hint"), HINTS.values(), ids=HINTS)
def test_the_command_is_named_that_records_what_a_program_needs(fixtures, hint):
    cell = replace(Cell(id="a", code="1", path="posts/a.en.md", line=1), fixtures=fixtures)
    program = Program(slug="a", variant="", cells=(cell,), languages=("en",))
    stale = Stale(
        article=Article(slug="a", posts={}, original="en", placed={}, reason="", programs=(program,)),
        program=program,
        reason="it is new",
    )
    assert stale.problem.hint == hint
