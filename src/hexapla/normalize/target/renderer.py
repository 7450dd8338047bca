"""Renderer: the site's Python-Markdown as the oracle, without what costs time and is not structure."""

import functools
import re
from collections.abc import Mapping, Set
from typing import Any

from markdown import Markdown

from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.linear import linear
from hexapla.normalize.target.prefilter import prefilter, spare_contents

_FOR_CHECKING: Mapping[str, Mapping[str, object]] = {
    # Neither colours nor permalinks are structure, and they are most of the time that rendering takes.
    "pymdownx.highlight": {"use_pygments": False, "linenums": False, "auto_title": False},
    "toc": {"permalink": False, "anchorlink": False},
}

OWN = {"!!!": "admonition", "???": "pymdownx.details", "===": "pymdownx.tabbed"}
"""What Python-Markdown's own containers begin with, and the extensions that read them."""
BROKEN = "<p>\0</p>"
"""What stands for a page on which Python-Markdown itself fails, as on an empty list in raw HTML before another."""


_LABEL = re.compile(r"\[([^\[\]]*+)\]")
_NOTE = re.compile(r"\[\^([^\[\]]++)\]")


def _used(references: Mapping[str, tuple[str, str]], text: str) -> dict[str, tuple[str, str]]:
    """Return the references that a text may use."""
    labels = (" ".join(label.split()).lower() for label in _LABEL.findall(text))
    return {label: references[label] for label in labels if label in references}


def _read_as_coloured(markdown: Markdown) -> None:
    """Have superfences read what stands behind a fence's language as where it colours code: else it takes no title."""
    fences: Any = (
        "fenced_code_block" in markdown.preprocessors and markdown.preprocessors["fenced_code_block"]
    )
    kinds = getattr(getattr(fences, "extension", None), "superfences", ())
    if not kinds or kinds[0].get("name") != "superfences":
        return
    validate = kinds[0]["validator"]

    def validated(*given: object, **named: object) -> bool:
        fences.use_pygments = True
        try:
            return bool(validate(*given, **named))
        finally:
            fences.use_pygments = False

    kinds[0]["validator"] = validated


class Renderer:
    """The site's Python-Markdown, without what costs time and is not structure."""

    def __init__(self, dialect: Dialect) -> None:
        names = [name for name in dialect.extensions if not name.endswith("snippets")]
        configs = {
            name: {**(dialect.configs.get(name) or {}), **_FOR_CHECKING.get(name, {})}
            for name in names
            if name in dialect.configs or name in _FOR_CHECKING
        }
        self._markdown = Markdown(extensions=names, extension_configs=configs)
        if (dialect.configs.get("pymdownx.highlight") or {}).get("use_pygments", True):
            _read_as_coloured(self._markdown)
        linear(self._markdown)
        prefilter(self._markdown)
        spare_contents(self._markdown)
        self.own = frozenset(
            mark
            for mark, name in OWN.items()
            if name in [n.removeprefix("markdown.extensions.") for n in names]
        )
        """The marks of its own containers that the site reads."""
        self._alone = functools.lru_cache(maxsize=32)(self._convert)
        """What was rendered last, which is what is checked next."""
        self._footnotes = [
            extension
            for extension in self._markdown.registeredExtensions
            if hasattr(extension, "setFootnote")
        ]

    def html(
        self,
        text: str,
        references: Mapping[str, tuple[str, str]] | None = None,
        footnotes: Set[str] = frozenset(),
    ) -> str:
        """Render `text`, which may use references and footnotes that are defined elsewhere on the page.

        Returns `BROKEN` where Python-Markdown raises.
        """
        if not references and not footnotes:
            return self._alone(text)
        return self._convert(text, references, footnotes)

    def _convert(
        self,
        text: str,
        references: Mapping[str, tuple[str, str]] | None = None,
        footnotes: Set[str] = frozenset(),
    ) -> str:
        self._markdown.reset()
        if references:
            self._markdown.references.update(_used(references, text))
        if footnotes and "[^" in text:
            used = dict.fromkeys(_NOTE.findall(text))
            for extension in self._footnotes:
                for label in filter(footnotes.__contains__, used):
                    extension.setFootnote(label, "")
        try:
            return str(self._markdown.convert(text))
        except Exception:
            # Any of its processors and extensions may stumble on a tree that it did not expect.
            return BROKEN


_RENDERERS: dict[str, Renderer] = {}


def renderer(dialect: Dialect) -> Renderer:
    """Return the renderer of a dialect, made once per process."""
    key = repr((dialect.extensions, sorted(dialect.configs.items(), key=lambda item: item[0])))
    key = re.sub(r" at 0x[0-9a-f]+", "", key)
    if key not in _RENDERERS:
        _RENDERERS[key] = Renderer(dialect)
    return _RENDERERS[key]
