"""Outputs in pages of a site's own while mkdocs builds them: what is not known, or goes wrong, stays as it is."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from hexapla import site
from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.render.site_page import SitePage

PAGE = "# Sums\n\n```python\nprint(1 + 1)\n```\n"


@pytest.fixture
def file(tmp_path):
    """Return the mkdocs.yml of a site with one page, whose output is recorded."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(PAGE)
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_name: A\nplugins:\n  - hexapla:\n      pages: docs/*.md\n      preload: []\n")
    assert main(["run", "-f", str(file)]) == 0
    return file


def page(path: Path) -> SimpleNamespace:
    """Return what mkdocs tells of a page, as far as it is asked."""
    return SimpleNamespace(file=SimpleNamespace(abs_src_path=str(path), src_uri=path.name))


CONFIG = SimpleNamespace(plugins={})


def test_a_page_gets_its_outputs_and_another_stays(file):
    injecting = Injecting()
    assert injecting.markdown(PAGE, page(file.parent / "docs/a.md"), CONFIG) == PAGE
    injecting.begin(site.read_pages(load(file)))
    assert "\n2\n" in injecting.markdown(PAGE, page(file.parent / "docs/a.md"), CONFIG)
    assert injecting.markdown(PAGE, page(file.parent / "docs/b.md"), CONFIG) == PAGE


def test_what_goes_wrong_costs_a_page_its_outputs_alone_and_is_told(file, monkeypatch, caplog):
    injecting = Injecting()
    injecting.begin(site.read_pages(load(file)))

    def broken(*_):
        raise RuntimeError("of our own")

    monkeypatch.setattr(SitePage, "with_outputs", broken)
    with caplog.at_level(logging.ERROR):
        assert injecting.markdown(PAGE, page(file.parent / "docs/a.md"), CONFIG) == PAGE
    assert "of our own" in caplog.text and "a.md" in caplog.text
