"""Every row of the table of other tools' behaviours is true, and the page that shows it is the table."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from hexapla.cli.main import main
from peers import BUILDERS, ROWS, page, page_of_builders

PAGE = Path(__file__).resolve().parent.parent / "docs/en/manual/coming-from.md"

ALL = (*ROWS, *BUILDERS)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Run all texts at once; return what is told of each as `line: code`, in the order of the rows."""
    folder = tmp_path_factory.mktemp("peers")
    for number, row in enumerate(ALL):
        (folder / f"row-{number}.md").write_text(row.text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        said = captured(["test", "."])
    found = re.findall(r"^row-(\d+)\.md:(\d+): [EWN]-(\S+)", said, re.MULTILINE)
    return [
        [f"{line}: {code}" for row, line, code in found if int(row) == number] for number in range(len(ALL))
    ]


def captured(arguments: list[str]) -> str:
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        main(arguments)
    return text.getvalue()


@pytest.mark.cost
@pytest.mark.parametrize("number", range(len(ALL)), ids=[f"{row.peer}: {row.feature}" for row in ALL])
def test_what_is_said_of_a_peer_is_true(told, number):
    assert sorted(told[number]) == sorted(ALL[number].says), ALL[number].text


def test_the_pages_are_the_tables():
    """To rewrite one: PYTHONPATH=tests python -c "from peers import page; print(page(), end='')" > docs/en/manual/coming-from.md"""
    assert PAGE.read_text(encoding="utf-8") == page()
    other = PAGE.with_name("coming-from-notebooks.md")
    assert other.read_text(encoding="utf-8") == page_of_builders()


def test_an_update_changes_nothing_but_outputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (row,) = (row for row in ROWS if row.feature == "`--update-examples`")
    Path("a.md").write_text(row.text)
    captured(["test", "--update", "a.md"])
    assert Path("a.md").read_text() == f"{row.text}\n<!-- hexapla:output -->\n```text\n42\n```\n"
