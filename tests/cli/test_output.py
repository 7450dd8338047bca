"""What commands say in the terminal."""

from pathlib import Path

import pytest

from hexapla.cli import output


@pytest.mark.parametrize(("number", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_a_count_has_its_noun(number, said):
    assert output.count(number, "post") == said


def test_a_path_is_shown_as_it_is_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert output.path_from_here(tmp_path / "a/b.md") == "a/b.md"
    assert output.path_from_here(Path("a.md")) == "a.md"
    assert output.path_from_here(tmp_path.parent) == str(tmp_path.parent)


def test_nobody_is_asked_where_nobody_sits(monkeypatch):
    monkeypatch.setenv("CI", "1")
    assert not output.ask("Go on?")
