"""Determinism: environment variables, seeds, threads and width, in the one place that sets them.

What a program sees here is the same on every machine and at every run, so that what it prints is too.
"""

import os
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

_GPUS = "CUDA_VISIBLE_DEVICES"
"""Empty it hides them: a program that asks for none prints on every machine what it prints on one without."""

ENVIRONMENT: Mapping[str, str] = {
    # One that opens nothing: Python tells who listens of what it is asked to show, and only where it knows a browser.
    "BROWSER": "false %s",
    "COLUMNS": "80",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    _GPUS: "",
    "HF_HUB_OFFLINE": "1",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LINES": "24",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://hexapla.execution.matplotlib_backend",
    "NO_COLOR": "1",
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUTF8": "1",
    "TERM": "dumb",
    "TORCHINDUCTOR_COMPILE_THREADS": "1",
    "TZ": "UTC",
    # The user that root lends has no name anywhere, and `getpass.getuser` fails where it finds none.
    "USER": "hexapla",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""All that a program has in `os.environ`, besides the folders below. Nothing of the caller's is passed on:
a token in the environment of a build is none of a post's business."""

THREADS = 1
"""Another count of threads changes the bits of about one operation in eight (RUNNING.md)."""


FONTS = ".cache/matplotlib"
"""Where in the scratch folder matplotlib looks for its list of fonts."""


def folders(scratch: Path) -> dict[str, str]:
    """Return the variables that send a program's files into its scratch folder.

    `TMP` and `TEMP` repeat `TMPDIR`, which the C library drops where the real user differs from the
    effective one, as it does when root runs programs.
    """
    home = str(scratch)
    return {
        "HOME": home,
        "MPLCONFIGDIR": f"{home}/{FONTS}",
        "PWD": home,
        "TMPDIR": f"{home}/tmp",
        "TMP": f"{home}/tmp",
        "TEMP": f"{home}/tmp",
        "TORCHINDUCTOR_CACHE_DIR": f"{home}/tmp/inductor",
        # It has looked for its home when it was imported, by the fork server.
        "TRITON_CACHE_DIR": f"{home}/tmp/triton",
        "TRITON_HOME": home,
        "XDG_CACHE_HOME": f"{home}/.cache",
    }


def show_gpus() -> None:
    """Let this process see the GPUs of the machine, if torch has not looked for them yet."""
    os.environ.pop(_GPUS, None)


def seed(value: int) -> None:
    """Seed every generator that is loaded: `random`, NumPy's old one and torch's."""
    random.seed(value)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(value % 2**32)
    if torch := sys.modules.get("torch"):
        if _is_for_cpu(torch):
            # `torch.manual_seed` does more: it keeps a stack trace for each kind of GPU, in milliseconds.
            torch.default_generator.manual_seed(value)
        else:
            torch.manual_seed(value)


def _is_for_cpu(torch: ModuleType) -> bool:
    """Return whether this build of torch knows no accelerator."""
    accelerator = getattr(torch, "accelerator", None)
    return accelerator is not None and accelerator.current_accelerator() is None
