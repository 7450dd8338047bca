"""Cells behave as in a notebook and as in a script; each test uses the real thing."""

import base64
import pickle
import shutil
from collections.abc import Callable

import pytest

from hexapla.execution.client import ForkServer
from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell, Program
from hexapla.model.run import Given, Options, Run, Status
from hexapla.programs.align.scope import cell_names
from hexapla.programs.python_versions import without_marks

from .conftest import program, shown

Runner = Callable[..., Run]

WORKS = {
    "one namespace": ("x = 1", "x += 1", "print(x)", "2\n"),
    "__main__": ("print(__name__)", "__main__\n"),
    "its code has a hash, as warnings ask for": (
        "import sys, warnings\ncode = sys._getframe().f_code\n{code: 1}[code]\nprint(hash(code) == hash(code), code == code)",
        "True True\n",
    ),
    "its builtins are those of a script": ("print(__builtins__)", "<module 'builtins' (built-in)>\n"),
    "nothing of ours is to be seen": (
        "import builtins, sys\nassert 1 < 2\nnames = [*dir(builtins), *dir(), *vars(sys)]",
        "print([name for name in [*names, *dir(__builtins__)] if 'hexapla' in name])",
        "[]\n",
    ),
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
    "a warning is shown once": (
        "import sys, warnings\nsys.stderr = sys.stdout\ndef careful():\n    warnings.warn('slowly')",
        "for _ in range(3): careful()",
        "cell 1, line 4: UserWarning: slowly\n  warnings.warn('slowly')\n",
    ),
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
        # What is there to be read.
        ("...", ""),
        ('print(1)\n"""\n1\n"""', ""),
        ("'a\\nb'", "'a\\nb'\n"),
    ],
)
def test_shows_the_last_expressions_value(run: Runner, code: str, value: str) -> None:
    assert shown(run(code).cells[0], Kind.VALUE) == value


SHOWN = {
    "a statement, which is the last": ("print(1)", ()),
    "lines of each": ("print(1)\nprint('2\\n3')\nprint(4)", (1, 3)),
    "silent ones between": ("x = 1\ndef f():\n    print(x)\nf()\nf()\nx", (0, 0, 1, 2)),
    "what C code and another process print": (
        "import os\nos.write(1, b'a\\n')\nos.system('echo b')\nprint('c')",
        (0, 1, 2),
    ),
    "a line that is not ended": ("print(1, end=' ')\nprint(2)\nprint(3)", (0, 1)),
    "up to an exception": ("print(1)\n1 / 0\nprint(2)", (1,)),
    "a loop": ("for i in range(3):\n    print(i)\nprint(4)\n5", (3, 4)),
    "a progress bar": ("print('1 of 2', end='\\r')\nprint('2 of 2')\nprint(3)", (0, 1)),
    "what goes back to a line above": ("print(1)\nprint('\\x1b[1A2')\nprint(3)", ()),
    "what waits": ("import asyncio\nawait asyncio.sleep(0)\nprint(1)\nprint(2)", (0, 0, 1)),
    "a program that watches calls": ("import sys\nsys.setprofile(None)\nprint(1)\nprint(2)", ()),
    "a copy of the process": (
        "import os\nif (copy := os.fork()): os.waitpid(copy, 0)\nelse: print('in the copy')\nprint(1)\nprint(2)",
        (0, 3, 4),
    ),
}


@pytest.mark.cost
@pytest.mark.parametrize(("code", "lines"), SHOWN.values(), ids=SHOWN)
def test_tells_how_many_lines_each_statement_has_shown(
    run: Runner, code: str, lines: tuple[int, ...]
) -> None:
    assert run(code).cells[0].shown == lines


@pytest.mark.cost
def test_at_a_prompt_values_count_too(server: ForkServer) -> None:
    cell = Cell(id="a", code="1\nprint(2)\n3\n4", path="p.md", line=1, interactive=True)
    assert server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells[0].shown == (
        1,
        2,
        3,
    )


def test_names_the_post_and_its_line_in_a_traceback_and_nothing_of_ours(run: Runner) -> None:
    first, second = run("def half(x):\n    return x / 0", "print(1)\nhalf(2)").cells
    assert first.status is Status.OK
    assert (second.status, second.message) == (Status.RAISED, "ZeroDivisionError: division by zero")
    assert "\n    return x / 0\n           ~~^~~\n" in shown(second, Kind.ERROR)
    assert without_marks(shown(second, Kind.ERROR)) == (
        "Traceback (most recent call last):\n"
        "  cell 2, line 2, in <module>\n    half(2)\n"
        "  cell 1, line 2, in half\n    return x / 0\n"
        "ZeroDivisionError: division by zero\n"
    )


def test_names_the_line_of_a_syntax_error(run: Runner) -> None:
    error = shown(run("x = 1\ny = = 2").cells[0], Kind.ERROR)
    assert error.splitlines()[0].strip() == "cell 1, line 2"
    assert "hexapla" not in error


def test_keeps_contexts_and_causes_without_our_frames(run: Runner) -> None:
    error = shown(
        run("try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('no') from e").cells[0], Kind.ERROR
    )
    assert "direct cause" in error
    assert "hexapla" not in error


@pytest.mark.parametrize(
    ("raises", "code", "after"),
    [
        ("ZeroDivisionError", "1 / 0", Status.OK),
        ("ArithmeticError", "1 / 0", Status.OK),
        ("ValueError", "1 / 0", Status.OK),
        ("SystemExit", "raise SystemExit(1)", Status.OK),
    ],
)
def test_goes_on_after_an_exception_whatever_the_author_named(
    server: ForkServer, raises: str, code: str, after: Status
) -> None:
    cells = (
        Cell(id="a", code=code, path="p.md", line=1, raises=raises),
        Cell(id="b", code="print(1)", path="p.md", line=9),
    )
    done = server.run(Program(slug="s", variant="", cells=cells, languages=("en",)))
    assert [cell.status for cell in done.cells] == [Status.RAISED, after]
    assert (done.cells[0].failure is None) == (raises != "ValueError")


UNSAYABLE = """class Unsayable({base}):
    def {method}(self):
        raise self if isinstance(self, BaseException) else KeyboardInterrupt


{end}"""


@pytest.mark.parametrize(
    ("base", "method", "end", "status"),
    [
        ("Exception", "__str__", "raise Unsayable", Status.RAISED),
        ("BaseException", "__str__", "raise Unsayable", Status.RAISED),
        ("ImportError", "__str__", "raise Unsayable", Status.RAISED),
        ("object", "__repr__", "import sys\nsys.exit(Unsayable())", Status.EXITED),
    ],
)
def test_what_cannot_be_said_ends_no_more_than_its_cell(run: Runner, base, method, end, status) -> None:
    failed, *_ = run(UNSAYABLE.format(base=base, method=method, end=end), "1").cells
    assert failed.status is status and "exit status" not in failed.message


def test_skips_a_cell_whose_fixture_is_missing_and_says_who_may_suffer(server: ForkServer) -> None:
    cells = (
        Cell(
            id="load",
            code="data = 1",
            path="p.md",
            line=1,
            fixtures=("network",),
            names=cell_names("data = 1"),
        ),
        Cell(id="use", code="print(data)", path="p.md", line=9, names=cell_names("print(data)")),
        Cell(id="other", code="print(1)", path="p.md", line=12),
        Cell(id="hidden", code="exec('print(data)')", path="p.md", line=15),
    )
    done = server.run(Program(slug="s", variant="", cells=cells, languages=("en",)))
    assert [cell.status for cell in done.cells] == [*[Status.SKIPPED] * 2, Status.OK, Status.SKIPPED]
    assert done.cells[1].message.startswith(
        "It needs `data` of cell load (p.md:1), which was skipped: It needs"
    )
    assert done.cells[3].message == done.cells[1].message and done.cells[3].outputs == ()


def test_shows_each_value_at_a_prompt(server: ForkServer) -> None:
    code = "1 + 1\nx = 3\nNone\nprint('p')\nx * 2"
    cell = Cell(id="a", code=code, path="p.md", line=1, interactive=True)
    (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert [(one.kind, one.text) for one in done.outputs if isinstance(one, Text)] == [
        (Kind.VALUE, "2\n"),
        (Kind.STREAM, "p\n"),
        (Kind.VALUE, "6\n"),
    ]


def test_values_come_from_outside_once(server: ForkServer) -> None:
    cells = (
        Cell(id="a", code="given.append(3)", path="p.md", line=1, fixtures=("given",)),
        Cell(id="b", code="print(given)", path="p.md", line=4, fixtures=("given",)),
        Cell(id="c", code="1", path="p.md", line=7, fixtures=("lacking",)),
        Cell(id="d", code="1", path="p.md", line=9, fixtures=("other",)),
    )
    given = Given(values={"given": packed([1, 2])}, lacking={"lacking": "It is not here."})
    done = server.run(Program(slug="s", variant="", cells=cells, languages=("en",)), given=given).cells
    assert shown(done[1]) == "[1, 2, 3]\n"
    assert done[2].message == "It is not here."
    assert done[3].message == "It asks for the fixture `other`, which `pytest --hexapla` gives it."


def test_a_value_that_cannot_be_read_here_is_an_error(server: ForkServer) -> None:
    cell = Cell(id="a", code="1", path="p.md", line=1, fixtures=("given",))
    given = Given(values={"given": base64.b64encode(b"cnowhere\nThing\n.").decode()})
    (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",)), given=given).cells
    assert done.status is Status.RAISED
    assert done.message.startswith(
        "The value of the fixture `given` cannot be read in the program's process: Mod"
    )


def packed(value: object) -> str:
    return base64.b64encode(pickle.dumps(value)).decode()


def test_tells_both_sides_of_an_assertion_of_tensors(run: Runner) -> None:
    (cell,) = run(
        "import torch\na = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nassert torch.equal(a, a + 1)"
    ).cells
    assert cell.explanation.split("\n") == [
        "assert torch.equal(a, a + 1)",
        "a = tensor([[1., 2.],",
        "            [3., 4.]])",
        "a + 1 = tensor([[2., 3.],",
        "                [4., 5.]])",
    ]
    assert shown(cell, Kind.ERROR).endswith("AssertionError\n")


def test_an_expected_assertion_error_is_shown_as_python_shows_it(server: ForkServer) -> None:
    cell = Cell(id="a", code="assert 1 == 2", path="p.md", line=1, raises="AssertionError")
    (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert (done.explanation, done.message) == ("", "AssertionError")


def test_needs_a_gpu_where_the_author_says_so(server: ForkServer) -> None:
    torch = pytest.importorskip("torch")
    cell = Cell(id="a", code="import torch\nprint(torch.ones(1, device='cuda').item())", path="p.md", line=1)
    cell = Cell(id=cell.id, code=cell.code, path=cell.path, line=1, fixtures=("gpu",))
    (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert done.status is (Status.OK if torch.cuda.is_available() else Status.SKIPPED)


ON_A_GPU = {
    "a device": ("print(torch.ones(2, device='cuda').device)", "cuda:0\n"),
    "going backward": (
        "w = torch.ones(2, device='cuda', requires_grad=True)\n(w * w).sum().backward()\nprint(w.grad.cpu())",
        "tensor([2., 2.])\n",
    ),
    "a kernel that is compiled": (
        "@torch.compile\ndef twice(x):\n    return x * 2 + 1\nprint(twice(torch.ones(2, device='cuda')).cpu())",
        "tensor([3., 3.])\n",
    ),
    "pinned memory": ("print(torch.ones(2).pin_memory().is_pinned())", "True\n"),
}


@pytest.mark.gpu
@pytest.mark.parametrize(("code", "text"), ON_A_GPU.values(), ids=ON_A_GPU)
def test_a_program_that_asks_for_a_gpu_works_with_it(code: str, text: str) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("This machine has no GPU that torch can use.")
    cell = Cell(id="a", code=f"import torch\n{code}", path="p.md", line=1, fixtures=("gpu",))
    with ForkServer(Options(preload=("torch",))) as server:
        (done,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert (done.status, shown(done)) == (Status.OK, text), done.message


def test_a_program_that_asks_for_none_sees_no_gpu_and_hears_of_none(run: Runner) -> None:
    pytest.importorskip("torch")
    backward = "w = torch.ones(2, requires_grad=True)\n(w * w).sum().backward()\nw.grad"
    (cell,) = run(
        f"import torch\n{backward}\nprint(torch.cuda.is_available(), torch.cuda.device_count())"
    ).cells
    assert shown(cell) == "False 0\n"


def test_the_user_of_a_program_has_a_name(run: Runner) -> None:
    """That user may be lent, and be in no list of users: torch.compile asks for the name."""
    assert shown(run("import getpass\nprint(getpass.getuser())").cells[0]) == "hexapla\n"


def test_gives_each_cell_its_own_namespace_where_asked(run: Runner) -> None:
    cells = run("x = 1", "print('x' in globals())", shared_state=False).cells
    assert shown(cells[1]) == "False\n"


def test_cells_that_are_kept_apart_run_whatever_became_of_those_before(run: Runner) -> None:
    cells = run("x = 1 / 0", "print('on')", "import sys; sys.exit(1)", "1", "x", shared_state=False).cells
    assert [cell.status for cell in cells] == [
        Status.RAISED, Status.OK, Status.EXITED, Status.OK, Status.RAISED,
    ]  # fmt: skip
    assert shown(cells[1]) == "on\n"


def test_says_that_nobody_answers_input(run: Runner) -> None:
    (cell,) = run("name = input('Name? ')").cells
    assert cell.status is Status.CANNOT_RUN
    assert "Nobody can answer" in cell.message


def test_a_copy_of_the_program_does_not_go_on_as_the_program(run: Runner) -> None:
    cells = run(
        "import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nprint('parent' if pid else 'child')", "1"
    ).cells
    assert shown(cells[0]) == "child\nparent\n"
    assert shown(cells[1], Kind.VALUE) == "1\n"


@pytest.mark.parametrize(
    ("ends", "status", "said"),
    [
        ("pass", 0, ""),
        ("raise SystemExit(3)", 3, ""),
        ("raise SystemExit", 0, ""),
        ("raise SystemExit('enough')", 1, "enough\n"),
        (
            "raise ValueError('no')",
            1,
            "Traceback (most recent call last):\n  cell 1, line 4, in <module>\n"
            "    raise ValueError('no')\nValueError: no\n",
        ),
    ],
)
def test_a_copy_of_the_program_ends_as_a_scripts_would(
    run: Runner, ends: str, status: int, said: str
) -> None:
    code = f"import os\npid = os.fork()\nif not pid:\n    {ends}\n"
    (cell,) = run(f"{code}else:\n    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))").cells
    assert (cell.message, shown(cell)) == ("", f"{said}{status}\n")


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
