"""Programs as scripts that Python runs."""

import dataclasses
import subprocess
import sys

import pytest

from examples import program
from hexapla.ledger.encoding import guarded, script
from hexapla.model.program import Cell

TWO = program("x = 1\nprint(x)\n", "x + 1\n")


def test_the_script_runs(tmp_path):
    cells = (
        *TWO.cells,
        Cell(id="wrong", code="1 / 0\n", path="posts/a.md", line=9, raises="ZeroDivisionError"),
    )
    path = tmp_path / "program.py"
    path.write_text(script(dataclasses.replace(TWO, cells=cells)))
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert done.stdout == "1\nZeroDivisionError: division by zero\n"
    assert path.read_text().count("# %% ") == 3


def test_a_cell_that_raises_is_guarded_and_its_empty_lines_stay_empty():
    assert guarded("x = 1\n\n1 / 0", "ZeroDivisionError").split("\n")[:4] == [
        "try:",
        "    x = 1",
        "",
        "    1 / 0",
    ]


@pytest.mark.parametrize(
    "value",
    ['"""a\n  b\nc"""', 'f"""a\n{1 +\n1}\nb"""', '("a"\n"b")', '"a\\\nb"', 'b"""a\nb"""'],
    ids=["lines", "formatted", "joined", "continued", "bytes"],
)
def test_what_stands_in_a_string_keeps_its_blanks_where_a_cell_is_guarded(value, capsys):
    code = f"text = {value}\nprint(text)"
    exec(code, {})
    plain = capsys.readouterr().out
    exec(guarded(f"{code}\n1 / 0", "ZeroDivisionError"), {})
    assert capsys.readouterr().out == f"{plain}ZeroDivisionError: division by zero\n"


def test_a_program_without_cells_has_a_script_that_says_whose_it_is():
    assert script(dataclasses.replace(TWO, cells=())) == "# a: written by hexapla from posts\n"


def test_a_title_says_what_a_cell_asks_for():
    cell = dataclasses.replace(TWO.cells[0], raises="ValueError", fixtures=("gpu",))
    assert "\n# %% cell-1 raises:ValueError fixture:gpu\n" in script(dataclasses.replace(TWO, cells=(cell,)))
