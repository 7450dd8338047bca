"""What ran, for machines."""

import json
from xml.etree import ElementTree

from examples import program, run
from hexapla.cli.reports import runs_as_json, runs_as_junit
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
