"""Dialect: the Markdown that the site renders, read from mkdocs.yml and never from a second list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown

NEEDED: Mapping[str, Mapping[str, object]] = {
    "admonition": {},
    "attr_list": {},
    "md_in_html": {},
    "tables": {},
    "footnotes": {},
    "sane_lists": {},
    "toc": {},
    "pymdownx.highlight": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {"preserve_tabs": True},
    "pymdownx.details": {},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.arithmatex": {"generic": True, "inline_syntax": ["dollar"], "block_syntax": ["dollar"]},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.magiclink": {},
    "pymdownx.betterem": {},
}
"""The extensions and options without which posts lose structure."""

_FOR_CHECKING: Mapping[str, Mapping[str, object]] = {
    # Neither colours nor permalinks are structure, and they are most of the time that rendering takes.
    "pymdownx.highlight": {"use_pygments": False, "linenums": False, "auto_title": False},
    "toc": {"permalink": False, "anchorlink": False},
}
_EXTRA = ("attr_list", "md_in_html", "tables", "footnotes", "pymdownx.superfences", "pymdownx.betterem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The site's Python-Markdown, and which repairs the site wants. The default is what posts need."""

    extensions: tuple[str, ...] = tuple(NEEDED)
    """As mkdocs gives them: `config["markdown_extensions"]`."""
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: NEEDED)
    """As mkdocs gives them: `config["mdx_configs"]`."""
    repairs_off: frozenset[str] = frozenset()
    """Names of the repairs that mkdocs.yml switches off."""

    def missing(self) -> tuple[str, ...]:
        """Return a sentence for each extension or option that posts need and mkdocs.yml lacks."""
        present = {name.removeprefix("markdown.extensions.") for name in self.extensions}
        if present & {"extra", "pymdownx.extra"}:
            present |= set(_EXTRA)
        found = [f"`{name}` is not in markdown_extensions." for name in NEEDED if name not in present]
        for name, options in NEEDED.items():
            given = self.configs.get(name) or {}
            found += [
                f"`{name}` needs the option `{option}: {_yaml(value)}`."
                for option, value in options.items()
                if name in present and given.get(option) != value
            ]
        return tuple(found)


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
        self._footnotes = [
            extension
            for extension in self._markdown.registeredExtensions
            if hasattr(extension, "setFootnote")
        ]

    def html(
        self,
        text: str,
        references: Mapping[str, tuple[str, str]] | None = None,
        footnotes: tuple[str, ...] = (),
    ) -> str:
        """Render `text`, which may use references and footnotes that are defined elsewhere on the page."""
        self._markdown.reset()
        self._markdown.references.update(references or {})
        for extension in self._footnotes:
            for label in footnotes:
                if f"[^{label}]" in text:
                    extension.setFootnote(label, "")
        return self._markdown.convert(text)


_RENDERERS: dict[str, Renderer] = {}


def renderer(dialect: Dialect) -> Renderer:
    """Return the renderer of a dialect, made once per process."""
    key = repr((dialect.extensions, sorted(dialect.configs.items(), key=lambda item: item[0])))
    key = re.sub(r" at 0x[0-9a-f]+", "", key)
    if key not in _RENDERERS:
        _RENDERERS[key] = Renderer(dialect)
    return _RENDERERS[key]


def _yaml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
