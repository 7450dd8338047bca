"""Programs as scripts that Python runs."""

import dataclasses
import subprocess
import sys

from examples import program
from hexapla.ledger.percent import script
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
