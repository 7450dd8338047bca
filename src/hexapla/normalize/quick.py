"""Quick: Python-Markdown that does not look for what a text has no sign of.

Its processors and patterns are tried on every block and on every piece of text, and few texts have a sign of
more than a handful: the rest is a quarter of the time that rendering takes. What is listed here by its class
or by its regular expression, as the libraries have them today, is left out where no sign of it is in the
text; everything else is always tried, so that the page is the same.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.extensions import admonition, tables, toc
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry
from pymdownx import (  # type: ignore[import-untyped]
    arithmatex,
    blocks,
    details,
    inlinehilite,
    magiclink,
    superfences,
    tabbed,
)

_Signs = tuple[str, ...]
_EVERYWHERE: _Signs = ("",)

_PROCESSORS: Mapping[type, _Signs] = {
    superfences.SuperFencesRawBlockPreprocessor: ("```", "~~~"),
    superfences.SuperFencesBlockPreprocessor: ("```", "~~~"),
    admonition.AdmonitionProcessor: ("!!!", "admonition"),
    details.DetailsProcessor: ("???", "details"),
    tabbed.TabbedProcessor: ("===", "tabbed"),
    blocks.BlocksProcessor: ("///",),
    arithmatex.BlockArithmatexProcessor: ("$", "\\"),
    tables.TableProcessor: ("|",),
    blockprocessors.HashHeaderProcessor: ("#",),
    blockprocessors.SetextHeaderProcessor: ("=", "-"),
    blockprocessors.BlockQuoteProcessor: (">",),
}
"""By class, exactly; each works only on texts that have one of these, in lower case."""
_PATTERNS: Mapping[str, _Signs] = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinehilite.BACKTICK_CODE_RE: ("`",),
    arithmatex.RE_SMART_DOLLAR_INLINE: ("$",),
    arithmatex.RE_DOLLAR_INLINE: ("$",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.REFERENCE_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.IMAGE_REFERENCE_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    magiclink.RE_AUTOLINK: ("<",),
    magiclink.RE_LINK: ("://", "www."),
    magiclink.RE_MAIL: ("@",),
    r"\~|\*|_": ("~", "*", "_"),
}
"""By regular expression; each match has one of these, in lower case."""


class Quick:
    """Makes a `Markdown` quick, before each text that it converts."""

    def __init__(self, markdown: Markdown) -> None:
        self._markdown = markdown
        markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
        parser: Any = markdown.parser
        self._stages = [
            _Needed(stage)
            for stage in (markdown.preprocessors, parser.blockprocessors, markdown.treeprocessors)
        ]
        markdown.preprocessors, parser.blockprocessors, markdown.treeprocessors = self._stages

    def expect(self, text: str) -> None:
        """Choose what the text needs."""
        low = text.lower()
        for stage in self._stages:
            stage.choose(low)


class _Needed(Registry[Any]):
    """A stage's processors, of which only the needed are run."""

    def __init__(self, stage: Registry[Any]) -> None:
        vars(self).update(vars(stage))
        self._all = [(processor, _signs(processor)) for processor in stage]
        self._chosen: list[Any] = []

    def choose(self, text: str) -> None:
        self._chosen = [processor for processor, signs in self._all if any(sign in text for sign in signs)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._chosen)


def _signs(processor: Any) -> _Signs:
    if type(processor) is toc.TocTreeprocessor and processor.marker and not processor.base_level:
        # Of headings it only adds the ids, which are not structure.
        return (processor.marker.lower(),)
    return _PROCESSORS.get(type(processor), _EVERYWHERE)


class _Inline(InlineProcessor):
    """Takes the place of a private method; where the library no longer has that, its own is used."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        self._patterns = list(markdown.inlinePatterns)
        by_sign: dict[str, list[int]] = {}
        for index, pattern in enumerate(self._patterns):
            for sign in _PATTERNS.get(pattern.pattern, _EVERYWHERE):
                by_sign.setdefault(sign, []).append(index)
        self._by_sign = tuple(by_sign.items())

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        # A mark that is found gives way to a placeholder, which is no sign of another.
        low = data.lower()
        found = [indexes for sign, indexes in self._by_sign if sign in low]
        start = 0
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in sorted({index for indexes in found for index in indexes if index >= patternIndex}):
            matched = True
            while matched:
                data, matched, start = apply(self._patterns[index], data, index, start)
        return data
