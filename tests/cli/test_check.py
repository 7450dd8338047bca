"""`hexapla check`, `status`, `coverage` and `explain`, as a user types them."""

import json

import pytest

from hexapla.cli.main import main

ENGLISH = "---\ntitle: A\nlang: en\n---\n\n```python\nprint(1)\n```\n\n**Output:**\n\n```\n1\n```\n"
GERMAN = ENGLISH.replace("lang: en", "lang: de").replace("title: A", "title: Ä")


@pytest.fixture
def file(new_site):
    return new_site({"a.en.md": ENGLISH, "a.de.md": GERMAN}, languages="en,de")


def test_what_is_stale_fails_the_check_and_what_is_said_last_leads_on(file, capsys):
    assert main(["check", "-f", str(file)]) == 1
    said = capsys.readouterr()
    assert "1 article, 1 program, " in said.out and ", 1 stale." in said.out
    assert "`hexapla explain stale-output` tells more" in said.out
    assert "Typed outputs: " in said.out


def test_a_machine_reads_nothing_but_the_problems(file, capsys):
    assert main(["check", "-f", str(file), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert "stale-output" in {problem["code"] for problem in told["problems"]}
    (group,) = (group for group in told["groups"] if group["code"] == "stale-output")
    assert group["count"] == group["articles"] == 1 and group["sentence"].startswith("1 × stale-output (")


def test_a_recorded_site_is_clean(file, capsys):
    assert main(["run", "-f", str(file)]) == 0
    capsys.readouterr()
    assert main(["check", "--strict", "-f", str(file)]) == 0
    assert "0 problems, 0 stale." in capsys.readouterr().out.replace("0 problem,", "0 problems,")


def test_the_status_is_a_table_with_what_is_behind_below_it(file, capsys):
    main(["run", "-f", str(file)])
    english = file.parent / "posts" / "a.en.md"
    english.write_text(ENGLISH.replace("print(1)", "print(1)  # one"))
    capsys.readouterr()
    assert main(["status", "-f", str(file)]) == 0
    said = capsys.readouterr().out
    assert "article" in said and "made with" in said
    assert "`en` is the original: " in said and "(a)." in said
    assert "posts/a.de.md:6: comments-stale: block 1 " in said
    assert "has other comments in the original now." in said


def test_the_status_as_json_has_each_version(file, capsys):
    assert main(["status", "-f", str(file), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["article"], row["original"], set(row["languages"])) == ("a", "en", {"en", "de"})


def test_coverage_counts_every_block_and_names_the_unknown(file, capsys):
    assert main(["coverage", "-f", str(file)]) == 0
    said = capsys.readouterr().out
    assert "unknown" in said and "0%" in said
    assert "posts/a.en.md:6: unknown: it is Python, and was not run." in said
    assert main(["coverage", "-f", str(file), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["language"], row["unknown"], row["ran"]) for row in rows] == [("en", 1, 0), ("de", 1, 0)]


@pytest.mark.parametrize("code", ["stale-output", "E-stale-output"])
def test_a_code_is_explained_as_it_is_written_or_copied(code, capsys):
    assert main(["explain", code]) == 0
    assert "hexapla run" in capsys.readouterr().out


def test_all_codes_are_listed_and_a_slip_is_met_with_the_nearest(capsys):
    assert main(["explain"]) == 0
    assert "\nstale-output: " in capsys.readouterr().out
    assert main(["explain", "stale-outptu"]) == 2
    assert "Did you mean `stale-output`?" in capsys.readouterr().err
    assert main(["explain", "xyzzy"]) == 2
    assert "`hexapla explain` lists them." in capsys.readouterr().err
