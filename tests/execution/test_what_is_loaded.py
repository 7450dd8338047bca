"""The fork server and the programs load the nouns and what runs them, nothing else of hexapla."""

import sys
import threading

import pytest

from hexapla.execution.client import ForkServer
from hexapla.model.run import Options, Status
from test_layers import GRAPH

from .conftest import program, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")

MODULES = "import sys\nprint(*sorted(name for name in sys.modules if name.split('.')[0] == 'hexapla'))"
BUSY = "6 * 7", "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()"


def foreign(names: str) -> list[str]:
    """Return the modules that stand in neither of the two packages."""
    packages = ("hexapla.model", "hexapla.execution")
    return [
        name
        for name in names.split()
        if name != "hexapla" and not any(f"{name}.".startswith(f"{package}.") for package in packages)
    ]


def test_a_program_and_the_server_it_is_forked_from_load_two_packages() -> None:
    with ForkServer(Options(preload=())) as server:
        first = shown(server.run(program(MODULES)).cells[0])
        begun = threading.Event()
        slow = threading.Thread(
            target=server.run,
            args=(program("print(1)", "import time\ntime.sleep(3)"),),
            kwargs={"on_cell": lambda _: begun.set()},
        )
        slow.start()
        assert begun.wait(60)
        # The first worker is busy: this program's worker is forked from the server as it is by now.
        later = server.run(program(*BUSY, MODULES)).cells[-1]
        server.stop()
        slow.join()
    assert "hexapla.execution.server" not in first  # it is `__main__` there
    assert {"hexapla.execution.worker", "hexapla.model.program"} <= set(first.split())
    assert foreign(first) == []
    assert later.status is Status.OK, later.message
    assert foreign(shown(later)) == []


def test_after_an_error_too() -> None:
    with ForkServer(Options(preload=())) as server:
        code = f"try:\n    assert len('a') == 2\nfinally:\n    exec({MODULES!r})"
        assert foreign(shown(server.run(program(code)).cells[0])) == []


OUR_SIDE = {"execution.client", "execution.preload", "execution.server_environment", "execution.skipped"}
"""What neither the server nor a program loads."""


def test_what_runs_programs_imports_nouns_and_the_client_files() -> None:
    for name, uses in GRAPH.items():
        if name.split(".")[0] == "execution":
            others = {used.split(".")[0] for used in uses} - {"execution", "model"}
            assert others <= ({"storage"} if name in OUR_SIDE else set()), name


def test_foreign_ones_would_be_seen() -> None:
    assert foreign("hexapla hexapla.model.run hexapla.storage.files hexapla.models") == [
        "hexapla.storage.files",
        "hexapla.models",
    ]
