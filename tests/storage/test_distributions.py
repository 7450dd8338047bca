"""Which distribution a module belongs to, and in which version it is here."""

import json

import pytest

from hexapla.storage.distributions import importable, packages_of, versions
from hexapla.storage.environment import developed_here


@pytest.fixture(params=[None, (",", ":")], ids=["as pip writes it", "without blanks"])
def library(request, tmp_path, monkeypatch):
    """A library of the author's own, installed from where it is developed."""
    (tmp_path / "own_library").mkdir()
    (tmp_path / "own_library" / "__init__.py").write_text("from own_library.part import VALUE\n")
    (tmp_path / "own_library" / "part.py").write_text("VALUE = 1\n")
    info = tmp_path / "Own_Library-0.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: Own-Library\nVersion: 0.3\n")
    (info / "top_level.txt").write_text("own_library\n")
    (info / "direct_url.json").write_text(
        json.dumps({"url": tmp_path.as_uri(), "dir_info": {"editable": True}}, separators=request.param)
    )
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "own_library"


def test_modules_are_told_by_their_distributions():
    packages = packages_of(["yaml", "click", "os", "json", "no_such_module", "PIL"])
    assert list(packages) == ["PyYAML", "click", "pillow"]
    assert versions([*packages, "gone"]) == packages


def test_of_what_is_developed_here_the_code_counts(library):
    before = packages_of(["own_library"])
    assert before["own_library"].startswith("0.3 (") and versions(["own_library", "gone"]) == before
    assert library in developed_here()
    (library / "part.py").write_text("VALUE = 2\n")
    after = versions(["own_library"])
    assert after.keys() == before.keys() and after != before


def test_what_lies_in_the_present_folder_is_not_the_programs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "lying_here.py").touch()
    (tmp_path / "folder_here").mkdir()
    assert [importable(name) for name in ("click", "lying_here", "folder_here", "gone", "", "a.b")] == [
        True, False, False, False, False, False,
    ]  # fmt: skip


def test_what_is_looked_for_is_not_imported(tmp_path, monkeypatch):
    (tmp_path / "loud").mkdir()
    (tmp_path / "loud/__init__.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    assert importable("loud.part") and importable("loud")
