"""What ran and what is wrong, as CI systems read it."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from examples import program, run
from hexapla.cli.junit import as_junit
from hexapla.cli.reports import Report
from hexapla.model.codes import problem
from hexapla.model.output import Kind, Text
from hexapla.model.problem import Severity
from hexapla.model.run import Status

TWO = program("print(1)\n", "1 / 0\n")
FIRST, SECOND = TWO.cells


def suites_of(*problems, status=Status.RAISED, ran=None, root: Path | None = None):
    ran = ran or run(TWO, "1\n", "", status=status)
    return list(
        ElementTree.fromstring(as_junit(Report(problems=problems, programs=[TWO], runs=[ran], root=root)))
    )


def raised(line=SECOND.line, path=SECOND.path, **changes):
    return replace(
        problem("left-out", path, line, "It went wrong."),
        code="cell-raised",
        severity=Severity.ERROR,
        **changes,
    )


def test_a_failure_is_what_makes_the_exit_status():
    (suite,) = suites_of(raised())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert [case.find("failure") is None for case in suite] == [True, False]
    assert suite[1][0].get("type") == "cell-raised"
    # A site may weigh it otherwise; then it is told, and nothing fails.
    (suite,) = suites_of(replace(raised(), severity=Severity.WARNING))
    assert suite.get("failures") == "0" and "W-cell-raised" in suite[1].findtext("system-out")


@pytest.mark.parametrize(
    ("line", "own"),
    [(SECOND.line - 1, False), (SECOND.line, False), (SECOND.line + 1, True), (1, True)],
    ids=["its fence", "its line", "below it", "elsewhere"],
)
def test_an_error_fails_the_cell_that_it_stands_in_or_a_case_of_its_own(line, own):
    suites = suites_of(raised(line=line))
    assert len(suites) == 1 + own
    assert sum(len(suite.findall("testcase/failure")) for suite in suites) == 1
    assert suites[-1].get("failures") == "1"


def test_the_counts_are_those_of_the_cases():
    errors = [
        raised(),
        raised(line=SECOND.line - 1),
        raised(path="posts/b.md", line=1),
        raised(path="posts/b.md", line=9),
    ]
    text = as_junit(Report(problems=errors, programs=[TWO], runs=[run(TWO, "1\n", "", status=Status.RAISED)]))
    root = ElementTree.fromstring(text)
    # Two errors of one cell are one case that failed.
    assert (root.get("tests"), root.get("failures")) == ("4", "3")
    assert len(root.findall(".//failure")) == 4


@pytest.mark.parametrize("status", [Status.SKIPPED, Status.CANNOT_RUN, Status.NOT_REACHED])
def test_what_was_not_tried_is_skipped_unless_it_is_an_error(status):
    (suite,) = suites_of(status=status)
    assert (suite.get("skipped"), suite.get("failures")) == ("1", "0")
    (suite,) = suites_of(raised(), status=status)
    assert (suite.get("skipped"), suite.get("failures")) == ("0", "1")


def test_it_keeps_the_lines_of_a_traceback_and_no_sign_that_xml_lacks():
    ran = run(TWO, "1\n", "", status=Status.RAISED)
    error = Text(kind=Kind.ERROR, text="a\n\tb\x00\x1b[1m\ud83d\ufffe\U0001f600")
    ran = replace(ran, cells=(ran.cells[0], replace(ran.cells[1], outputs=(error,))))
    (suite,) = suites_of(raised(message="\x00bad\ud800"), ran=ran)
    assert suite[1][0].get("message", "").startswith("bad")
    assert (suite[1][0].text or "").endswith("a\n\tb[1m\U0001f600")
    as_junit(Report(problems=[raised()], programs=[TWO], runs=[ran])).encode()


def test_a_failure_names_its_place_from_where_the_command_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (suite,) = suites_of(raised(), root=tmp_path / "site")
    assert (suite[1][0].text or "").startswith(f"site/{SECOND.path}:{SECOND.line}: cell-raised: ")
