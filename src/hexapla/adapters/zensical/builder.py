"""Builder: Zensical as a process. The only place that starts it."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable

from hexapla.adapters.mkdocs.builder import Outcome
from hexapla.config.config import Config
from hexapla.model.errors import HexaplaError


def require(config: Config) -> None:
    """Refuse to go on where Zensical is not installed, or has no part in a site.

    Raises:
        HexaplaError: so it is.
    """
    if not config.publishes_posts:
        raise HexaplaError(
            "`--engine zensical` builds sites that are made of posts; on this one hexapla only runs its own pages."
        )
    if importlib.util.find_spec("zensical") is None:
        raise HexaplaError(
            "`--engine zensical` needs Zensical, which is not installed: `pip install 'hexapla[zensical]'`."
        )


def build_with_zensical(config: Config, *, strict: bool, on_start: Callable[[str], None]) -> Outcome:
    """Build the site, every page of it; what is said goes to standard error. `on_start` is called before."""
    on_start("")
    command = [sys.executable, "-m", "hexapla.adapters.zensical", str(config.file)]
    # What it would read from its standard input ends when this process does, however that may be.
    with subprocess.Popen([*command, *(("--strict",) if strict else ())], stdin=subprocess.PIPE) as process:
        return Outcome.FAILED if process.wait() else Outcome.BUILT
