"""mkdocs.yml as a document: values and the line of each."""

from itertools import pairwise

import pytest

from hexapla.config.document import read_yaml
from hexapla.model.errors import ConfigError

TEXT = """\
site_name: A
plugins:
  - search
  - hexapla:
      execute: {seed: 1,
                timeout: 2}
  - i18n:
      languages:
        - locale: en
"""


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "mkdocs.yml"
    file.write_text(TEXT)
    return file


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("site_name",), 1),
        (("plugins",), 2),
        (("plugins", "search"), 3),
        (("plugins", "hexapla"), 4),
        (("plugins", "hexapla", "execute", "timeout"), 6),
        (("plugins", "i18n", "languages", "locale"), 9),
        (("plugins", "hexapla", "posts"), 4),
        (("theme", "language"), 1),
        ((), 1),
    ],
)
def test_an_error_points_at_the_value_or_at_what_would_hold_it(file, keys, line):
    error = read_yaml(file).error("It is wrong.", *keys)
    assert str(error) == f"mkdocs.yml:{line}: It is wrong."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("plugins:\n  - a\n  - b: {x: 1}\n", {"a": {}, "b": {"x": 1}}),
        ("plugins:\n  a:\n  b: {x: 1}\n", {"a": {}, "b": {"x": 1}}),
        ("plugins:\n", {}),
        ("site_name: A\n", {}),
    ],
)
def test_named_things_have_two_spellings(file, text, named):
    file.write_text(text)
    assert read_yaml(file).named("plugins") == named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a\n- b\n", "mkdocs.yml:1: It must be a mapping"),
        ("", "mkdocs.yml:1: It must be a mapping"),
        ("a: 1\nb: [\n", "mkdocs.yml:3: It is not YAML"),
        ("a: x\0y\n", "mkdocs.yml: It is not YAML"),
        (f"a: {'[' * 5000}\n", "mkdocs.yml:1: It is nested too deep"),
        (
            "a: &a [x, x]\n" + "".join(f"{b}: &{b} [{f'*{a}, ' * 9}]\n" for a, b in pairwise("abcdefgh")),
            "mkdocs.yml:1: It has more than 100000 values once its aliases (`*name`) are written out",
        ),
        ("a: &a [*a]\n", "mkdocs.yml:1: It has more than 100000 values"),
        ("INHERIT: mkdocs.yml\n", "mkdocs.yml:1: It is nested too deep, or inherits from itself"),
        (
            "a: !!python/name:no.such.thing\n",
            "mkdocs.yml:1: It is not YAML: `no.such.thing` cannot be imported",
        ),
    ],
)
def test_what_is_no_configuration_is_refused(file, text, words):
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_yaml(file)
    assert str(caught.value).startswith(words)


def test_bytes_that_are_no_text_are_refused(file):
    file.write_bytes(b"a: \xff\n")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_yaml(file)


def test_what_is_inherited_is_merged_deeply_and_keeps_its_place(file, monkeypatch):
    monkeypatch.setenv("NAME", "B")
    child = file.with_name("child.yml")
    child.write_text("INHERIT: mkdocs.yml\nsite_name: !ENV NAME\ntheme: {name: material}\n")
    document = read_yaml(child)
    assert document.values["site_name"] == "B" and "INHERIT" not in document.values
    assert list(document.named("plugins")) == ["search", "hexapla", "i18n"]
    assert str(document.error("No.", "theme", "name")) == "child.yml:3: No."
    assert str(document.error("No.", "plugins", "search")) == "mkdocs.yml:3: No."


@pytest.mark.parametrize("text", ["", "\n", "# Nothing yet.\n", "---\n"])
def test_an_inherited_file_may_be_empty(tmp_path, text):
    (tmp_path / "base.yml").write_text(text)
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: A\n")
    document = read_yaml(tmp_path / "mkdocs.yml")
    assert document.values == {"site_name": "A"} and document.inherited == (tmp_path / "base.yml",)
