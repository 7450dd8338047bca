"""A cell as a test: where it stands, what its run has to say of it, and when it says nothing."""

from dataclasses import replace

import pytest

from examples import article, run
from hexapla.adapters.pytest.cases import case_problems, cases, ended, excuse
from hexapla.ledger.ledger import Record, updated_record
from hexapla.model.output import Kind, Text
from hexapla.model.run import CellRun, Given, Status

BODY = "Words.\n\n```python\nx = 1\nprint(x)\n```\n\n```python\nprint(x)\n```\n"
OF = article({"en": BODY, "de": f"Noch mehr.\n{BODY}"})
FIRST, SECOND = cases(OF)


def ran(*cells):
    return replace(run(OF.programs[0], "", ""), cells=cells)


def cell(number, status=Status.OK, text="", message=""):
    outputs = (Text(kind=Kind.ERROR, text=text),) if text else ()
    return CellRun(id=f"cell-{number}", status=status, outputs=outputs, message=message)


def test_a_case_has_every_place_of_its_cell_its_own_first():
    assert FIRST.name == "cell-1[en,de]"
    assert [(place.language, place.line, place.length) for place in FIRST.places] == [
        ("en", 4, 2),
        ("de", 5, 2),
    ]
    german = replace(FIRST.cell, path="posts/a.de.md")
    of = replace(OF, programs=(replace(OF.programs[0], cells=(german, SECOND.cell)),))
    assert [place.language for place in cases(of)[0].places] == ["de", "en"]


def test_the_marks_are_what_a_cell_asks_of_the_machine():
    fixtures = ("gpu", "answer", "slow")
    assert replace(FIRST, cell=replace(FIRST.cell, fixtures=fixtures)).marks == ("gpu", "slow")


def test_what_is_recorded_and_shown_again_is_no_problem():
    done = run(OF.programs[0], "1\n", "1\n")
    record = updated_record(Record(), OF.programs[0], done)
    assert case_problems(FIRST, record, done) == case_problems(SECOND, record, done) == ()


def test_a_departure_is_a_problem_at_each_place_and_its_details_are_shown_once():
    record = updated_record(Record(), OF.programs[0], run(OF.programs[0], "1\n", "1\n"))
    problems = case_problems(SECOND, record, run(OF.programs[0], "1\n", "2\n"))
    assert [(one.path, one.line) for one in problems] == [("posts/a.en.md", 9), ("posts/a.de.md", 10)]
    raised = ran(cell(1), cell(2, Status.RAISED, "Traceback\nValueError: no\n", "ValueError: no"))
    first, second, *_ = case_problems(SECOND, record, raised)
    assert first.details and not second.details
    assert case_problems(FIRST, record, run(OF.programs[0], "1\n", "2\n")) == ()


def test_what_ran_and_is_not_recorded_is_a_problem():
    (problem, _) = case_problems(FIRST, Record(), run(OF.programs[0], "1\n", "1\n"))
    assert problem.code == "stale-output" and "hexapla-update" in problem.hint


@pytest.mark.parametrize(
    ("row", "line"), [(1, 4), (2, 5), (3, 4), (99, 4)], ids=["first", "last", "below the cell", "elsewhere"]
)
def test_an_exception_is_told_where_it_was_raised_if_that_is_in_the_cell(row, line):
    text = f"Traceback\n  cell 1, line {row}, in <module>\nValueError: no\n"
    done = ran(cell(1, Status.RAISED, text, "ValueError: no"), cell(2))
    problems = case_problems(replace(FIRST, cell=replace(FIRST.cell, line=3)), Record(), done)
    assert [one.line for one in problems][:1] == [line]


def test_of_a_place_with_other_lines_only_the_block_is_known():
    text = "Traceback\n  cell 1, line 2, in <module>\nValueError: no\n"
    done = ran(cell(1, Status.RAISED, text, "ValueError: no"), cell(2))
    longer = (FIRST.places[0], replace(FIRST.places[1], length=3))
    case = replace(FIRST, places=longer, cell=replace(FIRST.cell, line=3))
    assert [one.line for one in case_problems(case, Record(), done)] == [5, 5]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ((cell(1), cell(2)), ""),
        ((cell(1), cell(2, Status.SKIPPED, message="It asks for `gpu`.")), "It asks for `gpu`."),
        (
            (cell(1, Status.KILLED), cell(2, Status.NOT_REACHED)),
            "It was not reached: cell cell-1 (posts/a.en.md:3) ended the program.",
        ),
        (
            (cell(1, Status.SKIPPED, message="It is slow."), cell(2, Status.RAISED, "NameError: x\n")),
            "It needs cell cell-1 (posts/a.en.md:3), which was skipped: It is slow.",
        ),
        ((cell(1, Status.SKIPPED, message="It is slow."), cell(2, Status.RAISED, "ValueError: x\n")), ""),
        ((cell(1), cell(2, Status.RAISED, "NameError: x\n")), ""),
    ],
    ids=[
        "it ran",
        "skipped",
        "not reached",
        "needs what was skipped",
        "fails by itself",
        "nothing was skipped",
    ],
)
def test_why_a_case_says_nothing(cells, why):
    assert excuse(SECOND, ran(*cells)) == why


def test_a_fixture_with_a_fault_is_the_only_problem_and_no_excuse():
    given = Given(lacking={"answer": "It failed."}, faults=frozenset({"answer"}))
    case = replace(SECOND, cell=replace(SECOND.cell, fixtures=("answer",)))
    done = ran(cell(1), cell(2, Status.SKIPPED))
    assert excuse(case, done, given) == ""
    problems = case_problems(case, Record(), done, given)
    assert [one.code for one in problems] == ["fixture", "fixture"] and "It failed." in problems[0].message


def test_a_program_that_was_ended_from_outside_is_told_at_each_place():
    problems = ended(FIRST, "Timeout >1.0s")
    assert [one.code for one in problems] == ["cell-timeout"] * 2
    assert problems[0].message == "Cell cell-1 of a was not waited for: Timeout >1.0s"


def test_a_program_of_one_language_has_one_place():
    (only,) = cases(article({"en": "```python\n1\n```\n"}))
    assert only.name == "cell-1[en]" and [place.language for place in only.places] == ["en"]
