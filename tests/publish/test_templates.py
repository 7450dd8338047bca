"""Our templates between the theme's and a site's own, and the theme's words where ours are better."""

import re
from importlib import resources

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from hexapla.publish import templates
from hexapla.publish.policy import InlineCode
from hexapla.publish.templates import Compiled
from hexapla.render.labels import label_section, languages_with_words

MENDED = [language for language in languages_with_words() if label_section("theme", language)]
THEME = str(resources.files("material") / "templates")


def environment(*folders: str) -> Environment:
    """Return an environment as mkdocs makes it, with our templates in it."""
    environment = Environment(loader=FileSystemLoader(folders))
    templates.install(environment, folders)
    return environment


def words(language: str) -> tuple[object, object]:
    """Return the words of the theme in a language as it has them, and as our pages do."""
    theme = Environment(loader=FileSystemLoader(THEME)).get_template(f"partials/languages/{language}.html")
    ours = environment(templates.FOLDER, THEME).get_template("partials/language.html")
    return theme.module, ours.make_module({"config": {"theme": {"language": language}}})


@pytest.mark.parametrize("language", MENDED)
def test_what_is_mended_is_the_theme_s_and_other_than_it_said(language):
    before, after = words(language)
    # A variant of a language has that one's words where it has none of its own, so it must say again what is right.
    variant_of = language.split("-")[0] if "-" in language else ""
    otherwise = label_section("theme", variant_of) if variant_of else {}
    for word, said in label_section("theme", language).items():
        assert str(before.t(word)) not in ("", otherwise.get(word, said)), word
        assert str(after.t(word)) == said
        assert said.count("#") == str(before.t(word)).count("#") and not re.search('["<&]', said)


def test_other_words_are_the_theme_s():
    before, after = words("de")
    assert str(after.t("search.placeholder")) == str(before.t("search.placeholder")) == "Suche"
    assert str(after.t("no such word")) == "no such word"


@pytest.mark.parametrize(
    ("folders", "custom", "placed"),
    [
        (["theme", "mkdocs"], None, [templates.FOLDER, "theme", "mkdocs"]),
        (["own", "theme"], "own", ["own", templates.FOLDER, "theme"]),
        (["another plugin's", "own", "theme"], "own", ["another plugin's", "own", templates.FOLDER, "theme"]),
        (["own", templates.FOLDER, "theme"], "own", ["own", templates.FOLDER, "theme"]),
    ],
)
def test_ours_stand_behind_a_site_s_own(folders, custom, placed):
    assert templates.placed(folders, custom) == placed


def test_a_site_s_own_template_wins_and_extends_ours(tmp_path):
    (tmp_path / "custom" / "partials").mkdir(parents=True)
    (tmp_path / "custom" / "partials" / "alternate.html").write_text("mine")
    (tmp_path / "custom" / "base.html").write_text(
        "[{% block site_meta %}theirs{% endblock %}{% block scripts %}{% endblock %}]"
    )
    (tmp_path / "custom" / "main.html").write_text(
        '{% extends "base.html" %}{% block site_meta %}<{{ super() }}>{% endblock %}'
    )
    ours = environment(str(tmp_path / "custom"), templates.FOLDER, THEME)
    assert ours.get_template("partials/alternate.html").render() == "mine"
    config = {"theme": {"favicon": "f"}, "plugins": {}, "extra": {}}
    ours.filters["url"] = str
    page = ours.get_template("main.html").render(
        config=config, hexapla={"head": {}, "alternates": {}, "index": ""}
    )
    assert page.startswith("[<") and 'rel="icon"' in page and page.endswith("]")
    assert "hexapla.js" in page and "theirs" not in page


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
