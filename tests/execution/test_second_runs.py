import sys

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.executor import run_programs

from .conftest import program

CASES = {
    "a sum": ("1 + 1", False),
    "nothing": ("x = 1", False),
    "numbers drawn without a seed": ("import random\nrandom.random()", True),
    "numbers drawn with one": ("random.seed(3)\nrandom.random()", False),
    "the order of a set": ("print({'tea', 'milk', 'salt', 'rice', 'पानी', '茶', 'شاي'})", True),
    "the same in order": ("print(sorted({'tea', 'milk', 'salt', 'rice'}))", False),
    "the time": ("import time\ntime.time_ns()", True),
    "an address": ("id([])", True),
    "an exception": ("1 / 0", False),
}


@pytest.mark.skipif(sys.platform != "linux", reason="addresses are others on Linux")
def test_what_another_run_prints_otherwise_is_told(server: ForkServer) -> None:
    one = program(*(code for code, _ in CASES.values()))
    (done,) = run_programs([one], server.options, server=server, twice=lambda _: True)
    found = dict(zip(CASES, (cell.varies for cell in done.cells), strict=True))
    assert found == {name: varies for name, (_, varies) in CASES.items()}


@pytest.mark.parametrize(("seed", "twice", "varies"), [(0, True, True), (5, True, False), (0, False, False)])
def test_the_seed_is_another_unless_an_author_has_chosen_one(
    server: ForkServer, seed: int, twice: bool, varies: bool
) -> None:
    one = program("import random\nrandom.random()", seed=seed)
    (done,) = run_programs([one], server.options, server=server, twice=lambda _: twice)
    assert done.cells[0].varies is varies
