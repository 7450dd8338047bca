"""What is run of programs with tabs: which cells together, and whose outputs each run shows."""

import time
from dataclasses import replace

import pytest

from hexapla.model.branches import branches, with_chapters, with_tabs
from hexapla.model.program import Cell, Names, Program, Tab
from hexapla.programs.align.scope import cell_names


def program(*parts: tuple[str, str]) -> Program:
    """Return a program of codes, each with the tabs that it stands in, as `0 a / 1 b`: set and label."""
    cells = [
        Cell(id=f"c{place}", code=code, path="a.md", line=place + 1, names=cell_names(code))
        for place, (code, _) in enumerate(parts)
    ]
    paths = [
        tuple(Tab(set=int(tab.split()[0]), label=tab.split()[1]) for tab in tabs.split("/") if tab.strip())
        for _, tabs in parts
    ]
    tabbed = with_chapters(with_tabs(cells, paths))
    return Program(slug="a", variant="", cells=tuple(tabbed), languages=("en",))


def run_of(made: Program) -> list[str]:
    """Return what is run, a text for each process: its cells, those in capitals whose outputs it shows."""
    parts = ((part.program.cells, part.own) for part in branches(made))
    return sorted(
        " ".join(cell.id.upper() if cell.id in own else cell.id for cell in cells) for cells, own in parts
    )


@pytest.mark.parametrize(
    ("parts", "runs"),
    [
        ([("x = 1", ""), ("x", "")], ["C0 C1"]),
        ([("x = 1", ""), ("x", "0 a")], ["C0 C1"]),
        ([("x = 1", ""), ("x", "0 a"), ("x + 1", "0 b")], ["C0 C1", "c0 C2"]),
        ([("x = 1", ""), ("x", "0 a"), ("x + 1", "0 b"), ("x", "")], ["C0 C1 C3", "c0 C2"]),
        ([("x = 1", "0 a"), ("x = 2", "0 b"), ("x", "")], ["C0", "C1", "c0 C2"]),
        ([("x = 1", "0 a"), ("x = 2", "0 b"), ("x", "1 a"), ("x", "1 b")], ["C0", "C1", "c0 C2", "c1 C3"]),
        ([("x = 1", "0 a"), ("x = 2", "0 b"), ("x", "1 b"), ("x", "1 a")], ["C0", "C1", "c0 C3", "c1 C2"]),
        ([("x = 1", "0 a"), ("x = 2", "0 b"), ("x", "1 d"), ("x", "1 e")], ["C0", "C1", "c0 C2", "c0 C3"]),
        ([("x = 1", "0 a"), ("x", "0 a"), ("x = 2", "0 b"), ("x", "0 b")], ["C0 C1", "C2 C3"]),
        ([("x = 1", "0 a"), ("x", "0 b")], ["C0 C1"]),
        ([("x = 1", "0 a"), ("y = 1", "0 b"), ("x, y", "0 c")], ["C0 C1 C2"]),
        ([("x = 1", "0 a"), ("y = 1", "0 b"), ("x + y", "")], ["C0 C1 C2"]),
        ([("from m import *", ""), ("x", "0 a"), ("y", "0 b")], ["C0 C1", "c0 C2"]),
        ([("x = 1", "0 a / 1 p"), ("x = 2", "0 a / 1 q"), ("x = 3", "0 b")], ["C0", "C1", "C2"]),
        ([("z = 1", ""), ("z", "0 a / 1 a"), ("z", "0 a / 1 b"), ("z", "0 b / 2 a"), ("z", "0 b / 2 b")],
         ["C0 C1", "c0 C2", "c0 C3", "c0 C4"]),
    ],
    ids=[
        "no tabs", "one tab has code", "each begins with what was before", "what follows goes on with the first",
        "a whole program is run by itself", "the same label goes on", "whichever stands first", "another label has the first",
        "two blocks of a tab", "a tab that reads the other's is a step", "also of three", "what follows needs both", "a star binds anything",
        "tabs in tabs", "the same labels in and around",
    ],
)  # fmt: skip
def test_each_reader_runs_what_they_have_chosen(parts, runs):
    assert run_of(program(*parts)) == runs


BREW = "@m.command\ndef brew(): pass"
TEA, CUP = "class Tea(Base): pass", "class Cup(Base): pass"


@pytest.mark.parametrize(
    ("codes", "runs"),
    [
        ([TEA, "Tea()", TEA, "Tea()"], ["C0 C1", "C2 C3"]),
        (["from m import Base", TEA, "from m import Base", "x = 1", TEA, "Tea(x)"], ["C0 C1", "C2 C3 C4 C5"]),
        ([TEA, CUP, TEA, CUP, CUP, TEA], ["C0 C1", "C2 C3", "C4 C5"]),
        # What somebody needs of what stands above keeps them together, be it further down.
        (["from m import Base", TEA, TEA], ["C0 C1 C2"]),
        (["x = 1", TEA, TEA, "x"], ["C0 C1 C2 C3"]),
        (["from m import *", TEA, "import n", TEA], ["C0 C1 C2 C3"]),
        # What a library has been given by a decorator it knows.
        ([f"import m\n{BREW}", BREW, f"import m\n{BREW}", "brew()"], ["C0 C1", "C2 C3"]),
        # Other functions and values are bound anew all the time.
        (["def f(): pass", "f()", "def f(): pass", "x = 1", "x = 2"], ["C0 C1 C2 C3 C4"]),
        ([TEA, "Tea = 1", "def f():\n    class Tea: pass"], ["C0 C1 C2"]),
    ],
)
def test_a_page_that_defines_a_class_anew_and_needs_nothing_above_begins_anew(codes, runs):
    assert run_of(program(*((code, "") for code in codes))) == runs


PAGES = {
    "each its own class": (lambda page: Names(bound=(f"C{page}",), declared=(f"C{page}",)), 0),
    "the same": (lambda _: Names(bound=("C",), declared=("C",)), 9_999),
    "the same, from the one above": (lambda _: Names(needed=("C",), bound=("C",), declared=("C",)), 0),
    "the same, and a name of nobody's": (
        lambda page: Names(needed=(f"n{page}",), bound=("C",), declared=("C",)),
        9_999,
    ),
}


@pytest.mark.cost
@pytest.mark.parametrize(("names", "last"), PAGES.values(), ids=PAGES)
def test_ten_thousand_pages_that_declare_classes_are_told_apart_soon(names, last):
    cells = [Cell(id="c", code="", path="a.md", line=1, names=names(page)) for page in range(10_000)]
    before = time.process_time()
    assert with_chapters(cells)[-1].chapter == last
    assert time.process_time() - before < 0.5


def test_chapters_begin_and_end_outside_of_tabs_and_sessions():
    assert run_of(program((TEA, ""), (TEA, "0 a"), (TEA, "0 b"), (TEA, ""))) == ["C0 c1 C3", "C1", "C2"]
    cells = program((TEA, ""), (TEA, "")).cells
    assert [cell.chapter for cell in cells] == [0, 1]
    kept = [replace(cell, session="s", chapter=0) for cell in cells]
    assert [cell.chapter for cell in with_chapters(kept)] == [0, 0]


def test_every_cell_is_shown_by_one_run():
    made = program(*(("x = 1", f"{place % 3} {'ab'[place % 2]}") for place in range(12)))
    shown = [name for part in branches(made) for name in part.own]
    assert sorted(shown) == sorted(cell.id for cell in made.cells)
    assert all(not cell.tabs for part in branches(made) for cell in part.program.cells)


def test_a_session_is_the_authors():
    cells = [Cell(id=f"c{place}", code="x", path="a.md", line=1, session="s") for place in range(2)]
    paths = [(Tab(set=0, label=label),) for label in "ab"]
    assert not any(cell.tabs for cell in with_tabs(cells, paths))
    alone = [replace(cell, session="", alone=True) for cell in cells]
    assert not any(cell.tabs for cell in with_tabs(alone, paths))


def test_a_tab_that_nobody_need_choose_shares_the_namespace():
    made = program(("x = 1", ""), ("x", "0 a"), ("x", "0 b"))
    first, second, third = map(made.namespace_of, made.cells)
    assert first == second == "" and third
