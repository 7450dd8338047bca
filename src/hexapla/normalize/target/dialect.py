"""Dialect: the Markdown that the site renders, read from mkdocs.yml and never from a second list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hexapla.config.config import Config

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
    templated: bool = False
    """Whether a plugin fills in templates, so that `{{ }}` and `{% %}` are its own."""

    @property
    def custom_fences(self) -> frozenset[str]:
        """The words behind a fence of which the site makes something of its own, such as `mermaid`."""
        fences = (self.configs.get("pymdownx.superfences") or {}).get("custom_fences") or ()
        return frozenset(str(fence.get("name")) for fence in fences if isinstance(fence, Mapping))

    def missing(self) -> dict[str, str]:
        """Return what posts need and `markdown_extensions:` lacks, by name, each as the line that it should have.

        Of an extension that is listed only the options are told that it lacks: it keeps those that it has.
        """
        present = {name.removeprefix("markdown.extensions.") for name in self.extensions}
        if present & {"extra", "pymdownx.extra"}:
            present |= set(_EXTRA)
        lines = {}
        for name, options in NEEDED.items():
            given = self.configs.get(name) or {}
            lacking = {option: value for option, value in options.items() if not _has(given, {option: value})}
            if name not in present or lacking:
                lines[name] = _line(name, lacking)
        return lines


def dialect_of(config: Config) -> Dialect:
    """Return the site's Markdown, as mkdocs.yml sets it."""
    return Dialect(
        extensions=config.extensions,
        configs=config.extension_configs,
        repairs_off=frozenset(config.repairs_off),
        templated=config.templated,
    )


def _has(given: Mapping[str, Any], needed: Mapping[str, object]) -> bool:
    """Return whether options are what is needed; a list may have more."""
    return all(
        set(value) <= set(given.get(option) or ()) if isinstance(value, list) else given.get(option) == value
        for option, value in needed.items()
    )


def _line(name: str, options: Mapping[str, object]) -> str:
    given = ", ".join(f"{option}: {_yaml(value)}" for option, value in options.items())
    return f"- {name}: {{{given}}}" if given else f"- {name}"


def _yaml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
