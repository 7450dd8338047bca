"""Server environment: where the fork server is started, what of that an output may not tell, and what a record must."""

import contextlib
import site
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import hexapla
from hexapla.execution import determinism
from hexapla.model.program import Program
from hexapla.model.run import CellRun, Environment, Obstacle, Status
from hexapla.storage import distributions, files
from hexapla.storage.environment import editable_distributions

_NOT_BEGUN = (Status.SKIPPED, Status.NOT_REACHED)


def variables() -> dict[str, str]:
    """Return the environment of the fork server: of ours where Python, its packages and temporary files are."""
    package = str(Path(hexapla.__file__).resolve().parent.parent)
    return {
        **determinism.ENVIRONMENT,
        **_font_cache(),
        "PYTHONPATH": package,
        "PYTHONUSERBASE": site.getuserbase(),
        "TMPDIR": tempfile.gettempdir(),
    }


def _font_cache() -> dict[str, str]:
    """Return where matplotlib keeps its list of fonts: seconds of work that no program should repeat."""
    with contextlib.suppress(OSError):
        folder = files.user_cache() / "matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
        return {"MPLCONFIGDIR": str(folder)}
    return {}


def places() -> dict[str, str]:
    """Return the folders that differ from machine to machine, and what stands for each in an output."""
    paths = sysconfig.get_paths()
    packages = {paths["platlib"], paths["purelib"], *site.getsitepackages(), site.getusersitepackages()}
    sources = (str(path) for _, source in editable_distributions() for path in (source, source / "src"))
    stands_for = dict.fromkeys((*packages, *sources), "site-packages")
    stands_for |= dict.fromkeys((paths["stdlib"], str(Path(paths["stdlib"]).resolve())), "lib/python")
    # An environment of its own; Python itself lies where other things do.
    return stands_for if sys.prefix == sys.base_prefix else {sys.prefix: "/python", **stands_for}


def environment_of(
    program: Program, cells: Sequence[CellRun], server: Environment, *, processor: str | None
) -> Environment:
    """Return what a run depended on, whose cells are `cells`: what the program itself imported, and the preload.

    `processor` is the server's where the site names no preload: then the record knows nothing of what was chosen for
    all the posts that were to run, and is the same in whatever company the program ran. None where the site names one.
    """
    ended = {ran.id: ran.status for ran in cells}
    steps = (*program.imports, *program.cells)
    begun = (cell for cell in steps if ended.get(cell.id, Status.NOT_REACHED) not in _NOT_BEGUN)
    modules = dict.fromkeys(name for cell in begun for name in cell.names.modules)
    if processor is not None:
        torch = server.capability if "torch" in modules else ""
        server = replace(server, packages=(), capability=torch or processor)
    lacking = (ran.failure for ran in cells if ran.failure and ran.failure.obstacle is Obstacle.PACKAGE)
    packages = distributions.packages_of(modules) | dict(server.packages)
    return replace(
        server,
        packages=tuple(sorted(packages.items())),
        absent=tuple(sorted({failure.subject for failure in lacking})),
    )
