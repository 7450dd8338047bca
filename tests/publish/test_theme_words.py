"""The theme's words in the languages in which ours are better."""

import re
from importlib import resources

import pytest
from jinja2 import Environment, FileSystemLoader

from hexapla.publish.theme_words import Mended, mended
from hexapla.render.labels import label_section, languages_with_words

TEXT = '{% macro t(key) %}{{ {\n  "search": "a",\n  "search.result.other": "# b",\n}[key] }}{% endmacro %}'
MENDED = [language for language in languages_with_words() if label_section("theme", language)]
THEME = FileSystemLoader(str(resources.files("material") / "templates"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, TEXT),
        ({"toc": "a word that the theme has not"}, TEXT),
        ({"search.result.other": "c: #"}, TEXT.replace("# b", "c: #")),
        # Its beginning is another word's name.
        ({"search": "d"}, TEXT.replace('"a"', '"d"')),
    ],
)
def test_words_are_taken_by_their_names(words, said):
    assert mended(TEXT, words) == said


@pytest.mark.parametrize("language", MENDED)
def test_what_is_mended_is_the_theme_s_and_other_than_it_said(language):
    name = f"partials/languages/{language}.html"
    before, after = (
        Environment(loader=loader, autoescape=True).get_template(name).module
        for loader in (THEME, Mended(THEME))
    )
    for word, said in label_section("theme", language).items():
        assert str(before.t(word)) not in ("", said), word
        assert str(after.t(word)) == said
        assert said.count("#") == str(before.t(word)).count("#") and not re.search('["<&]', said)


def test_other_templates_are_the_theme_s():
    for name in ("base.html", "partials/languages/de.html"):
        assert Mended(THEME).get_source(Environment(), name)[:2] == THEME.get_source(Environment(), name)[:2]
    assert Mended(THEME).list_templates() == THEME.list_templates()
