"""One warm fork server for all tests of running: each program has a process of its own anyway."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hexapla.execution import server_environment
from hexapla.execution.client import ForkServer
from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Limits, Options, Run
from hexapla.model.settings import Settings
from hexapla.programs.align.scope import cell_names

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")

LIMITS = Limits(memory=2 * 2**30, processes=24, output=200_000, file_size=512 * 2**20)


def program(*codes: str, slug: str = "tensors", **settings: object) -> Program:
    """Make a program of cells that stand in one post, the first on line 3, with prose between them."""
    cells: list[Cell] = []
    line = 3
    for number, code in enumerate(codes, start=1):
        path = f"posts/{slug}.en.md"
        cells.append(Cell(id=f"cell-{number}", code=code, path=path, line=line, names=cell_names(code)))
        line += code.count("\n") + 5
    return Program(
        slug=slug,
        variant="",
        cells=tuple(cells),
        languages=("en",),
        settings=Settings(**settings),  # type: ignore[arg-type]
    )


def shown(run: CellRun, kind: Kind = Kind.STREAM) -> str:
    """Return the texts of one kind that a cell showed."""
    return "".join(one.text for one in run.outputs if isinstance(one, Text) and one.kind is kind)


@contextmanager
def another_machine(folder: Path) -> Iterator[None]:
    """Have fork servers find a folder before all others: its `sitecustomize.py` makes the machine another one."""
    here = server_environment.variables
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            server_environment,
            "variables",
            lambda: {**(own := here()), "PYTHONPATH": f"{folder}{os.pathsep}{own['PYTHONPATH']}"},
        )
        yield


@pytest.fixture(scope="package", autouse=True)
def programs_count() -> Iterator[None]:
    """Where coverage is measured, fork servers and programs are here, though their environment is made anew.

    Elsewhere they are not: it is the same code, and would take twice the time.
    """
    made = server_environment.variables

    def measured() -> dict[str, str]:
        environment = made()
        environment["COVERAGE_PROCESS_CONFIG"] = os.environ["COVERAGE_PROCESS_CONFIG"]
        environment["PYTHONPATH"] += os.pathsep + str(Path(__file__).parents[1])
        return environment

    with pytest.MonkeyPatch.context() as patch:
        if "COVERAGE_PROCESS_CONFIG" in os.environ:
            patch.setattr(server_environment, "variables", measured)
        yield


@pytest.fixture(scope="package")
def server(programs_count: None) -> Iterator[ForkServer]:
    with ForkServer(Options(limits=LIMITS), preload=("torch", "torch._dynamo")) as warm:
        yield warm


@pytest.fixture
def run(server: ForkServer) -> Callable[..., Run]:
    """Run the cells that are given as text."""
    return lambda *codes, **settings: server.run(program(*codes, **settings))


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    """A file outside of every scratch folder, that no program may read or change."""
    file = tmp_path / "secret.txt"
    file.write_text("the secret")
    return file
