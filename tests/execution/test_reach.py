"""A failure costs itself and what waits for it; each program is run by the real thing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hexapla.execution.client import ForkServer
from hexapla.model.program import Announcement, Cell, Names, Program
from hexapla.model.run import Failure, Obstacle, Run, Status, went_well
from hexapla.model.settings import OnError, Settings
from hexapla.programs.align.scope import cell_names

from .conftest import program, shown

Runner = Callable[..., Run]
OK, RAISED, CANNOT = Status.OK, Status.RAISED, Status.CANNOT_RUN
WAITS, EXITED = Status.NOT_REACHED, Status.EXITED

ROWS = {
    "nothing is wrong": (("x = 1", "x"), (OK, OK)),
    "what needs nothing of it": (("1 / 0", "print(1)"), (RAISED, OK)),
    "what it was to bind": (("x = 1 / 0", "x", "2"), (RAISED, WAITS, OK)),
    "what waits for what waits": (("x = 1 / 0", "y = x", "y"), (RAISED, WAITS, WAITS)),
    "what it had bound before": (("x = 1; y = 1 / 0", "x", "y"), (RAISED, OK, WAITS)),
    "what another has bound before": (("x = 1", "x = 1 / 0", "x"), (OK, RAISED, OK)),
    "what another binds after": (("x = 1 / 0", "x = 2", "x"), (RAISED, OK, OK)),
    "what it was to import": (("from nowhere import f", "f()"), (CANNOT, WAITS)),
    "what it may have imported": (("from nowhere import *", "f()", "1"), (CANNOT, WAITS, OK)),
    "a function that reads it when it is called": (
        ("data = 1 / 0", "def f():\n    return data", "f()", "f"),
        (RAISED, OK, WAITS, OK),
    ),
    "a local name is no name of another cell": (("x = 1 / 0", "(lambda x: x)(2)"), (RAISED, OK)),
    "a signature": (("torch.cat(tensors, dim=0)", "import torch", "1"), (CANNOT, OK, OK)),
    "a name that nobody defines": (("f(1)", "1"), (CANNOT, OK)),
    "a name that is defined further down": (("f(1)", "def f(x): return x"), (CANNOT, OK)),
    "imports that stand below one that fails": (
        ("import nowhere\nimport json\nx = 1", "json.dumps(1)", "x", "nowhere"),
        (CANNOT, OK, WAITS, WAITS),
    ),
    "a name of a function that it forgot": (("def f():\n    print(x)\n    x = 1\nf()",), (RAISED,)),
    "the end that it asks for": (("x = 1\nexit()", "x"), (OK, OK)),
    "the end of its main function": (("def f():\n    return 0\nif 1:\n    raise SystemExit(f())",), (OK,)),
    "the end that tells of a failure": (("x = 1; exit(2)", "x"), (EXITED, OK)),
    "the end that tells of a failure in words": (("x = 1; exit('no')", "x"), (EXITED, OK)),
    "an end before its last statement": (("exit()\nx = 1", "x"), (EXITED, WAITS)),
    "its process goes": (("import os; os._exit(3)", "1"), (EXITED, WAITS)),
}  # fmt: skip


@pytest.mark.parametrize(("codes", "statuses"), ROWS.values(), ids=ROWS)
def test_a_failure_costs_itself_and_what_waits_for_it(
    run: Runner, codes: tuple[str, ...], statuses: tuple[Status, ...]
) -> None:
    assert tuple(cell.status for cell in run(*codes).cells) == statuses


def test_the_problem_says_for_which_block_a_cell_waits(run: Runner) -> None:
    cell = run("x = 1 / 0", "y = x", "print(0)\ny").cells[2]
    assert cell.message == "It reads `y`, which cell-2 was to bind."
    assert cell.failure == Failure(subject="y", waits_for="cell-2")
    assert cell.outputs == ()  # nothing of it was begun


def test_a_failure_says_what_it_was_and_where(run: Runner) -> None:
    first, second = run("def f(x):\n    return x / 0", "print(1)\n\nf(\n    2)").cells
    assert second.failure == Failure(exception="ZeroDivisionError", line=3)
    assert first.failure is None


def test_a_cell_waits_for_a_block_that_is_not_run_where_nobody_else_binds_the_name(
    server: ForkServer,
) -> None:
    several = program("y", "x = 2", "x, y", "z")
    first, second = (Cell(id=f"block-{row}", code="", path=several.cells[0].path, line=row, names=names)
                     for row, names in ((1, Names(bound=("x", "y"))), (60, Names(bound=("z",)))))  # fmt: skip
    cells = server.run(replace(several, unrun=(first, second))).cells
    assert [cell.status for cell in cells] == [WAITS, OK, WAITS, CANNOT]
    assert cells[0].failure == Failure(subject="y", waits_for="block-1")
    assert cells[3].failure is not None and cells[3].failure.obstacle is Obstacle.ORDER


def test_where_the_article_wants_it_the_first_failure_ends_the_program(run: Runner) -> None:
    cells = run("1", "1 / 0", "print(1)", on_error=OnError.STOP).cells
    assert [cell.status for cell in cells] == [OK, RAISED, WAITS]
    assert cells[2].message == "The cell cell-2 failed, and `on_error: stop` ends the program there."


def test_cells_that_are_kept_apart_wait_for_nothing(run: Runner) -> None:
    cells = run("x = 1 / 0", "x = 2\nx", "x", shared_state=False).cells
    assert [cell.status for cell in cells] == [RAISED, OK, RAISED]


def test_sessions_are_namespaces_of_their_own(server: ForkServer) -> None:
    rows = {
        "cell-1": ("x = 'shared'", "", False),
        "cell-2": ("x = 'in a'; y = 1", "a", False),
        "cell-3": ("x", "", True),
        "cell-4": ("x = 1 / 0", "b", False),
        "cell-5": ("print(x, __import__('sys').modules['__main__'].x)", "a", False),
        "cell-6": ("x", "b", True),
        "cell-7": ("print(x)", "", False),
        "cell-8": ("y", "", False),
        "cell-9": ("z", "a", True),
        "cell-10": ("z = 1", "a", False),
    }
    article = program(*(code for code, _, _ in rows.values()))
    cells = [replace(cell, session=rows[cell.id][1], alone=rows[cell.id][2]) for cell in article.cells]
    ran = server.run(replace(article, cells=tuple(cells))).cells
    assert [cell.status for cell in ran] == [OK, OK, CANNOT, RAISED, OK, WAITS, OK, CANNOT, CANNOT, OK]
    assert [shown(ran[place]) for place in (4, 6)] == ["in a in a\n", "shared\n"]
    obstacles = [cell.failure and cell.failure.obstacle for cell in ran]
    assert (obstacles[2], obstacles[7], obstacles[8]) == (Obstacle.SESSION, Obstacle.SESSION, Obstacle.ORDER)


def test_a_namespace_that_is_named_is_shared_where_all_others_are_kept_apart(server: ForkServer) -> None:
    article = program("x = 1", "x", "x = 2", "x", shared_state=False)
    cells = [
        replace(cell, session=session)
        for cell, session in zip(article.cells, ("a", "a", "", ""), strict=True)
    ]
    ran = server.run(replace(article, cells=tuple(cells))).cells
    assert [cell.status for cell in ran] == [OK, OK, OK, RAISED]


def test_each_namespace_begins_with_the_imports_and_the_seed(server: ForkServer) -> None:
    article = program("print(random.random())", "print(random.random())", "print(random.random())")
    line = Cell(id="import-1", code="import random", path="p.md", line=1, names=cell_names("import random"))
    cells = [replace(cell, alone=cell.id != "cell-1") for cell in article.cells]
    ran = server.run(replace(article, cells=tuple(cells), imports=(line,))).cells
    assert len({shown(cell) for cell in ran}) == 1


def test_what_must_raise_has_raised_whatever_is_not_there(server: ForkServer) -> None:
    cell = Cell(id="a", code="nothing", path="p.md", line=1, raises="NameError", names=cell_names("nothing"))
    (ran,) = server.run(Program(slug="s", variant="", cells=(cell,), languages=("en",))).cells
    assert (ran.status, ran.failure) == (RAISED, None)


OBSTACLES = {
    "a package": ("import not_here_at_all.part", Obstacle.PACKAGE, "not_here_at_all"),
    "a part of a package that is here": ("import json.not_here", None, ""),
    "a part of a package that several distributions are in": (
        "import os, sys\nos.mkdir('shared')\nsys.path.insert(0, os.getcwd())\nimport shared.exporter.wire",
        Obstacle.PACKAGE,
        "shared.exporter",
    ),
    "a name of a package that is here": ("from json import not_here", None, ""),
    "what a library says of one": (
        "raise ImportError('Missing optional dependency \"x\". Use pip install tabulate.')",
        Obstacle.PACKAGE,
        "tabulate",
    ),
    "a module beside it": ("from .model import Net", Obstacle.PARENT, ".model"),
    "a file": ("open('data/points.csv')", Obstacle.FILE, "data/points.csv"),
    "a file that a library in Rust is to read": (
        "exec(compile('def read(): raise FileNotFoundError(\"No such file (os error 2): a/b.parquet\")', 'io.py', 'exec'))\n"
        "read()",
        Obstacle.FILE,
        "a/b.parquet",
    ),
    "a file that a library does not name": (
        "exec(compile('def watch(): raise FileNotFoundError(\"No path was found.\")', 'io.py', 'exec'))\nwatch()",
        Obstacle.FILE,
        "",
    ),
    "what the program says of a file itself": (
        "raise FileNotFoundError('No such file (os error 2): a.parquet')",
        None,
        "",
    ),
    "a file of somebody else": ("open('/root/.ssh/id_rsa')", Obstacle.FILE, "/root/.ssh/id_rsa"),
    "a file that torch is to load": ("import torch\ntorch.load('model.pt')", Obstacle.FILE, "model.pt"),
    "the network": (
        "import urllib.request\nurllib.request.urlopen('http://example.com/a')",
        Obstacle.NETWORK,
        "",
    ),
    "a connection": ("import socket\nsocket.create_connection(('127.0.0.1', 80))", Obstacle.NETWORK, ""),
    "a mirror": (
        "raise RuntimeError('Error downloading x:\\nTried https://a.org/x, got:\\n<urlopen error [Errno -3]>')",
        Obstacle.NETWORK,
        "a.org",
    ),
    "a GPU": ("import torch\ntorch.zeros(1, device='cuda')", Obstacle.GPU, ""),
    "a GPU's tensors": (
        "raise RuntimeError('Attempting to deserialize object on a CUDA device but "
        "torch.cuda.is_available() is False.')",
        Obstacle.GPU,
        "",
    ),
    "certificates": (
        "import ssl\nssl.create_default_context().load_cert_chain('client.pem')",
        Obstacle.FILE,
        "",
    ),
    "a file for want of which a library gives up": (
        "try:\n    open('shop.toml')\nexcept OSError as error:\n    raise ValueError('no settings') from error",
        Obstacle.FILE,
        "shop.toml",
    ),
    "a file, and what came of handling that": (
        "try:\n    open('shop.toml')\nexcept OSError:\n    {}['a']",
        Obstacle.FILE,
        "shop.toml",
    ),
    "a connection for want of which a library gives up": (
        "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 80))\n"
        "except OSError as error:\n    raise ValueError('no shop') from error",
        Obstacle.NETWORK,
        "",
    ),
    "a screen": (
        "class TclError(Exception): pass\nraise TclError('no display name and no $DISPLAY environment variable')",
        Obstacle.SCREEN,
        "",
    ),
    "a screen, by its variable": ("import os\nos.environ['DISPLAY']", Obstacle.SCREEN, ""),
    "a screen in other words": ("raise RuntimeError('Unable to open display: b\\'\\'')", Obstacle.SCREEN, ""),
    "a browser": ("import webbrowser\nwebbrowser.get('firefox-of-ada').open('x')", Obstacle.SCREEN, ""),
    "a value that is shown": ("raise ValueError('cannot display the open window')", None, ""),
    "no such file, in its own words": ("raise FileNotFoundError(2, 'not here')", None, ""),
    "a value": ("list(...)", Obstacle.PLACEHOLDER, ""),
    "arguments": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('name')\np.parse_args()",
        Obstacle.ARGUMENTS,
        "",
    ),
    "a command's arguments": (
        "import click\n@click.command()\n@click.argument('name')\ndef f(name): pass\nf()",
        Obstacle.ARGUMENTS,
        "",
    ),
    "a base class": ("Base = ...\nclass A(Base): pass", Obstacle.PLACEHOLDER, ""),
    "a value that a library asks for": (
        "raise ValueError('Expected a text, got Ellipsis')",
        Obstacle.PLACEHOLDER,
        "",
    ),
    "an index": ("raise IndexError(\"only a single ellipsis ('...') is allowed\")", None, ""),
    "a variable": ("import os\nos.environ['API_URL']", Obstacle.ENVIRONMENT, "API_URL"),
    "a variable that a library asks for": (
        "raise RuntimeError('Set the `SHOP_API_KEY` environment variable or pass it')",
        Obstacle.ENVIRONMENT,
        "SHOP_API_KEY",
    ),
    "a variable in other words": (
        "raise RuntimeError('Environment variable SHOP_URL is not set')",
        Obstacle.ENVIRONMENT,
        "SHOP_URL",
    ),
    "a variable that its own code asks for": (
        "raise ValueError('SHOP_TOKEN not set')",
        Obstacle.ENVIRONMENT,
        "SHOP_TOKEN",
    ),
    "a key": ("raise TypeError('Expected one of api_key or name to be set')", Obstacle.ENVIRONMENT, ""),
    "no key": ("raise ValueError('No API key was provided.')", Obstacle.ENVIRONMENT, ""),
    "a key that is wrong": ("raise ValueError('Invalid API key: abc')", None, ""),
    "a key of a dictionary": ("{}['API_URL']", None, ""),
    "an argument": ("def f(*, api_key): pass\nf()", None, ""),
    "a constant": ("raise ValueError('MAX_SIZE must be set')", None, ""),
    "somebody to answer": ("input('Name? ')", Obstacle.KEYBOARD, ""),
    "a value that is wrong": ("raise ValueError('pip install it')", None, ""),
    "a number": ("import os\nraise OSError(2, 'no file is named')", None, ""),
    "an attribute": ("'a'.b", None, ""),
    "a name, wrapped by a library": (
        "import pathlib, sys\n"
        "pathlib.Path('lib.py').write_text('def call(f):\\n try: f()\\n except Exception as e: raise ValueError from e')\n"
        "sys.path.insert(0, '.')\nimport lib\nlib.call(lambda: nothing)",
        Obstacle.NAME,
        "nothing",
    ),
    "a name that the program itself tells of": (
        "try:\n    nothing\nexcept NameError as e:\n    raise ValueError from e",
        None,
        "",
    ),
}


@pytest.mark.parametrize(("code", "obstacle", "subject"), OBSTACLES.values(), ids=OBSTACLES)
def test_what_is_not_there_is_told_from_what_is_wrong(
    run: Runner, code: str, obstacle: Obstacle | None, subject: str
) -> None:
    (cell,) = run(code).cells
    assert cell.failure is not None
    assert (cell.failure.obstacle, cell.failure.subject) == (obstacle, subject)
    assert cell.status is (CANNOT if obstacle else RAISED)


def test_what_fails_in_a_sketch_lacks_what_its_readers_have(server: ForkServer) -> None:
    first, second = program("int('a')", "nothing").cells
    cells = (replace(first, sketch=True), replace(second, sketch=True))
    runs = server.run(Program(slug="s", variant="", cells=cells, languages=("en",))).cells
    assert [run.status for run in runs] == [CANNOT, CANNOT]
    assert [run.failure and run.failure.obstacle for run in runs] == [Obstacle.PLACEHOLDER, Obstacle.NAME]


ON_A_GPU = (
    "torch.cuda.device(0).__enter__()", "torch.cuda.FloatTensor(2)", "torch.ones(2, device='mps')",
    "torch.cuda.Stream()", "torch.cuda.set_device(0)", "torch.Generator('cuda')",
    "torch.ones(2).type(torch.cuda.FloatTensor)", "torch.cuda.CUDAGraph()", "torch.ones(2).pin_memory()",
    "torch.mps.synchronize()", "torch.cuda.nvtx.range_push('x')", "torch.cuda.memory._snapshot()",
)  # fmt: skip


def test_whatever_torch_says_where_there_is_no_gpu_is_understood(run: Runner) -> None:
    """Or where there is one that the program has not asked for."""
    done = run("import torch", *ON_A_GPU).cells[1:]
    obstacles = [cell.failure.obstacle or cell.message for cell in done if cell.failure]
    assert obstacles == [Obstacle.GPU] * len(obstacles)
    # A build for GPUs knows more that needs none.
    assert len(obstacles) > len(ON_A_GPU) / 2


def test_a_run_names_what_the_program_imported_and_what_it_lacked(run: Runner) -> None:
    codes = "import yaml, json", "import gone_a", "def f():\n    import click\nf()", "import gone_a.b", "1"
    environment = run(*codes).environment
    assert dict(environment.packages).keys() == {"PyYAML", "click"}, (
        "and none of what was imported for others"
    )
    assert environment.absent == ("gone_a",)
    assert run("x = 1 / 0", "import click\nx").environment.packages == run("1").environment.packages


_BREAKS = """\
import sys
class Breaking:
    @staticmethod
    def find_spec(name, *_):
        int(name)
sys.meta_path.insert(0, Breaking)
import broken"""
ANNOUNCED = {
    "in words": (Announcement(fails=True), "int('a')", True),
    "in words, at its end": (Announcement(fails=True, last=2), "x = 1\nint('a')", True),
    "in words, and it goes on": (Announcement(fails=True, last=2), "int('a')\nx = 1", False),
    "by name, and it goes on": (Announcement(names=("ValueError",), last=2), "int('a')\nx = 1", True),
    "by name": (Announcement(fails=True, names=("ValueError",)), "int('a')", True),
    "by another name": (Announcement(fails=True, names=("KeyError",)), "int('a')", False),
    "by the name of any": (Announcement(names=("Exception",)), "int('a')", True),
    "by the name of any what is not there": (Announcement(names=("Exception",)), "nothing", False),
    "by a name of a class": (
        Announcement(names=("DoesNotExist",)),
        "class Post:\n    class DoesNotExist(Exception): pass\nraise Post.DoesNotExist",
        True,
    ),
    "at its line": (Announcement(lines=((2, ()),)), "x = 1\nint('a')", True),
    "at another line": (Announcement(lines=((1, ()),)), "x = 1\nint('a')", False),
    "at its line by another name": (Announcement(fails=True, lines=((1, ("KeyError",)),)), "int('a')", False),
    "what is not there in words": (Announcement(fails=True, lines=((1, ()),)), "nothing", False),
    "what is not there at its line": (Announcement(lines=((1, ("NameError",)),)), "nothing", True),
    "what is not there": (Announcement(names=("NameError",)), "nothing", True),
    "a package that breaks before": (
        Announcement(fails=True, names=("ValueError",)),
        f"{_BREAKS}\nint('a')",
        False,
    ),
    "a package that breaks alone": (Announcement(names=("ValueError",)), _BREAKS, True),
    "a package that breaks at its line": (Announcement(lines=((7, ("ValueError",)),)), f"{_BREAKS}\n1", True),
    "a validation error that is none": (Announcement(names=("ValidationError",)), "''.nothing", False),
    "a validation error that is of a type": (Announcement(names=("ValidationError",)), "len(1)", False),
    "a validation error of another name": (Announcement(names=("ValidationError",)), "int('a')", True),
    "and it does not": (Announcement(fails=True), "1", True),
    "not at all": (Announcement(), "int('a')", False),
}


@pytest.mark.parametrize(("announced", "code", "well"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_a_failure_that_the_authors_words_announce_is_none(
    server: ForkServer, announced: Announcement, code: str, well: bool
) -> None:
    first, second = program(code, "2", on_error=OnError.STOP).cells
    cells = (replace(first, announced=announced), second)
    settings = Settings(on_error=OnError.STOP)
    run = server.run(Program(slug="s", variant="", cells=cells, languages=("en",), settings=settings))
    assert went_well(cells[0], run.cells[0]) is well
    assert run.cells[1].status is (OK if well else WAITS)
