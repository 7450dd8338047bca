"""Surroundings: where the fork server is started, and what of that an output may not tell."""

import contextlib
import site
import sys
import sysconfig
from pathlib import Path

import hexapla
from hexapla.execution import determinism
from hexapla.storage import files
from hexapla.storage.environment import editable_distributions


def variables(folder: Path) -> dict[str, str]:
    """Return the environment of the fork server: nothing of ours but where Python and its packages are."""
    package = str(Path(hexapla.__file__).resolve().parent.parent)
    return {
        **determinism.ENVIRONMENT,
        "HOME": str(folder),
        "MPLCONFIGDIR": str(_font_cache(folder)),
        "PYTHONPATH": package,
        "PYTHONUSERBASE": site.getuserbase(),
        "TMPDIR": str(folder),
    }


def _font_cache(folder: Path) -> Path:
    """Return where matplotlib keeps its list of fonts: seconds of work that no program should repeat."""
    for parent in (files.user_cache(), folder):
        with contextlib.suppress(OSError):
            (parent / "matplotlib").mkdir(parents=True, exist_ok=True)
            return parent / "matplotlib"
    return folder


def places() -> dict[str, str]:
    """Return the folders that differ from machine to machine, and what stands for each in an output."""
    paths = sysconfig.get_paths()
    packages = {paths["platlib"], paths["purelib"], *site.getsitepackages(), site.getusersitepackages()}
    sources = (str(path) for _, source in editable_distributions() for path in (source, source / "src"))
    stands_for = dict.fromkeys((*packages, *sources), "site-packages")
    stands_for |= dict.fromkeys((paths["stdlib"], str(Path(paths["stdlib"]).resolve())), "lib/python")
    # An environment of its own; Python itself lies where other things do.
    return stands_for if sys.prefix == sys.base_prefix else {sys.prefix: "/python", **stands_for}
