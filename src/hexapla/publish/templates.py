"""Templates: the frame of each page, written in Jinja between the theme's templates and those of the site's own.

`templates/theme/` takes its place among the theme's folders, so that a site's `custom_dir` still wins over it.
`templates/frame/` has the one template that comes before all: it extends the site's or the theme's of the same name,
which is found as `theme:base.html`.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.bccache import Bucket, BytecodeCache

from hexapla.publish import search
from hexapla.publish.policy import InlineCode, loading
from hexapla.render.labels import label_section

_TEMPLATES = resources.files("hexapla") / "templates"
FOLDER = str(_TEMPLATES / "theme")
"""The folder that comes before the theme's own, with files for the site, too."""
FRAME = str(_TEMPLATES / "frame")
"""The folder of the template that comes before all."""


class Compiled(BytecodeCache):
    """Compiled templates, kept for as long as the process lives: for all languages and all builds."""

    def __init__(self) -> None:
        self._codes: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, where it was compiled from the same text."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = Compiled()
"""Those of environments with the filters that mkdocs has: how a filter is called is part of a template's code."""


def placed(folders: Sequence[str], custom: str | None) -> list[str]:
    """Return a theme's folders, first the most important, with ours behind the site's own (`custom`)."""
    others = [folder for folder in folders if folder != FOLDER]
    place = others.index(custom) + 1 if custom in others else 0
    return [*others[:place], FOLDER, *others[place:]]


def _loading(made: Callable[[Any, Any], str], context: Any, script: Any) -> str:
    """Return the tag of a script, escaped as `made` returns it, as templates have those that they load."""
    tag = made(context, script)
    return type(tag)(loading(str(tag)))


def install(environment: Environment, folders: Sequence[str]) -> None:
    """Have an environment find our templates before the theme's, of which `folders` are the places."""
    theme = FileSystemLoader([folder for folder in folders if folder != FOLDER])
    loaders = [FileSystemLoader(FRAME), PrefixLoader({"theme": theme}, delimiter=":")]
    environment.loader = ChoiceLoader([*loaders, *filter(None, [environment.loader])])
    environment.globals["hexapla_search"] = search.pagefind() is not None
    environment.globals["hexapla_words"] = lambda language: label_section("theme", language)
    environment.add_extension(InlineCode)
    if made := environment.filters.get("script_tag"):
        # By which templates write the tags of mkdocs.yml's `extra_javascript`.
        environment.filters["script_tag"] = pass_context(partial(_loading, made))
