"""Problems as machines read them."""

import json

import pytest

from hexapla.formats import FORMATS
from hexapla.problems import Problem, Severity

PROBLEM = Problem(
    path="posts/a, b.md", line=3, code="claim-wrong", message="100 % wrong:\nतंत्र", hint="Remove it.",
    severity=Severity.WARNING, details=("typed: 1",),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_no_problems_are_a_whole_document(form):
    assert FORMATS[form](()) in ("", "[]\n") or json.loads(FORMATS[form](()))["runs"][0]["results"] == []


def test_github_commands_are_escaped():
    said = FORMATS["github"]((PROBLEM,))
    assert said.count("\n") == 1
    assert said.startswith(
        "::warning file=posts/a%2C b.md,line=3,title=claim-wrong::100 %25 wrong:%0Aतंत्र Remove it."
    )


def test_sarif_names_rule_level_and_place():
    result = json.loads(FORMATS["sarif"]((PROBLEM,)))["runs"][0]["results"][0]
    assert (result["ruleId"], result["level"]) == ("claim-wrong", "warning")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


def test_json_has_every_field():
    assert json.loads(FORMATS["json"]((PROBLEM,)))[0]["details"] == ["typed: 1"]
