"""Templates are compiled once in a process, for all languages, and never by one process for another."""

import pytest
from jinja2 import DictLoader, Environment

from hexapla.adapters.mkdocs.compiled import Compiled
from hexapla.publish.policy import InlineCode


@pytest.fixture
def times(monkeypatch):
    counted = []
    compile_source = Environment._compile
    monkeypatch.setattr(
        Environment, "_compile", lambda self, *args: counted.append(args) or compile_source(self, *args)
    )
    return counted


def rendered(templates, text="{{ 1 + 1 }}"):
    """Return what the environment of one more language renders."""
    env = Environment(loader=DictLoader({"a": text}), extensions=[InlineCode], bytecode_cache=templates)
    return env.get_template("a").render()


def test_another_language_compiles_nothing(times):
    templates = Compiled()
    assert [rendered(templates), rendered(templates), len(times)] == ["2", "2", 1]


def test_another_text_is_compiled_again(times):
    templates = Compiled()
    assert [rendered(templates), rendered(templates, "{{ 2 + 1 }}"), len(times)] == ["2", "3", 2]


def test_what_another_process_compiled_is_not_known(times):
    assert [rendered(Compiled()), rendered(Compiled()), len(times)] == ["2", "2", 2]
