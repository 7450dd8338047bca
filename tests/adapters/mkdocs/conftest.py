"""A site of two articles as it is served."""

import pytest

from hexapla.adapters.mkdocs import serving
from hexapla.adapters.mkdocs.builder import RUN
from served_site import DE, EN, TWO, Served


@pytest.fixture
def served(new_site, monkeypatch):
    monkeypatch.setenv(RUN, "1")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    # What was edited is told of by the tests, or not at all.
    monkeypatch.setattr(serving, "watch", lambda *_: False)
    monkeypatch.setattr(serving.Filling, "begin", lambda _: None)
    one = Served(new_site({"one.en.md": EN, "one.de.md": DE, "two.en.md": TWO}, languages="en,de"))
    yield one
    one.config.plugins.on_shutdown()
