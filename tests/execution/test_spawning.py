"""What spawned processes know of a program; each is spawned by the real thing."""

import itertools
import sys
import types
from collections.abc import Callable

import pytest

from hexapla.execution.cells import Session
from hexapla.execution.spawning import definition_rows, hint_of, processes_begun
from hexapla.model.program import Cell
from hexapla.model.run import Run, Status

from .conftest import shown

Runner = Callable[..., Run]

ROWS = {
    "definitions": ("import a\n\ndef f():\n    return 1\nclass B: pass\n", False, {1, 3, 4, 5}),
    "what does something": ("print(1)\nfor x in y:\n    x\nwith a: b\nx", True, set()),
    "assignments": ("x = 1\ny: int = 2\nx += 1\n", True, {1, 2, 3}),
    "no assignments": ("x = 1\nimport a", False, {2}),
    "a decorator": ("@mark\ndef f(): pass", False, {1, 2}),
    "a line that also does": ("import a; a.go()", False, set()),
    "what does not parse": ("def f(", True, set()),
}


@pytest.mark.parametrize(("code", "assigned", "rows"), ROWS.values(), ids=ROWS)
def test_the_lines_that_define(code: str, assigned: bool, rows: set[int]) -> None:
    assert definition_rows(code, assigned=assigned) == rows


def test_the_lines_from_the_one_that_raised_define_nothing() -> None:
    code = "import a\nimport b, \\\n    c\ndef f(): pass\nimport d\n"
    assert definition_rows(code, assigned=True, failed=3) == {1}
    assert definition_rows(code, assigned=True, failed=5) == {1, 2, 3, 4}
    assert definition_rows(code, assigned=True, failed=-3) == set(), "it did not come from the cell"


CLASSES = "import multiprocessing\nfactor = 3\nclass Times:\n    def __call__(self, x): return x * factor"
POOL = "with multiprocessing.get_context('spawn').Pool(1) as pool:\n    print(pool.map(Times(), [1, 2]))"


def test_a_spawned_process_finds_what_cells_define_and_repeats_nothing(run: Runner) -> None:
    cells = run(CLASSES, "print('once')", f"{POOL}\nprint('done')", POOL).cells
    assert [cell.status for cell in cells] == [Status.OK] * 4
    assert [shown(cell) for cell in cells] == ["", "once\n", "[3, 6]\ndone\n", "[3, 6]\n"]


def test_what_failed_in_one_cell_fails_no_process_that_another_spawns(run: Runner) -> None:
    cells = run(f"{CLASSES}\nimport nowhere\nclass Gone: pass", "other = (\n    1 / 0)", POOL).cells
    assert [cell.status for cell in cells] == [Status.CANNOT_RUN, Status.RAISED, Status.OK]
    assert shown(cells[2]) == "[3, 6]\n"


def test_who_imports_it_has_begun_no_process(monkeypatch):
    monkeypatch.delitem(sys.modules, "multiprocessing.process", raising=False)
    before = processes_begun()
    module = types.ModuleType("multiprocessing.process")
    module._process_counter = itertools.count(1)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert processes_begun() == before
    next(module._process_counter)
    assert processes_begun() != before


def test_imports_that_stand_on_one_line_are_all_known(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    session = Session(tmp_path / "program.py")
    for code, path, line in (
        ("import re", "mkdocs.yml", 9),
        ("import json", "posts/a.md", 3),
        ("import os", "posts/a.md", 3),
        ("x = 1\ndef f(): pass", "posts/a.md", 6),
    ):
        session.place(Cell(id=code, code=code, path=path, line=line))
    text = "import re\n\nimport json; import os\n\n\n\ndef f(): pass"
    assert (tmp_path / "program.py").read_text() == text


def test_where_it_cannot_the_message_says_why(run: Runner) -> None:
    code = "import multiprocessing\nwith multiprocessing.get_context('spawn').Pool(1) as pool:\n    pool.map({}, [1])"
    for function in ("lambda x: x", "(lambda: (lambda x: x))()"):
        (cell,) = run(code.format(function)).cells
        assert cell.status is Status.RAISED and "is handed objects by pickle" in cell.message
    assert hint_of(ValueError("pickle")) == ""
    assert "exited unexpectedly" not in hint_of(RuntimeError("DataLoader worker (pid 1) exited unexpectedly"))
    assert hint_of(RuntimeError("DataLoader worker (pid 1) exited unexpectedly")) != ""


@pytest.mark.slow
def test_the_workers_of_a_data_loader_are_spawned(run: Runner) -> None:
    data = "import torch\nclass Squares(torch.utils.data.Dataset):\n    def __len__(self): return 4\n"
    data += "    def __getitem__(self, i): return torch.tensor(i * i)"
    loop = "for batch in torch.utils.data.DataLoader(Squares(), batch_size=2, num_workers=1,"
    loop += " multiprocessing_context='spawn'):\n    print(batch)"
    assert shown(run(data, loop).cells[1]) == "tensor([0, 1])\ntensor([4, 9])\n"
