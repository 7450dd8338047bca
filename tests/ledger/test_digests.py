"""What decides which outputs are expected of a cell: its code, those before it, and what it asks for."""

from dataclasses import replace

import pytest

from articles_helpers import article, post
from examples import program
from hexapla.ledger.digests import digests
from hexapla.model.program import Program
from hexapla.model.settings import OnError

TWO = program("x = 1\nprint(x)\n", "x + 1\n")


def test_an_edit_makes_no_earlier_cell_stale():
    edited = program("x = 1\nprint(x)\n", "x + 2\n")
    assert digests(edited)[0] == digests(TWO)[0]
    assert digests(edited)[1] != digests(TWO)[1]


def test_an_edit_concerns_later_cells_where_they_share_a_state():
    for shared_state in (True, False):
        before, after = (
            program(code, "x + 1\n", shared_state=shared_state) for code in ("x = 1\n", "x = 2\n")
        )
        assert (digests(before)[1] != digests(after)[1]) == shared_state


def test_a_session_is_a_part_of_what_decides_how_a_cell_runs():
    """What one that is alone does concerns no other of its kind, and those that are not by what it draws at random."""
    for marks, concerns in {
        (("", False), ("", False)): True,
        (("a", False), ("a", False)): True,
        (("", True), ("", False)): True,
        (("", True), ("", True)): False,
        (("", False), ("", True)): False,
    }.items():
        before, after = (
            replace(
                plain,
                cells=tuple(
                    replace(cell, session=session, alone=alone)
                    for cell, (session, alone) in zip(plain.cells, marks, strict=True)
                ),
            )
            for plain in (program(code, "x + 1\n") for code in ("x = 1\n", "x = 2\n"))
        )
        assert (digests(before)[1] != digests(after)[1]) == concerns
    named = [
        replace(TWO, cells=tuple(replace(cell, session=name) for cell in TWO.cells))
        for name in ("", "a", "b")
    ]
    assert len({digests(one)[1] for one in named}) == 3


def test_a_docstring_counts_where_a_later_cell_shows_it():
    first = program('def f():\n    "a"\n', "help(f)\n")
    second = program('def f():\n    "b"\n', "help(f)\n")
    assert digests(first) != digests(second)


def test_stopping_at_an_error_is_another_program():
    assert digests(TWO) != digests(program("x = 1\n", "print(x)\n", on_error=OnError.STOP))


def with_cell(**values) -> Program:
    """Return a program of one cell that asks for something else than it does by itself."""
    alone = program("x\n")
    return replace(alone, cells=(replace(alone.cells[0], **values),))


ASKED = {
    "another exception": {"raises": "ValueError"},
    "a fixture": {"fixtures": ("gpu",)},
    "every value": {"interactive": True},
}


@pytest.mark.parametrize("values", ASKED.values(), ids=ASKED)
def test_what_a_cell_asks_for_counts(values):
    assert digests(with_cell(**values)) != digests(with_cell())


def test_the_order_of_fixtures_does_not_count():
    assert digests(with_cell(fixtures=("a", "b"))) == digests(with_cell(fixtures=("b", "a")))


@pytest.mark.parametrize("more", ["", "\n```python\nhelp(f)\n```\n"])
def test_what_is_known_of_cells_gives_the_digests_that_their_code_does(more):
    # The first as they are read; where docstrings count, what is known is not enough.
    text = f'```python\ndef f():\n    "d"  # remark\n```\n\n```python\n>>> f()\n```\n{more}'
    (aligned,) = article(post("en", text)).programs
    anew = replace(aligned, cells=tuple(replace(cell, key="") for cell in aligned.cells))
    assert all(cell.key for cell in aligned.cells)
    assert digests(aligned) == digests(anew)
