"""Output fences: what code showed is no code: its lines have no numbers, and it is not counted among a page's blocks.

pymdownx.highlight numbers lines where a site says `linenums: true`, and with `anchor_linenums` or `line_spans` names
each after the block's place in the page: an output would number what was printed, and move all anchors below it.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig
from pymdownx.superfences import (  # type: ignore[import-untyped]
    SuperFencesBlockPreprocessor,
    SuperFencesCodeExtension,
)

_LANGUAGE = "text"
"""The language that outputs stand in, on generated pages and on a site's own."""
_CLASS = "output"


def use(config: MkDocsConfig) -> None:
    """Have a site's Markdown tell outputs from code."""
    extensions: list[Any] = config.markdown_extensions
    if not any(isinstance(extension, _OutputFences) for extension in extensions):
        extensions.append(_OutputFences())


class _OutputFences(Extension):
    """Comes last, when superfences has been registered, if the site has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        for extension in md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                _tell_outputs(extension, md)


def _tell_outputs(extension: SuperFencesCodeExtension, md: Markdown) -> None:
    known: Sequence[Mapping[str, Any]] = extension.superfences
    if any(fence["name"] == _LANGUAGE for fence in known):
        # A formatter of the site's own for texts: it does not number lines unless it means to.
        return
    usual, fences = known[0], md.preprocessors["fenced_code_block"]
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
