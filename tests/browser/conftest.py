"""The two sites that Chromium reads: our own, and a small one in five scripts.

Each worker serves them to itself.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import ROOT
from browser.visits import Reader
from building import once
from serving import Served, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def open_page(chromium):
    """Return what opens an address as a reader does who was never there; options are the context's."""
    contexts = []

    def open_(address: str, **options):
        contexts.append(chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}))
        contexts[-1].set_default_timeout(60_000)
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def reader(chromium) -> Iterator[Reader]:
    """Return who reads the pages of a module, one after the other."""
    one = Reader(chromium)
    yield one
    one.close()


@pytest.fixture(scope="session")
def own(chromium, tmp_path_factory) -> Iterator[Served]:
    """Serve our own site."""
    with serving(once(tmp_path_factory, "own", _build_own)) as served:
        yield served


@pytest.fixture(scope="session")
def small(chromium, read_site) -> Iterator[Served]:
    """Serve the small site in five scripts, of which `reader.py` has the posts."""
    with serving(read_site[0]) as served:
        yield served


def _build_own(folder: Path) -> Path:
    """Build our own site elsewhere; plain mkdocs executes nothing."""
    for name in ("posts", "snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".lock"))
    # Without what another build has generated there.
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("posts", "hexapla"))
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    # Addresses that are not the server's: a page that asked for one would be found out.
    file = folder / "mkdocs.yml"
    others = "site_url: https://hexapla.example/\nrepo_url: https://github.com/hexapla/hexapla\n"
    file.write_text(f"{others}{text}", encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(file)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"
