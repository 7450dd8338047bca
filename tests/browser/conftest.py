"""The two sites that Chromium reads: our own, and a small one in five scripts.

Each worker serves them to itself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import own_site
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
    with serving(once(tmp_path_factory, "own", own_site.build)) as served:
        yield served


@pytest.fixture(scope="session")
def small(chromium, read_site) -> Iterator[Served]:
    """Serve the small site in five scripts, of which `reader.py` has the posts."""
    with serving(read_site[0]) as served:
        yield served
