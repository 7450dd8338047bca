"""Problems as machines read them."""

import json

import pytest

from hexapla.cli import main
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
