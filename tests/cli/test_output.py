"""Problems as machines read them."""

import json
from dataclasses import replace

import pytest

from hexapla.cli.main import main
from hexapla.cli.output import FORMATS
from hexapla.model.problem import Problem, Severity

PROBLEM = Problem(
    path="posts/a, b.md", line=3, code="claim-wrong", message="100 % wrong:\nतंत्र", hint="Remove it.",
    severity=Severity.WARNING, details=("typed: 1",),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_no_problems_are_a_whole_document(form):
    said = FORMATS[form](())
    told = json.loads(said) if said else {}
    assert told in ({}, {"problems": [], "groups": []}) or told["runs"][0]["results"] == []


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


def test_sarif_has_what_the_standard_requires():
    """The required members and the closed lists of the schema (OASIS SARIF 2.1.0, "sarif-schema-2.1.0.json")."""
    severities = [
        replace(PROBLEM, severity=severity, code=code)
        for severity in Severity
        for code in ("claim-wrong", "own")
    ]
    log = json.loads(FORMATS["sarif"](severities))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] and run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    for rule in driver["rules"]:
        assert rule["id"]
        for message in (rule.get("shortDescription"), rule.get("help")):
            assert message is None or message["text"]
    for result in run["results"]:
        assert result["message"]["text"] and result["level"] in ("none", "note", "warning", "error")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        # A URI reference (RFC 3986): no blank, no letter beyond ASCII.
        assert place["artifactLocation"]["uri"] == "posts/a%2C%20b.md"
    assert "posts/%E6%B7%B7.md" in FORMATS["sarif"]((replace(PROBLEM, path="posts/混.md"),))


def test_a_github_command_is_one_line_whatever_its_problem_says():
    wild = replace(PROBLEM, path="posts/a:b%,c.md", message="one\r\ntwo ::error::", details=("- x", "+ y"))
    said = FORMATS["github"]((wild, wild))
    assert said.count("\n") == 2 and "\r" not in said
    first = said.split("\n")[0]
    assert first.startswith(
        "::warning file=posts/a%3Ab%25%2Cc.md,line=3,title=claim-wrong::one%0D%0Atwo ::error::"
    )
    assert first.endswith("Remove it.%0A- x%0A+ y")


def test_json_has_every_field():
    assert json.loads(FORMATS["json"]((PROBLEM,)))["problems"][0]["details"] == ["typed: 1"]


@pytest.mark.parametrize(
    ("form", "path"), [("github", "file=site/posts/a.en.md,"), ("sarif", '"uri": "site/posts/a.en.md"')]
)
def test_places_are_named_from_where_the_command_runs(new_site, monkeypatch, capsys, form, path):
    file = new_site({"a.en.md": "```python\n1\n```\n"})
    file.parent.rename(file.parent.parent / "site")
    monkeypatch.chdir(file.parent.parent)
    assert main(["check", "-f", "site/mkdocs.yml", "--format", form]) == 1
    assert path in capsys.readouterr().out
    monkeypatch.chdir("site")
    assert main(["check", "--format", form]) == 1
    assert path.replace("site/", "") in capsys.readouterr().out
