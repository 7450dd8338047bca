"""Cells behave as in a notebook and as in a script; each test uses the real thing."""

import shutil
from collections.abc import Callable

import pytest

from hexapla.articles import Cell, Program
from hexapla.outputs import Kind
from hexapla.run import Run, Status
from hexapla.run.forkserver import ForkServer

from .conftest import program, shown

Runner = Callable[..., Run]

WORKS = {
    "one namespace": ("x = 1", "x += 1", "print(x)", "2\n"),
    "__main__": ("print(__name__)", "__main__\n"),
    "pickle a class of a cell": (
        "import pickle\nclass Point:\n    def __init__(self, x): self.x = x",
        "print(pickle.loads(pickle.dumps(Point(3))).x)",
        "3\n",
    ),
    "a dataclass with future annotations": (
        "from __future__ import annotations\nfrom dataclasses import dataclass, fields",
        "@dataclass\nclass Point:\n    x: int = 1\nprint(Point(), fields(Point)[0].type)",
        "Point(x=1) int\n",
    ),
    "inspect.getsource": (
        "import inspect\ndef double(x):\n    return 2 * x",
        "print(inspect.getsource(double))",
        "def double(x):\n    return 2 * x\n\n",
    ),
    "torch.jit.script": (
        "import warnings; warnings.simplefilter('ignore')\nimport torch\n"
        "@torch.jit.script\ndef double(x):\n    return 2 * x",
        "print(double(torch.ones(2)))",
        "tensor([2., 2.])\n",
    ),
    "DataLoader workers": (
        "import torch\nfrom torch.utils.data import DataLoader, Dataset\nclass Squares(Dataset):\n"
        "    def __len__(self): return 4\n    def __getitem__(self, i): return torch.tensor(float(i * i))",
        "for batch in DataLoader(Squares(), batch_size=2, num_workers=2): print(batch)",
        "tensor([0., 1.])\ntensor([4., 9.])\n",
    ),
    "spawn": (
        "import multiprocessing as mp\ndef double(x):\n    return 2 * x",
        "if __name__ == '__main__':\n    with mp.get_context('spawn').Pool(2) as pool:\n"
        "        print(pool.map(double, [1, 2]))",
        "[2, 4]\n",
    ),
    "fork": (
        "import multiprocessing as mp\ndef double(x):\n    return 2 * x\n"
        "with mp.get_context('fork').Pool(2) as pool:\n    print(pool.map(double, [1, 2]))",
        "[2, 4]\n",
    ),
    "asyncio.run": ("import asyncio\nasync def main():\n    print('in')\nasyncio.run(main())", "in\n"),
    "top-level await": ("import asyncio\nawait asyncio.sleep(0)\nprint('waited')", "waited\n"),
    "torch.save and load": (
        "import torch\ntorch.save({'w': torch.ones(2)}, 'model.pt')",
        "print(torch.load('model.pt'))",
        "{'w': tensor([1., 1.])}\n",
    ),
    "temporary files": ("import tempfile\nwith tempfile.TemporaryFile() as f: print(f.write(b'abc'))", "3\n"),
    "sys.argv": ("import argparse\nprint(argparse.ArgumentParser().parse_args([]))", "Namespace()\n"),
}


@pytest.mark.parametrize("name", WORKS)
def test_works_as_in_a_notebook_and_a_script(run: Runner, name: str) -> None:
    *codes, printed = WORKS[name]
    done = run(*codes)
    assert [cell.message for cell in done.cells if cell.status is not Status.OK] == []
    assert shown(done.cells[-1]) == printed


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs a C++ compiler")
@pytest.mark.slow
def test_torch_compile_works(run: Runner) -> None:
    cell = run(
        "import torch\ntorch.compile(lambda x: (x * 2 + 1).sum())(torch.ones(4))",
        timeout=200,
    ).cells[0]
    assert (cell.message, shown(cell, Kind.VALUE)) == ("", "tensor(12.)\n")


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("1 + 1", "2\n"),
        ("1 + 1;", ""),
        ("None", ""),
        ("x = 3", ""),
        ("'a'", "'a'\n"),
        ("# nothing", ""),
        ("", ""),
    ],
)
def test_shows_the_last_expressions_value(run: Runner, code: str, value: str) -> None:
    assert shown(run(code).cells[0], Kind.VALUE) == value


def test_names_the_post_and_its_line_in_a_traceback_and_nothing_of_ours(run: Runner) -> None:
    first, second = run("def half(x):\n    return x / 0", "print(1)\nhalf(2)").cells
    assert first.status is Status.OK
    assert (second.status, second.message) == (Status.RAISED, "ZeroDivisionError: division by zero")
    assert shown(second, Kind.ERROR) == (
        "Traceback (most recent call last):\n"
        '  File "posts/tensors.en.md", line 10, in <module>\n    half(2)\n'
        '  File "posts/tensors.en.md", line 4, in half\n    return x / 0\n           ~~^~~\n'
        "ZeroDivisionError: division by zero\n"
    )


def test_names_the_line_of_a_syntax_error(run: Runner) -> None:
    error = shown(run("x = 1\ny = = 2").cells[0], Kind.ERROR)
    assert error.splitlines()[0].strip() == 'File "posts/tensors.en.md", line 4'
    assert "hexapla" not in error


def test_keeps_contexts_and_causes_without_our_frames(run: Runner) -> None:
    error = shown(
        run("try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('no') from e").cells[0], Kind.ERROR
    )
    assert "direct cause" in error
    assert "hexapla" not in error


def test_does_not_reach_the_cells_after_an_exception(run: Runner) -> None:
    cells = run("1 / 0", "print(1)").cells
    assert [cell.status for cell in cells] == [Status.RAISED, Status.NOT_REACHED]
    assert cells[1].message == "The cell cell-1 ended the program."


@pytest.mark.parametrize(
    ("raises", "code", "after"),
    [
        ("ZeroDivisionError", "1 / 0", Status.OK),
        ("ArithmeticError", "1 / 0", Status.OK),
        ("ValueError", "1 / 0", Status.NOT_REACHED),
        ("SystemExit", "raise SystemExit(1)", Status.OK),
    ],
)
def test_goes_on_after_an_exception_that_the_author_named(
    server: ForkServer, raises: str, code: str, after: Status
) -> None:
    cells = (
        Cell(id="a", code=code, path="p.md", line=1, raises=raises),
        Cell(id="b", code="print(1)", path="p.md", line=9),
    )
    done = server.run(Program(slug="s", variant="", cells=cells, languages=("en",)))
    assert [cell.status for cell in done.cells] == [Status.RAISED, after]


def test_skips_a_cell_whose_fixture_is_missing_and_says_who_may_suffer(server: ForkServer) -> None:
    cells = (
        Cell(id="load", code="data = 1", path="p.md", line=1, fixtures=("network",)),
        Cell(id="use", code="print(data)", path="p.md", line=9),
    )
    done = server.run(Program(slug="s", variant="", cells=cells, languages=("en",)))
    assert [cell.status for cell in done.cells] == [Status.SKIPPED, Status.RAISED]
    assert done.cells[1].message.endswith("It may need the cell load, which was skipped.")


def test_needs_a_gpu_where_the_author_says_so(server: ForkServer) -> None:
    torch = pytest.importorskip("torch")
    cell = Cell(id="a", code="import torch\nprint(torch.ones(1, device='cuda').item())", path="p.md", line=1)
    cell = Cell(id=cell.id, code=cell.code, path=cell.path, line=1, fixtures=("gpu",))
    (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert done.status is (Status.OK if torch.cuda.is_available() else Status.SKIPPED)


def test_gives_each_cell_its_own_namespace_where_asked(run: Runner) -> None:
    cells = run("x = 1", "print('x' in globals())", shared_state=False).cells
    assert shown(cells[1]) == "False\n"


def test_says_that_nobody_answers_input(run: Runner) -> None:
    (cell,) = run("name = input('Name? ')").cells
    assert cell.status is Status.RAISED
    assert "Nobody can answer" in cell.message


def test_a_copy_of_the_program_does_not_go_on_as_the_program(run: Runner) -> None:
    cells = run(
        "import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nprint('parent' if pid else 'child')", "1"
    ).cells
    assert shown(cells[0]) == "child\nparent\n"
    assert shown(cells[1], Kind.VALUE) == "1\n"


def test_nothing_leaks_into_the_next_program(run: Runner) -> None:
    run("import torch, os\ntorch.set_default_dtype(torch.float64)\nos.environ['A'] = 'b'\nopen('file', 'w')")
    (cell,) = run(
        "import torch, os\nprint(torch.get_default_dtype(), os.environ.get('A'), os.listdir('.'))"
    ).cells
    assert shown(cell).startswith("torch.float32 None ")
    assert "'file'" not in shown(cell)


def test_the_same_program_prints_the_same_bytes(server: ForkServer) -> None:
    code = "import torch, random, os\nprint(torch.rand(3), random.random(), hash('a'), os.getcwd(), {'b', 'a', 'c'})"
    one, two = (server.run(program(code)).cells[0].outputs for _ in range(2))
    assert one == two
