"""What is shown while programs run: lines where nobody watches, a bar in a terminal."""

import sys
from dataclasses import replace

import pytest

from examples import program, run
from hexapla.cli.progress import SLOWEST, progress
from hexapla.model.run import CellRun, Status

ONE = program("print(1)\n")
TWO = program("print(1)\n", "print(2)\n")


def lines(capsys, *runs, of=TWO):
    programs = [replace(of, slug=f"p{number}") for number in range(len(runs))]
    with progress(programs, verb="run") as on_run:
        for item, done in zip(programs, runs, strict=True):
            on_run(replace(done, program=item.name))
    return capsys.readouterr().err.splitlines()


def ended(*statuses):
    cells = tuple(CellRun(id=f"cell-{n}", status=status) for n, status in enumerate(statuses, start=1))
    return replace(run(TWO, "", ""), cells=cells)


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        ((Status.OK, Status.OK), "done"),
        ((Status.OK, Status.SKIPPED), "done"),
        ((Status.RAISED, Status.OK), "raised"),
        ((Status.KILLED, Status.NOT_REACHED), "killed"),
        ((Status.NOT_REACHED, Status.NOT_REACHED), Status.NOT_REACHED.value),
    ],
)
def test_a_line_says_how_a_program_ended(capsys, statuses, word):
    assert lines(capsys, ended(*statuses))[0].startswith(f"[1/1] p0: {word}, ")


def test_an_exception_that_was_announced_is_no_failure(capsys):
    raising = replace(TWO, cells=(replace(TWO.cells[0], raises="ValueError"), TWO.cells[1]))
    assert "p0: done" in lines(capsys, ended(Status.RAISED, Status.OK), of=raising)[0]


def test_the_slowest_are_named_last(capsys):
    runs = [replace(run(ONE, ""), seconds=float(seconds)) for seconds in (1, 5, 2, 4)]
    last = lines(capsys, *runs, of=ONE)[-1]
    assert last == "4 programs run. Slowest: p1 5.0 s, p3 4.0 s, p2 2.0 s." and SLOWEST == 3


def test_where_programs_wait_for_somebody_a_shorter_time_is_advised(capsys):
    waited = ended(Status.TIMEOUT, Status.NOT_REACHED)
    assert "Slowest" in lines(capsys, waited, ended(Status.OK, Status.OK))[-1]
    assert lines(capsys, waited, waited)[-1].startswith(
        "2 of them were ended for taking too long: `--timeout 5`"
    )


def test_a_file_s_name_commands_neither_the_terminal_nor_ci(capsys):
    hostile = replace(ONE, slug="a\x1b]52;c;eA==\x07\n::error::b.md")
    with progress([hostile], verb="tested") as on_run:
        on_run(replace(run(ONE, ""), program=hostile.name))
    said = capsys.readouterr().err
    assert said.count("a\\x1b]52;c;eA==\\x07\\n::error::b.md") == 2 and said.count("\n") == 2
    assert said.replace("\n", "").isprintable()


def test_where_nothing_ran_nothing_is_said(capsys):
    with progress([], verb="run"):
        pass
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_and_no_lines(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    said = lines(capsys, run(ONE, ""), of=ONE)
    assert not [line for line in said if line.startswith("[1/1]")] and "1 program run." in said[-1]
