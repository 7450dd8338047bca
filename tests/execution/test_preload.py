"""What is imported beforehand: chosen by what programs import, and without what must not be."""

import pytest

from hexapla.execution import server_environment
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.model.errors import RunnerError
from hexapla.model.run import Options, Status
from hexapla.storage import distributions

from .conftest import program, shown

CHOSEN = {
    "nothing": ((), ()),
    "the standard library": (("import json, os.path",), ()),
    "an installed package": (("import numpy as np",), ("numpy",)),
    "a part of one, in a function": (("def f():\n    from yaml.nodes import Node",), ("yaml",)),
    "what goes with it": (("import torch\n", "import torch"), ("torch", "torch._dynamo")),
    "several, in one order": (("import yaml", "import matplotlib.pyplot"), ("matplotlib", "matplotlib.pyplot", "yaml")),
    "what is not installed": (("import no_such_module",), ()),
    "what does not parse": (("import numpy as",), ()),
}  # fmt: skip


@pytest.mark.parametrize(("codes", "modules"), CHOSEN.values(), ids=CHOSEN)
def test_what_programs_import_and_is_installed_is_chosen(codes, modules):
    assert preload_of([program(code) for code in codes]) == modules


def test_what_is_developed_here_is_not(monkeypatch):
    monkeypatch.setattr(distributions, "local_code", {"yaml": "5d41402a"}.get)
    assert preload_of([program("import numpy, yaml")]) == ("numpy",)


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Return a folder whose modules the fork server and its programs can import."""
    made = server_environment.variables

    def with_library() -> dict[str, str]:
        variables = made()
        return variables | {"PYTHONPATH": f"{variables['PYTHONPATH']}:{tmp_path}"}

    monkeypatch.setattr(server_environment, "variables", with_library)
    (tmp_path / "calm.py").write_text("ONE = 1\n")
    (tmp_path / "busy.py").write_text(
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    (tmp_path / "broken.py").write_text("raise RuntimeError('no licence')\n")
    (tmp_path / "leaving.py").write_text("raise SystemExit(3)\n")
    return tmp_path


LOADED = "import sys\nprint('calm' in sys.modules, 'busy' in sys.modules)"


def test_what_starts_threads_is_named_and_left_out(library):
    said = []
    with ForkServer(Options(preload=("busy", "calm")), said.append) as server:
        cell = server.run(program(LOADED)).cells[0]
        # The program that needs it has it all the same.
        alone = server.run(program("import busy\nprint('busy')")).cells[0]
    assert shown(cell) == "True False\n" and (alone.status, shown(alone)) == (Status.OK, "busy\n")
    (about,) = (line for line in said if "busy" in line)
    assert about == (
        "`busy` is imported by each program anew, not beforehand: importing it starts a thread, and a fork could hang."
    )


@pytest.mark.parametrize(("module", "why"), [("broken", "no licence"), ("leaving", "SystemExit: 3")])
def test_what_cannot_be_imported_is_the_business_of_the_posts_that_do(library, module, why):
    said = []
    with ForkServer(Options(), said.append, preload=(module, "calm")) as server:
        assert shown(server.run(program(LOADED)).cells[0]) == "True False\n"
    assert any(
        line.startswith(f"`{module}` is imported by each program anew") and why in line for line in said
    )
    with pytest.raises(RunnerError, match="Check `preload`"), ForkServer(Options(preload=(module,))):
        pass


def test_a_program_is_recorded_with_what_it_imports_itself_unless_the_site_names_a_preload():
    with ForkServer(Options(), preload=("numpy",)) as server:
        bare, own = server.run(program("1")), server.run(program("import numpy"))
    assert bare.environment.packages == () and dict(own.environment.packages).keys() == {"numpy"}
    assert bare.environment.capability == own.environment.capability
    with ForkServer(Options(preload=("numpy",))) as server:
        named = server.run(program("1"))
    assert dict(named.environment.packages).keys() == {"numpy"}
