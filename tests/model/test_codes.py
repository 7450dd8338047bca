"""Every code is used, documented and a sentence that says what to do."""

import re
from pathlib import Path

import pytest

import hexapla
from hexapla.cli.main import main
from hexapla.ledger.comparison import Departure
from hexapla.model.codes import (
    ALL,
    CODES,
    OTHER_CODES,
    REPAIRED,
    TABLE,
    documentation,
    problem,
    problems_page,
)
from hexapla.model.run import Status
from hexapla.normalize.rules.model_text import RULES

UNREPORTED = {"cell-skipped", "cell-not-reached", "cell-cannot-run"}


def test_every_code_is_documented_once() -> None:
    assert len(TABLE) == len(CODES)
    for code in CODES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.word)
        assert code.meaning.endswith(".")
        assert code.hint.endswith(".")
        assert code.example


def test_what_can_be_repaired_are_codes() -> None:
    assert {code.word for code in ALL} >= REPAIRED


def test_every_documented_code_is_used_somewhere() -> None:
    folder = Path(hexapla.__file__).parent
    text = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "codes.py"
    )
    assert [code.word for code in CODES if f'"{code.word}"' not in text] == []


def test_a_problem_has_the_severity_and_hint_of_its_code() -> None:
    changed = problem("number-changed", "posts/a.de.md", 3, "Here.", details=("- 1", "+ 2"))
    assert str(changed).startswith(
        "posts/a.de.md:3: E-number-changed Here. Copy the number from the original."
    )


def test_the_documentation_has_a_section_for_every_code() -> None:
    text = documentation()
    words = [code.word for code in (*CODES, *OTHER_CODES)]
    assert [line.split()[1] for line in text.split("\n") if line.startswith("### ")] == words


def test_every_code_in_the_source_is_documented() -> None:
    folder = Path(hexapla.__file__).parent
    written = {
        word
        for path in folder.rglob("*.py")
        for word in re.findall(r'code="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert written <= {code.word for code in (*CODES, *OTHER_CODES)}
    assert {f"cell-{status.value}" for status in Status} - UNREPORTED <= {code.word for code in OTHER_CODES}
    assert {f"drift-{kind.value}" for kind in Departure} <= {code.word for code in OTHER_CODES}
    assert {name for name, _ in RULES} <= {code.word for code in OTHER_CODES}


def test_the_page_of_problems_is_the_table() -> None:
    """To rewrite the page: python -c "from hexapla.model.codes import problems_page; print(problems_page(), end='')" > PROBLEMS.md"""
    path = Path(__file__).resolve().parents[2] / "PROBLEMS.md"
    assert path.read_text(encoding="utf-8") == problems_page()


@pytest.mark.parametrize("code", ["stale-block", "E-stale-block", "W-stale-block"])
def test_a_code_is_explained_as_it_stands_in_a_message(capsys, code):
    assert main(["explain", code]) == 0
    said = capsys.readouterr().out
    assert TABLE["stale-block"].meaning in said and "What to do: " in said and "Example: " in said


def test_all_codes_are_listed_and_an_unknown_one_is_refused_with_the_nearest(capsys):
    assert main(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(ALL)
    assert main(["explain", "program-difers"]) == 2
    assert "Did you mean `program-differs`?" in capsys.readouterr().err


def test_a_check_that_finds_something_tells_how_to_learn_more(new_site, capsys):
    file = new_site({"a.en.md": "Text.\n\n```python notset\nx = 1\n```\n"})
    main(["check", "-f", str(file)])
    assert "`hexapla explain unknown-word` tells more, and so for every code." in capsys.readouterr().out


FIXTURES = {
    "the machine's": ("gpu", "", ""),
    "pytest's own": ("tmp_path", "", ""),
    "one of a conftest": ("database", "import pytest\n@pytest.fixture\ndef database():\n    return 1\n", ""),
    "one under another name": ("database", "@pytest.fixture(name='database')\ndef _db():\n    pass\n", ""),
    "a misspelt one": ("gpus", "", "There is no fixture `gpus`. Did you mean `fixture:gpu`?"),
    "an unknown one": ("database", "def other(): pass\n", "There is no fixture `database`. Ask for"),
}


@pytest.mark.parametrize(("name", "conftest", "said"), FIXTURES.values(), ids=FIXTURES)
def test_a_fixture_that_nothing_gives_is_a_problem(new_site, capsys, name, conftest, said):
    file = new_site({"a.en.md": f"Text.\n\n```python fixture:{name}\nx = 1\n```\n"})
    (file.parent / "posts/conftest.py").write_text(conftest)
    main(["check", "-f", str(file)])
    err = capsys.readouterr().err
    assert (f"posts/a.en.md:3: W-unknown-fixture {said}" in err) if said else ("unknown-fixture" not in err)
