"""Theme's words: what the theme says in a language, where a reader of it would stumble."""

import re
from collections.abc import Callable, Mapping

from jinja2 import BaseLoader, Environment

from hexapla.render.labels import label_section

_FOLDER = "partials/languages/"
_WORD = re.compile(r'^(?P<key> *"(?P<name>[\w.]+)": *)"(?P<said>[^"\n]*)"', re.MULTILINE)


class Mended(BaseLoader):
    """The theme's templates, with our words in those that hold a language's."""

    def __init__(self, theme: BaseLoader) -> None:
        self._theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's text, its file, and whether that is still the same."""
        text, file, current = self._theme.get_source(environment, template)
        if template.startswith(_FOLDER):
            language = template.removeprefix(_FOLDER).removesuffix(".html")
            text = mended(text, label_section("theme", language))
        return text, file, current

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self._theme.list_templates()


def mended(text: str, words: Mapping[str, str]) -> str:
    """Return the theme's words of a language, with the given ones by their names in place of its own."""

    def word(match: re.Match[str]) -> str:
        return f'{match["key"]}"{words.get(match["name"], match["said"])}"'

    return _WORD.sub(word, text)
