"""Output fences: what code showed is no code: its lines have no numbers, and it is not counted among a page's blocks.

pymdownx.highlight numbers lines where a site says `linenums: true`, and with `anchor_linenums` or `line_spans` names
each after the block's place in the page: an output would number what was printed, and move all anchors below it.
Without superfences, `codehilite` numbers what Python-Markdown's own fences hold.
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from markdown import Extension, Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from mkdocs.config.defaults import MkDocsConfig
from pymdownx.superfences import (  # type: ignore[import-untyped]
    SuperFencesBlockPreprocessor,
    SuperFencesCodeExtension,
)

_LANGUAGE = "text"
"""The language that outputs stand in, on generated pages and on a site's own."""
_CLASS = "output"
_FENCES, _PRIORITY = "fenced_code_block", 25
"""Where what reads fences stands among Python-Markdown's preprocessors."""


def use(config: MkDocsConfig) -> None:
    """Have a site's Markdown tell outputs from code."""
    extensions: list[Any] = config.markdown_extensions
    if not any(isinstance(extension, OutputFences) for extension in extensions):
        extensions.append(OutputFences())


class OutputFences(Extension):
    """Comes last, when superfences has been registered, if the site has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put fences that tell outputs in the place of those that are there."""
        for extension in md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                _tell_outputs(extension, md)
            # Superfences registers its own fences in the place of these.
            elif isinstance(extension, FencedCodeExtension) and _is_plain(md):
                md.preprocessors.register(_PlainFences(md, extension.getConfigs()), _FENCES, _PRIORITY)


def _is_plain(md: Markdown) -> bool:
    """Return whether Python-Markdown's own fences are those of a site."""
    return type(md.preprocessors[_FENCES]) is FencedBlockPreprocessor


class _PlainFences(FencedBlockPreprocessor):
    """Python-Markdown's own fences, with outputs among them that are not numbered."""

    def handle_attrs(self, attrs: Iterable[tuple[str, str]]) -> tuple[str, list[str], dict[str, Any]]:
        """Return a fence's id, classes and options for the highlighter."""
        name, classes, options = super().handle_attrs(attrs)
        is_numbered = _CLASS in classes and bool((self.codehilite_conf or {}).get("use_pygments"))
        return name, classes, {**options, "linenums": False} if is_numbered else options


def _tell_outputs(extension: SuperFencesCodeExtension, md: Markdown) -> None:
    known: Sequence[Mapping[str, Any]] = extension.superfences
    if any(fence["name"] == _LANGUAGE for fence in known):
        # A formatter of the site's own for texts: it does not number lines unless it means to.
        return
    usual, fences = known[0], md.preprocessors[_FENCES]
    extension.extend_super_fences(
        _LANGUAGE, partial(_formatted, fences, usual["formatter"]), usual["validator"], usual["reset"]
    )


def _formatted(
    fences: SuperFencesBlockPreprocessor, usual: Callable[..., Any], *, classes: Sequence[str], **fence: Any
) -> Any:
    """Return a text's HTML: an output's as the site's highlighter makes it without numbers, any other's as ever."""
    if _CLASS not in classes:
        return usual(classes=classes, **fence)
    plain = copy.copy(fences)
    plain.linenums, plain.anchor_linenums = False, False
    plain.line_spans, plain.line_anchors = "", ""
    # Counts for itself.
    plain.highlight_ext = SimpleNamespace(pygments_code_block=0)
    return plain.highlight(classes=classes, **fence)
