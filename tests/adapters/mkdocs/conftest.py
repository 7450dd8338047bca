"""Sites as they are served: any, and one of two articles."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.adapters.mkdocs import serving
from hexapla.adapters.mkdocs.builder import RUN
from served_site import DE, EN, TWO, Served


@pytest.fixture
def serve(monkeypatch) -> Iterator[Callable[[Path], Served]]:
    """Return what serves a site that builds when a test tells it to, until the test ends."""
    monkeypatch.setenv(RUN, "1")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    # What was edited is told of by the tests, or not at all.
    monkeypatch.setattr(serving, "watch", lambda *_: False)
    monkeypatch.setattr(serving.Filling, "begin", lambda _: None)
    begun: list[Served] = []

    def begin(file: Path) -> Served:
        begun.append(Served(file))
        return begun[-1]

    yield begin
    for served in begun:
        served.config.plugins.on_shutdown()


@pytest.fixture
def served(new_site, serve) -> Served:
    return serve(new_site({"one.en.md": EN, "one.de.md": DE, "two.en.md": TWO}, languages="en,de"))
