"""Templates are compiled once, by one process for the next, and never from what lies in a site."""

import pytest
from jinja2 import DictLoader, Environment

from hexapla.adapters.mkdocs import compiled
from hexapla.storage import files


@pytest.fixture
def times(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "user_cache", lambda: tmp_path)
    counted = []
    compile_source = Environment._compile
    monkeypatch.setattr(
        Environment, "_compile", lambda self, *args: counted.append(args) or compile_source(self, *args)
    )
    return counted


def rendered(text="{{ 1 + 1 }}", environment="e", **options):
    """Return what a process of its own renders, with how the templates that it had to compile are counted."""
    templates, env = compiled.Compiled(), Environment(loader=DictLoader({"a": text}), **options)
    env.bytecode_cache = templates
    templates.begin(env, environment)
    shown = env.get_template("a").render()
    templates.end()
    return shown


def test_the_next_process_compiles_nothing(times):
    assert [rendered(), rendered(), len(times)] == ["2", "2", 1]


@pytest.mark.parametrize(
    "change", [{"text": "{{ 2 }}"}, {"environment": "f"}, {"extensions": ["jinja2.ext.do"]}]
)
def test_what_is_compiled_otherwise_is_compiled_again(times, change):
    rendered()
    assert rendered(**change) == "2" and len(times) == 2


def test_a_damaged_file_is_none(times, tmp_path):
    rendered()
    path = next(tmp_path.glob("templates*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert rendered() == "2" and len(times) == 2


def test_where_nothing_can_be_kept_all_is_right(times, monkeypatch, tmp_path):
    monkeypatch.setattr(files, "user_cache", lambda: tmp_path / "file")
    (tmp_path / "file").write_text("")
    assert [rendered(), rendered(), len(times)] == ["2", "2", 2]
