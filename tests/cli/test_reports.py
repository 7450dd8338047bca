"""What ran, for machines."""

import json
from dataclasses import replace
from xml.etree import ElementTree

from examples import program, run
from hexapla.cli.reports import runs_as_json, runs_as_junit
from hexapla.model.output import Kind, Text
from hexapla.model.run import Status

TWO = program("print(1)\n", "1 / 0\n")


def test_json_says_where_each_cell_is():
    rows = json.loads(runs_as_json([TWO], [run(TWO, "1\n", "")]))
    assert rows[0]["program"] == "a"
    assert rows[0]["cells"][1]["path"] == "posts/a.en.md"


def test_junit_counts_what_failed():
    suite = ElementTree.fromstring(runs_as_junit([TWO], [run(TWO, "1\n", "\x1b[1m", status=Status.RAISED)]))[
        0
    ]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert suite[1][0].get("type") == "raised"


def test_junit_keeps_the_lines_of_a_traceback_and_no_sign_that_xml_lacks():
    ran = run(TWO, "1\n", "", status=Status.RAISED)
    error = Text(kind=Kind.ERROR, text="a\n\tb\x00\x1b[1m")
    cells = (ran.cells[0], replace(ran.cells[1], outputs=(error,)))
    suite = ElementTree.fromstring(runs_as_junit([TWO], [replace(ran, cells=cells)]))[0]
    assert (suite[1][0].text or "").startswith("a\n\tb[1m")
