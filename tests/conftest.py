"""Fixtures: new sites in empty folders, the seeds, a browser."""

import shutil
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import pytesting
import reader
from hexapla import scaffold
from hexapla.cli import main

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
SEEDS = ROOT.parent / "shared" / "seeds"


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

    def make(
        posts: dict[str, str | bytes] | Path, *, languages: str = "en,de,es,fr,hi", plain: bool = True
    ) -> Path:
        folder = tmp_path / "site of one's own"
        scaffold.make(folder, languages.split(","), "A site")
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
            file.write_text(
                file.read_text().replace("      snippets: ", "      preload: []\n      snippets: ")
            )
        return file

    return make


@pytest.fixture
def recorded(new_site: Callable[..., Path]) -> Path:
    """Return the folder of a small site whose outputs are recorded, with a pytest.ini of its own."""
    file = new_site(pytesting.POSTS)
    assert main(["run", "-f", str(file)]) == 0
    (file.parent / "pytest.ini").write_text("[pytest]\n")
    return file.parent


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Start headless Chromium with a fresh profile."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("Chromium and its driver are not installed here.")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    profile = tmp_path_factory.mktemp("profile")
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
    ):
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={profile}")
    options.add_argument("--window-size=1200,1000")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def read_site(tmp_path_factory):
    """Build and serve the site of `reader.py`; return its folder and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    folder = tmp_path_factory.mktemp("reader") / "site"
    built = reader.build(folder, f"http://127.0.0.1:{server.server_port}/")
    with reader.served(built, server) as address:
        yield built, address
