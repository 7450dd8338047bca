"""Problems, and what ran, as machines read them: whole, valid, and of one mind with the exit status."""

import functools
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import xmlschema

from examples import program, run
from hexapla.adapters.mkdocs import builder
from hexapla.cli.junit import as_junit
from hexapla.cli.main import main
from hexapla.cli.reporting import strictly
from hexapla.cli.reports import FORMATS, Report, as_json
from hexapla.model.errors import Crash
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Status
from hexapla.storage import files
from hexapla.storage.crashes import crash_problems

PROBLEM = Problem(
    path="posts/a, b.md", line=3, code="claim-wrong", message="100 % wrong:\nतंत्र", hint="Remove it.",
    severity=Severity.WARNING, details=("typed: 1",),
)  # fmt: skip
TWO = program("print(1)\n", "1 / 0\n")
SCHEMAS = Path(__file__).with_name("schemas")


def told(form, *problems):
    return FORMATS[form](Report(problems=problems))


@functools.cache
def xml_schema():
    return xmlschema.XMLSchema10(SCHEMAS / "junit.xsd")


def validate(form: str, text: str) -> None:
    """Hold a report against its schema."""
    if form == "junit":
        xml_schema().validate(text)
    elif form in ("json", "sarif"):
        schema = (
            files.template("report.schema.json") if form == "json" else (SCHEMAS / "sarif.json").read_text()
        )
        jsonschema.validate(json.loads(text), json.loads(schema), cls=jsonschema.Draft202012Validator)
    else:
        # https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
        command = r"::(error|warning|notice) file=[^:,\n]+,line=[1-9]\d*,title=[^:,\n]+::[^\n]+\n"
        assert re.fullmatch(f"({command})*", text), text


def errors_in(form: str, text: str) -> int:
    """Count the errors that a report holds, as its readers do."""
    if form == "junit":
        return text.count("<failure ")
    if form == "github":
        return len(re.findall("^::error ", text, re.M))
    if form == "json":
        return sum(one["severity"] == "error" for one in json.loads(text)["problems"])
    return sum(one["level"] == "error" for one in json.loads(text)["runs"][0]["results"])


@pytest.mark.parametrize("form", FORMATS)
def test_no_problems_are_a_whole_document(form):
    validate(form, told(form))
    assert errors_in(form, told(form)) == 0


def test_github_commands_are_escaped():
    said = told("github", PROBLEM)
    assert said.count("\n") == 1
    assert said.startswith(
        "::warning file=posts/a%2C b.md,line=3,title=claim-wrong::100 %25 wrong:%0Aतंत्र Remove it."
    )


def test_a_github_command_is_one_line_whatever_its_problem_says():
    wild = replace(PROBLEM, path="posts/a:b%,c.md", message="one\r\ntwo ::error::", details=("- x", "+ y"))
    said = told("github", wild, wild)
    assert said.count("\n") == 2 and "\r" not in said
    first = said.split("\n")[0]
    assert first.startswith(
        "::warning file=posts/a%3Ab%25%2Cc.md,line=3,title=claim-wrong::one%0D%0Atwo ::error::"
    )
    assert first.endswith("Remove it.%0A- x%0A+ y")


def test_sarif_names_rule_level_and_place():
    result = json.loads(told("sarif", PROBLEM))["runs"][0]["results"][0]
    assert (result["ruleId"], result["level"]) == ("claim-wrong", "warning")
    place = result["locations"][0]["physicalLocation"]
    # A URI reference (RFC 3986): no blank, no letter beyond ASCII.
    assert place == {"artifactLocation": {"uri": "posts/a%2C%20b.md"}, "region": {"startLine": 3}}
    assert "posts/%E6%B7%B7.md" in told("sarif", replace(PROBLEM, path="posts/混.md"))


def test_sarif_knows_each_rule_once():
    severities = [
        replace(PROBLEM, severity=severity, code=code)
        for severity in Severity
        for code in ("claim-wrong", "own")
    ]
    (sarif,) = json.loads(told("sarif", *severities))["runs"]
    rules = sarif["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in sarif["results"]] == [
        one.code for one in severities
    ]
    assert len(rules) == 2
    validate("sarif", told("sarif", *severities))


@pytest.mark.parametrize("form", [*FORMATS, "junit"])
def test_a_report_is_valid_whatever_programs_and_posts_say(form):
    """Half a character, a control, a command to CI, a language's letters."""
    wild = [
        replace(
            PROBLEM,
            message="a\ud83d\x00\x1b[1m\r\n::error::",
            details=("<a>&", "\ufffe"),
            severity=severity,
            path="पोस्ट/a b.md",
        )
        for severity in Severity
    ]
    report = Report(problems=wild, programs=[TWO], runs=[run(TWO, "1\n", "", status=Status.RAISED)])
    text = as_junit(report) if form == "junit" else FORMATS[form](report)
    text.encode()
    validate(form, text)
    assert errors_in(form, text) == 1


def test_json_has_every_field_and_where_each_cell_is():
    report = Report(problems=[PROBLEM], programs=[TWO], runs=[run(TWO, "1\n", "")])
    read = json.loads(as_json(report))
    assert read["problems"][0]["details"] == ["typed: 1"]
    (ran,) = read["programs"]
    assert ran["program"] == "a" and ran["cells"][1]["path"] == "posts/a.en.md"
    validate("json", as_json(report))


def test_a_warning_is_an_error_where_that_is_asked_for():
    note, error = (replace(PROBLEM, severity=severity) for severity in (Severity.NOTE, Severity.ERROR))
    assert strictly([note, PROBLEM, error]) == (note, error, error)
    assert [Report(problems=problems).status for problems in ([], [note, PROBLEM], [error])] == [0, 0, 1]


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


GOOD = "---\ntitle: Good\n---\n\n```python\nx = 6 * 7\nprint(x)\n```\n\n```python\nprint(x + 1)\n```\n"
GERMAN = GOOD.replace("Good", "Gut")
PAIR = {"good.en.md": GOOD, "good.de.md": GERMAN}
SITES: dict[str, tuple[dict[str, str | bytes], int]] = {
    "clean": (PAIR, 0),
    "a warning": (PAIR | {"w.en.md": "```python\nno_such_name\n```\n"}, 0),
    "not utf-8": (PAIR | {"bad.md": b"Line\n\xff\xfe\n"}, 1),
    "no mapping": (PAIR | {"bad.md": "---\n- a\n---\n"}, 1),
    "another language": (PAIR | {"bad.it.md": "Ciao\n"}, 1),
    "a missing block": (PAIR | {"good.de.md": GERMAN.replace("```python\nprint(x + 1)\n```\n", "")}, 1),
    "another program": (PAIR | {"good.de.md": GERMAN.replace("6 * 7", "6 * 8")}, 1),
    "a wrong word": (PAIR | {"bad.en.md": "```python notset\n1\n```\n"}, 1),
    "a claim that is wrong": (PAIR | {"good.en.md": GOOD.replace("print(x)", "print(x)  # 41")}, 1),
    "a cell that raises": (PAIR | {"bad.en.md": "```python\n1 / 0\n```\n"}, 1),
    "a cell that must raise": (PAIR | {"bad.en.md": "```python raises:ValueError\n1\n```\n"}, 1),
    "a file that is refused": (PAIR | {"bad.en.md": "---\nfiles: [../secret]\n---\n\n```python\n1\n```\n"}, 1),
    "an unclosed fence": (PAIR | {"bad.en.md": "Text\n\n```python\nprint(1)\n"}, 1),
}  # fmt: skip
"""Posts, and how `hexapla run` ends."""


def reported(capsys, tmp_path, *arguments: str) -> tuple[int, dict[str, str]]:
    """Run a command; return how it ended, and the reports: three that it wrote, and SARIF of the same problems."""
    capsys.readouterr()
    junit, as_file = tmp_path / "r.xml", tmp_path / "r.json"
    status = main([*arguments, "--format", "github", "--junit", str(junit), "--json", str(as_file)])
    texts = {"github": capsys.readouterr().out, "junit": junit.read_text(), "json": as_file.read_text()}
    problems = [
        Problem(**{**one, "severity": Severity(one["severity"])})
        for one in json.loads(texts["json"])["problems"]
    ]
    return status, {**texts, "sarif": told("sarif", *problems)}


def of_one_mind(status: int, texts: dict[str, str]) -> None:
    """The exit status is 1 just where each report holds an error, and each report is valid."""
    assert status in (0, 1)
    for form, text in texts.items():
        validate(form, text)
        assert (errors_in(form, text) > 0) == (status == 1), (form, status, text)


@pytest.mark.parametrize(("posts", "ends"), SITES.values(), ids=SITES)
def test_the_exit_status_and_all_reports_are_of_one_mind(new_site, capsys, tmp_path, posts, ends):
    file = str(new_site(posts))
    # Nothing is recorded yet: that is an error of its own.
    status, texts = reported(capsys, tmp_path, "check", "-f", file)
    assert status == 1
    of_one_mind(status, texts)
    status, texts = reported(capsys, tmp_path, "run", "-f", file)
    assert status == ends
    of_one_mind(status, texts)
    for verb in (["pages"], ["check"], ["check", "--strict"]):
        of_one_mind(*reported(capsys, tmp_path, *verb, "-f", file))


@pytest.mark.parametrize("form", FORMATS)
def test_standard_output_is_nothing_but_the_report(new_site, capsys, form):
    file = str(new_site(PAIR))
    for verb, ends in (["check"], 1), (["run"], 0), (["pages"], 0), (["test"], 0), (["run", "--prune"], 0):
        capsys.readouterr()
        assert main([*verb, "-f", file, "--format", form]) == ends
        validate(form, capsys.readouterr().out)


def test_drift_is_a_failure_of_its_cell(new_site, capsys, tmp_path):
    file = new_site(PAIR)
    assert main(["run", "-f", str(file)]) == 0
    assert main(["test", "-f", str(file)]) == 0
    posts = file.parent / "posts"
    for name in PAIR:
        posts.joinpath(name).write_text(posts.joinpath(name).read_text().replace("x + 1", "x + 2"))
    status, texts = reported(capsys, tmp_path, "test", "-f", str(file))
    assert status == 1 and 'failures="1"' in texts["junit"]
    of_one_mind(status, texts)


FILES = {
    "clean": ("```python\nprint(1)\n```\n", 0),
    "an output that differs": ("```python\nprint(1)\n```\n\n<!-- hexapla:output -->\n```text\n2\n```\n", 1),
    "a claim that is wrong": ("```python\nprint(1)  # 2\n```\n", 1),
    "a cell that raises": ("```python\n1 / 0\n```\n", 1),
    "no front matter": ("---\n- a\n---\n", 1),
}


@pytest.mark.parametrize(("text", "ends"), FILES.values(), ids=FILES)
def test_files_without_a_site_are_reported_alike(capsys, tmp_path, monkeypatch, text, ends):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(text)
    status, texts = reported(capsys, tmp_path, "test", "README.md")
    assert status == ends
    of_one_mind(status, texts)


def test_what_goes_wrong_while_mkdocs_builds_is_reported(new_site, capsys, tmp_path, monkeypatch):
    file = new_site(PAIR)

    def build(config, **_):
        crash = Crash(
            path="posts/good.en.md", message="ValueError: no", traceback="Traceback\nValueError: no\n"
        )
        crash_problems(config.root, [crash])
        return builder.Outcome.BUILT

    monkeypatch.setattr(builder, "build", build)
    status, texts = reported(capsys, tmp_path, "build", "-f", str(file))
    assert status == 1 and "internal-error" in texts["junit"] and "ValueError: no." in texts["json"]
    of_one_mind(status, texts)
