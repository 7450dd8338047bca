"""What running a program has to tell its author."""

from dataclasses import replace

import pytest

from examples import program as program_of
from examples import run
from hexapla.ledger.findings import (
    SHOWN,
    Stale,
    drift_problems,
    failures,
    flaky_cells,
    installed,
    not_repeatable,
    recorded_failures,
)
from hexapla.ledger.ledger import Installed, Ledger, Record, updated_record
from hexapla.model.article import Article
from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Failure, Obstacle, Run, Status

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


TWO = program_of("x = 1\n", "x\n")
LINES = "".join(f"line {number}\n" for number in range(SHOWN + 5))


def ended(raises: str = "", **values) -> list[str]:
    """Return the problems of a cell that must raise what `raises` says, and did what `values` say."""
    program = program_of("f()\n")
    program = replace(program, cells=(replace(program.cells[0], raises=raises),))
    ran = CellRun(**{"id": "cell-1", "status": Status.OK} | values)
    done = replace(run(program, ""), cells=(ran,))
    return [f"{problem.code} {problem.message} {problem.hint}" for problem in failures(program, done)]


def cannot_run(obstacle: Obstacle, subject: str) -> dict:
    return {"status": Status.CANNOT_RUN, "failure": Failure(obstacle=obstacle, subject=subject)}


ENDED = {
    "as it should": ("", {}, []),
    "with what it must raise": ("ValueError", {"status": Status.RAISED}, []),
    "skipped": ("", {"status": Status.SKIPPED}, []),
    "not reached": (
        "ValueError", {"status": Status.NOT_REACHED, "message": "The cell cell-0 ended the program."},
        ["not-reached Cell cell-1 of a was not reached. The cell cell-0 ended the program. It runs once that one does."],
    ),
    "without what it must raise": (
        "ValueError", {},
        ["cell-ok Cell cell-1 of a: it must raise ValueError, and raised nothing. "
         "Correct the code, or mark the block `notest` or `raises:Name`."],
    ),
    "with an exception": (
        "", {"status": Status.RAISED, "message": "ValueError: no"},
        ["cell-raised Cell cell-1 of a: ValueError: no. Correct the code, or mark the block `notest` or `raises:Name`."],
    ),
    "with another exception than it must raise": (
        "ValueError", {"status": Status.RAISED, "message": "KeyError: 'a'", "failure": Failure(exception="KeyError")},
        ["cell-raised Cell cell-1 of a: it must raise ValueError, and raised KeyError: 'a'. "
         "Correct the code or the directive."],
    ),
    "without a package": (
        "", cannot_run(Obstacle.PACKAGE, "pandas"),
        ["cannot-run Cell cell-1 of a cannot run: the package `pandas` is not installed. "
         "Install `pandas` where programs run, or mark the block `notest`."],
    ),
    "without a name": (
        "", cannot_run(Obstacle.NAME, "tensors"),
        ["cannot-run Cell cell-1 of a cannot run: `tensors` is a name that the article never defines. "
         "Define it in a block above, or mark the block `notest`."],
    ),
    "without a name that is always imported": (
        "", cannot_run(Obstacle.NAME, "nn"),
        ["cannot-run Cell cell-1 of a cannot run: `nn` is a name that the article never defines. Define it in a block "
         'above, import it for all by `execute: {imports: ["from torch import nn"]}`, or mark the block `notest`.'],
    ),
    "before a package that is installed is imported": (
        "", cannot_run(Obstacle.NAME, "click"),
        ["cannot-run Cell cell-1 of a cannot run: `click` is a name that the article never defines. Define it in a "
         'block above, import it for all by `execute: {imports: ["import click"]}`, or mark the block `notest`.'],
    ),
    "before a module of Python's is imported": (
        "", cannot_run(Obstacle.ORDER, "json"),
        ["cannot-run Cell cell-1 of a cannot run: `json` is a name that only a later block defines. Move that block "
         'above it, import it for all by `execute: {imports: ["import json"]}`, or mark this one `notest`.'],
    ),
    "without a file": (
        "", cannot_run(Obstacle.FILE, "data.csv"),
        ["cannot-run Cell cell-1 of a cannot run: there is no file `data.csv` that it may read. "
         "Have the code make it, or mark the block `notest`."],
    ),
    "without its own package": (
        "", cannot_run(Obstacle.PARENT, ".tea"),
        ["cannot-run Cell cell-1 of a cannot run: it imports `.tea` from a package that it is no part of. "
         "Name the package in the import, or mark the block `notest`."],
    ),
    "without a file that nobody names": (
        "", cannot_run(Obstacle.FILE, ""),
        ["cannot-run Cell cell-1 of a cannot run: there is no file that it may read. "
         "Have the code make it, or mark the block `notest`."],
    ),
    "without the network": (
        "", cannot_run(Obstacle.NETWORK, "pytorch.org"),
        ["cannot-run Cell cell-1 of a cannot run: it needs the network. "
         "Mark the block `fixture:network`, or `notest`."],
    ),
    "without a GPU": (
        "", cannot_run(Obstacle.GPU, ""),
        ["cannot-run Cell cell-1 of a cannot run: it needs a GPU. Mark the block `fixture:gpu`, or `notest`."],
    ),
    "too late": (
        "ValueError", {"status": Status.TIMEOUT},
        ["cell-timeout Cell cell-1 of a: it ended as `timeout`. "
         "Make it shorter, set `execute: {timeout: …}` in seconds, or mark the block `notest`."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raises", "values", "problems"), ENDED.values(), ids=ENDED)
def test_a_cell_that_did_not_end_as_its_author_says_is_a_problem(raises, values, problems):
    assert ended(raises, **values) == problems


def test_what_could_not_run_is_told_from_what_is_wrong_and_counted_by_its_cause():
    program = program_of("tensors\n", "model = make(\n", "model\n", "1 / 0\n")
    statuses = (Status.CANNOT_RUN, Status.TIMEOUT, Status.NOT_REACHED, Status.RAISED)
    told = (
        Failure(exception="NameError", obstacle=Obstacle.NAME, subject="tensors", line=1),
        None,
        Failure(subject="model", waits_for="cell-2"),
        Failure(exception="ZeroDivisionError", line=1),
    )
    cells = tuple(
        CellRun(id=cell.id, status=status, message="It says.", failure=failure)
        for cell, status, failure in zip(program.cells, statuses, told, strict=True)
    )
    done = replace(run(program, *[""] * 4), cells=cells)
    problems = list(failures(program, done))
    assert [
        (problem.code, problem.severity.value, problem.cause, problem.subject) for problem in problems
    ] == [
        ("cannot-run", "warning", "name", "tensors"),
        ("cell-timeout", "error", "timeout", ""),
        ("not-reached", "note", "not-reached", "model"),
        ("cell-raised", "error", "ZeroDivisionError", ""),
    ]
    assert problems[2].message == (
        "Cell cell-3 of a was not reached: it reads `model`, which cell cell-2 (posts/a.en.md:8) was to bind."
    )
    # Once recorded, the same is told without running anything.
    assert list(recorded_failures(program, updated_record(Record(), program, done))) == problems


def test_what_waits_for_a_block_that_is_not_run_says_where_that_stands():
    program = replace(program_of("x\n"), unrun=(Cell(id="block-1", code="", path="posts/a.en.md", line=1),))
    ran = CellRun(id="cell-1", status=Status.NOT_REACHED, failure=Failure(subject="x", waits_for="block-1"))
    (problem,) = failures(program, replace(run(program, ""), cells=(ran,)))
    assert problem.message == (
        "Cell cell-1 of a was not reached: it reads `x`, which the block at posts/a.en.md:1, which is not run, "
        "was to bind."
    )


def test_a_cell_that_runs_again_is_told_to_be_recorded():
    broken = updated_record(Record(), TWO, run(TWO, "1\n", "", status=Status.RAISED))
    (problem,) = drift_problems(TWO, broken, run(TWO, "1\n", "2\n"))
    assert (problem.code, problem.hint) == ("stale-output", "`hexapla run --retry` records what it shows.")


def test_the_end_of_what_it_printed_last_is_shown_with_what_an_assertion_compared():
    outputs = (Text(kind=Kind.STREAM, text="before\n"), Text(kind=Kind.ERROR, text=LINES))
    ran = CellRun(id="cell-1", status=Status.RAISED, message="no", outputs=outputs, explanation="1\n2")
    program = program_of("f()\n")
    (problem,) = failures(program, replace(run(program, ""), cells=(ran,)))
    assert problem.details == (*LINES.splitlines()[-SHOWN:], "1", "2")


def test_the_authors_lines_are_shown_however_many_frames_of_libraries_follow():
    frame = '  File "lib/python/json/decoder.py", line 1, in decode\n    a\n    ^\n'
    text = (
        f"Traceback (most recent call last):\n  cell 1, line 1, in <module>\n    f()\n{frame * SHOWN}E: no\n"
    )
    outputs = (Text(kind=Kind.ERROR, text=text),)
    ran = CellRun(id="cell-1", status=Status.RAISED, message="E: no", outputs=outputs)
    program = program_of("f()\n")
    (problem,) = failures(program, replace(run(program, ""), cells=(ran,)))
    place = f'  File "{program.cells[0].path}", line {program.cells[0].line}, in <module>'
    assert problem.details == ("Traceback (most recent call last):", place, "    f()", "  ⋮ json", "E: no")
    assert problem.message.endswith(": E: no.")


def recorded(*texts: str) -> tuple[Record, Run]:
    ran = run(TWO, *texts)
    return updated_record(Record(), TWO, ran), ran


def test_each_cell_that_departs_from_its_record_is_a_problem_but_for_those_that_always_do():
    record, _ = recorded("1\n", "2\n")
    now = run(TWO, "3\n", "4\n")
    problems = list(drift_problems(TWO, record, now))
    assert [(problem.code, problem.line) for problem in problems] == [("drift-text", 3), ("drift-text", 8)]
    assert problems[0].message == "Cell cell-1 of a departs from its record: line 1 was “1” and is “3”."
    (left,) = drift_problems(TWO, record, now, unsteady=frozenset({"cell-1"}))
    assert left.line == 8
    assert list(drift_problems(TWO, Record(), now)) == []
    failed = run(TWO, "1\n", "4\n", status=Status.TIMEOUT)
    assert list(drift_problems(TWO, record, failed)) == []


def test_what_a_second_run_printed_otherwise_departs_from_no_record():
    record, _ = recorded("1\n", "2\n")
    first, second = record.cells
    varying = replace(record, cells=(replace(first, varies=True), second))
    (left,) = drift_problems(TWO, varying, run(TWO, "3\n", "4\n"))
    assert left.line == 8


def test_another_machine_may_be_off_by_a_little():
    record, ran = recorded("0.5\n", "2\n")
    here = run(TWO, "0.50001\n", "2\n")
    elsewhere = replace(here, environment=replace(ran.environment, machine="aarch64"))
    assert len(list(drift_problems(TWO, record, here))) == 1
    assert list(drift_problems(TWO, record, elsewhere)) == []


def test_what_differs_between_two_runs_is_told_once_a_program():
    once, again = run(TWO, "1\n", "2\n"), run(TWO, "3\n", "4\n")
    assert flaky_cells(TWO, once, once) == () and list(not_repeatable(TWO, ())) == []
    cells = flaky_cells(TWO, once, again)
    assert [flaky.cell.id for flaky in cells] == ["cell-1", "cell-2"]
    (problem,) = not_repeatable(TWO, cells)
    assert problem.message == (
        "Two runs of a in a row differ, first in cell cell-1: line 1 was “1” and is “3”. 1 more of its cells differ."
    )
    (problem,) = not_repeatable(TWO, cells[:1])
    assert problem.message.endswith("is “3”.")


def test_versions_are_of_the_packages_that_are_installed():
    environment = replace(
        recorded("1\n", "2\n")[0].environment, packages=(("pytest", "1"), ("no such package", "1"))
    )
    ledgers = [Ledger(records={"": Record(environment=environment), "de": Record()})]
    assert installed(ledgers) == Installed(versions={"pytest": pytest.__version__})


@pytest.mark.parametrize(
    ("preload", "gone"),
    [
        (("json", "json.no_such_part"), {"no such package", "no-such.package"}),
        # Where what programs need is missing, none are run, and nothing is known to have gone.
        (("json", "no_such_package"), set()),
        ((), set()),
    ],
)
def test_packages_that_have_gone_are_known_where_programs_are_run(preload, gone):
    packages = (("json", "1"), ("pytest", "1"), ("no such package", "1"), ("no-such.package", "1"))
    environment = replace(recorded("1\n", "2\n")[0].environment, packages=packages)
    ledgers = [Ledger(records={"": Record(environment=environment)})]
    assert installed(ledgers, preload).gone == gone


def test_modules_that_have_come_are_known():
    environment = replace(recorded("", "")[0].environment, absent=("click", "gone"))
    assert installed([Ledger(records={"": Record(environment=environment)})]).modules == {"click"}


def test_a_cell_that_ends_otherwise_is_not_repeatable():
    ended_well, ended_late = run(TWO, "1\n", "2\n"), run(TWO, "1\n", "2\n", status=Status.TIMEOUT)
    (flaky,) = flaky_cells(TWO, ended_well, ended_late)
    assert flaky.message == "it ended once as `ok` and once as `timeout`"
