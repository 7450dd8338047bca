"""The virtual environment that the other scripts run in. Needs nothing but Python 3.11.

`.venv` is complete when its stamp is the digest of what it was made from; a missing or other stamp means
that it was never finished, or that the dependencies have changed since.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "hexapla-stamp"
LOG = ROOT / ".hexapla" / "setup.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
NEEDED_BYTES = 3 * 2**30
"""What the environment takes on disk, torch's CPU build included, with room for unpacking."""

_COMPILE = (
    "import compileall, sysconfig; compileall.compile_dir(sysconfig.get_path('purelib'), quiet=2, workers=0)"
)
"""What has all processors compile the packages, where pip would have one do so."""


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def ensure() -> Path:
    """Return the environment's Python, after making or updating the environment where that is needed."""
    if sys.version_info < OLDEST:
        raise SetupError(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is too old: use Python 3.11 or newer."
        )
    wanted = _digest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        print("The environment in .venv is up to date: nothing to set up.", flush=True)
        return PYTHON
    # A complete environment is only updated; one without a stamp is the rest of an interrupted set-up.
    if VENV.is_symlink() or VENV.is_file():
        raise SetupError(".venv is not a folder: move it away and run this again.")
    if VENV.exists() and not STAMP.exists():
        print("The environment in .venv was never finished: making it again.", flush=True)
        shutil.rmtree(VENV)
    _check_space()
    _make(wanted)
    return PYTHON


def _digest() -> str:
    """Return a digest of all that decides what is installed."""
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    parts.append(f"{sys.version_info[:2]} {ROOT}".encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _check_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES and not VENV.exists():
        raise SetupError(
            f"{free / 2**30:.1f} GiB are free here and {NEEDED_BYTES / 2**30:.0f} GiB are needed: free some space."
        )


def _make(wanted: str) -> None:
    STAMP.unlink(missing_ok=True)
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("")
    if not PYTHON.exists():
        print("Making the environment in .venv.", flush=True)
        _run([sys.executable, "-m", "venv", str(VENV)])
    print("Installing what pyproject.toml asks for: minutes the first time.", flush=True)
    _run([str(PYTHON), "-m", "pip", "install", "--no-compile", "-e", ".[test]", "-c", "constraints.txt"])
    _run([str(PYTHON), "-c", _COMPILE])
    STAMP.write_text(wanted)


def _run(command: list[str]) -> None:
    """Run a step of the set-up; on failure raise with the reason, as far as its output tells."""
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    with LOG.open("a") as log:
        status = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
        ).returncode
    if status:
        raise SetupError(_reason(LOG.read_text(errors="replace")))


def _reason(log: str) -> str:
    where = f"The whole output is in {LOG.relative_to(ROOT)}."
    if "No space left on device" in log:
        return f"The disk is full: free some space and run this again. {where}"
    if "ensurepip" in log:
        return f"This Python has no venv: install it (on Debian, the package python3-venv). {where}"
    if (
        "ResolutionImpossible" in log
        or "Could not find a version" in log
        or "NewConnectionError" in log
        or "ConnectionError" in log
    ):
        return f"The packages cannot be fetched: check the network, and the proxy if there is one. {where}"
    last = [line for line in log.splitlines() if line.strip()][-1:]
    return f"The set-up failed ({' '.join(last).strip()}). {where} Correct what it says, or remove .venv and try again."


def script(main: object) -> None:
    """Run a script's `main` and exit with its status; what fails in the set-up is one sentence."""
    try:
        sys.exit(main())  # type: ignore[operator]
    except SetupError as error:
        sys.exit(f"{error}")
    except OSError as error:
        sys.exit(f"The set-up failed: {error}. Correct what it says and run this again.")
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to go on.")
