"""Every code is used, documented and a sentence that says what to do."""

import re
from pathlib import Path

import hexapla
from hexapla.codes import CODES, TABLE, documentation, problem


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
    assert [line.split()[1] for line in text.split("\n") if line.startswith("### ")] == list(TABLE)
