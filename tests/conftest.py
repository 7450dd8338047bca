"""Fixtures: new sites in empty folders, the seeds, a small site that is built."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

import pytesting
import reader
from browser import CHROMIUM
from building import once
from hexapla import scaffold
from hexapla.cli.main import main
from hexapla.execution import measuring

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

# How long an example takes depends on what else the machine does; which are tried must not depend on chance:
# a search at random is `benchmarks/promises.py`.
settings.register_profile("hexapla", deadline=None, derandomize=True)
settings.load_profile("hexapla")

# A shell's background command ignores Ctrl-C, and so would all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


FLAGS = (
    "--disable-gpu",
    # Nothing but our own servers exists: what asks for another host fails, and is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-sites", action="store_true", help="Write what the golden sites give now; review it in git."
    )


@pytest.fixture
def seeds() -> Path:
    """Return the folder of real posts beside the project."""
    if not SEEDS.is_dir():
        pytest.skip("The seeds lie beside the project, and are not there.")
    return SEEDS


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes a new site and returns its mkdocs.yml; it has no posts but those that are given.

    `plain` sites preload nothing, so that programs without torch start at once.
    """

    return partial(_site, tmp_path / "site of one's own")


def _site(
    folder: Path,
    posts: dict[str, str | bytes] | Path,
    *,
    languages: str = "en,de,es,fr,hi",
    plain: bool = True,
) -> Path:
    scaffold.make_site(folder, languages.split(","), "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    if isinstance(posts, Path):
        shutil.copytree(posts, folder / "posts", dirs_exist_ok=True)
    else:
        for name, text in posts.items():
            path = folder / "posts" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    file = folder / "mkdocs.yml"
    if plain:
        file.write_text(file.read_text().replace("preload: auto", "preload: []"))
    return file


@pytest.fixture
def recorded(once_recorded: Path, tmp_path: Path) -> Path:
    """Return the folder of a small site whose outputs are recorded, with a pytest.ini of its own."""
    return shutil.copytree(once_recorded, tmp_path / "site of one's own")


@pytest.fixture(scope="session")
def once_recorded(tmp_path_factory) -> Path:
    """Make the small site of `pytesting.py`, and return its folder: `recorded` is a copy."""
    folder = tmp_path_factory.mktemp("recorded")
    file = _site(folder / "site", pytesting.POSTS)
    assert main(["run", "-f", str(file)]) == 0
    (file.parent / "pytest.ini").write_text("[pytest]\n")
    return file.parent


@pytest.fixture(scope="session")
def read_site(tmp_path_factory) -> tuple[Path, str]:
    """Build the small site of `reader.py`; return its folder and the address that it was built for."""
    return once(tmp_path_factory, "small", reader.build), reader.SITE_URL


@pytest.fixture(scope="session", autouse=True)
def only_we_are_measured() -> Iterator[None]:
    """Where coverage is measured, programs are not, as those of users are: `execution/conftest.py` has ours measured."""
    with pytest.MonkeyPatch.context() as patch:
        if "COVERAGE_PROCESS_CONFIG" in os.environ:
            patch.setattr(measuring, "_current", lambda: None)
        yield


@pytest.fixture(scope="session")
def chromium():
    """Start the machine's own Chromium, headless; without one, the tests that need it are skipped."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here: install it to run the tests in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
