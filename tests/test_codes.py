"""Every code is used, documented and a sentence that says what to do."""

import re
from pathlib import Path

import hexapla
from hexapla.codes import CODES, OTHER_CODES, TABLE, documentation, page, problem
from hexapla.normalize.repairs import RULES
from hexapla.outputs import Departure
from hexapla.run import Status

UNREPORTED = {"cell-skipped", "cell-not-reached"}


def test_every_code_is_documented_once() -> None:
    assert len(TABLE) == len(CODES)
    for code in CODES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.word)
        assert code.meaning.endswith(".")
        assert code.hint.endswith(".")
        assert code.example


def test_every_documented_code_is_used_somewhere() -> None:
    folder = Path(hexapla.__file__).parent
    text = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "codes.py"
    )
    assert [code.word for code in CODES if f'"{code.word}"' not in text] == []


def test_a_problem_has_the_severity_and_hint_of_its_code() -> None:
    found = problem("number-changed", "posts/a.de.md", 3, "Here.", details=("- 1", "+ 2"))
    assert str(found).startswith("posts/a.de.md:3: E-number-changed Here. Copy the number from the original.")


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
    """To rewrite the page: python -c "from hexapla.codes import page; print(page(), end='')" > PROBLEMS.md"""
    path = Path(__file__).resolve().parent.parent / "PROBLEMS.md"
    assert path.read_text(encoding="utf-8") == page()
