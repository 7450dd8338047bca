"""Converter: one Python-Markdown for all pages of a site, where its extensions are known to begin each page anew.

mkdocs makes one for every page, which takes a tenth of what a page costs. The extensions of Python-Markdown and of
pymdownx say in `reset` what a page leaves behind; of any other nobody knows: with one of these, each page has its own.
"""

import copy
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from markdown import Markdown, util
from mkdocs.structure import pages

_KNOWN = frozenset(("hexapla", "markdown", "pymdownx"))
"""The packages whose extensions leave nothing of a page behind."""
_NUMBERED = "UNIQUE_IDS"
"""Footnotes that are named after how many pages there were before."""


class Converter:
    """What mkdocs takes for `Markdown`."""

    def __init__(self) -> None:
        self._asked: tuple[list[Any], dict[str, Any]] = ([], {})
        """The extensions that the last one has, and their configurations, as they were then."""
        self._last: Markdown | None = None

    def __call__(self, *, extensions: list[Any], extension_configs: dict[str, Any]) -> Markdown:
        """Return a converter that knows nothing of an earlier page."""
        if self._last is not None and self._asked == (extensions, extension_configs):
            return self._last.reset()
        made = Markdown(extensions=extensions, extension_configs=extension_configs)
        if _begins_anew(extensions, extension_configs):
            self._asked = [*extensions], copy.deepcopy(extension_configs)
            self._last = made
        return made

    def forget(self) -> None:
        """Know no converter: what one holds that was stopped in the middle of a page, nobody knows."""
        self._last = None


CONVERTER = Converter()


def use_one_converter() -> None:
    """Have mkdocs ask here for what converts its pages."""
    vars(pages)["markdown"] = SimpleNamespace(Markdown=CONVERTER)


def _begins_anew(extensions: Iterable[Any], configs: Mapping[str, Mapping[str, Any] | None]) -> bool:
    numbered = any(options and options.get(_NUMBERED) for options in configs.values())
    return not numbered and all(_package(extension) in _KNOWN for extension in extensions)


def _package(extension: Any) -> str:
    """Return the package that an extension comes from: an object, or a name as `Markdown` looks for it."""
    if not isinstance(extension, str):
        return type(extension).__module__.partition(".")[0]
    named = (point.value for point in util.get_installed_extensions() if point.name == extension)
    return next(named, extension).partition(".")[0].partition(":")[0]
