"""Prefilter: Python-Markdown's processors run where a text holds what their syntax begins with.

Python-Markdown tries each inline pattern on each piece of text; few blocks hold the marks of more than a handful.
Processors are known by the names under which the libraries register them, as their documentation lists them. What
has another name, or stands under a known one but comes from elsewhere, always runs, and so does all of it in a
release that has other names: the page is the same, and slower.

Worth a fifth of what normalizing costs: 311 posts and READMEs (1.4 million characters) take 3.4 s of CPU with it and
4.3 s without, in turns.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

Signs = tuple[str, ...]
"""A text without any of these, in lower case, holds nothing that the processor reads."""

_PREPROCESSORS: Mapping[str, Signs] = {
    "fenced_raw_block": ("```", "~~~"),
    # What the first took out stands between control characters.
    "fenced_code_block": ("```", "~~~", "\2"),
    "html_block": ("<", "&"),
}
_INDENTED: Signs = ("\n    ",)
_BLOCKS: Mapping[str, Signs] = {
    "admonition": ("!!!", *_INDENTED),
    "markdown_block": ("\2",),
    "details": ("???", *_INDENTED),
    "tabbed": ("===", *_INDENTED),
    "indent": _INDENTED,
    "code": _INDENTED,
    "arithmatex-block": ("$", "\\"),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "_", "*"),
    "olist": (". ",),
    "ulist": ("- ", "* ", "+ "),
    "quote": (">",),
    "footnote": ("[^",),
    "reference": ("[",),
}
"""Of a block with a newline in front."""
_INLINE: Mapping[str, Signs] = {
    "backtick": ("`",),
    "arithmatex-inline": ("$", "\\"),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "magic-link": ("://", "www."),
    "magic-mail": ("@",),
    "delimiter": ("~", "*", "_"),
}
_COLUMNS = 4
"""By which Python-Markdown indents, unless it is told otherwise."""
_LIBRARIES = ("markdown", "pymdownx")


def prefilter(markdown: Markdown) -> None:
    """Let the processors of a `Markdown` whose extensions are all registered run where they are needed."""
    if type(markdown.treeprocessors["inline"]) is InlineProcessor:
        markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
    if markdown.tab_length == _COLUMNS:
        parser: Any = markdown.parser
        parser.parseBlocks = partial(_parsed, _Filtered(parser.blockprocessors, _BLOCKS))
    for name, signs in _PREPROCESSORS.items():
        if name in markdown.preprocessors and _is_of_library(markdown.preprocessors[name]):
            processor: Any = markdown.preprocessors[name]
            processor.run = partial(_preprocessed, processor.run, signs)


def spare_contents(markdown: Markdown) -> None:
    """Have a `Markdown` that is asked for structure give headings nothing besides, where no contents are shown."""
    if "toc" in markdown.treeprocessors and _is_of_library(markdown.treeprocessors["toc"]):
        contents: Any = markdown.treeprocessors["toc"]
        contents.run = partial(_with_contents, contents.run, contents)


class _Inline(InlineProcessor):
    """Tries on each block the patterns of which its text has a sign."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        self._patterns = _Filtered(markdown.inlinePatterns, _INLINE)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put inline elements into a tree of blocks, one block after the other."""
        parsed: list[Element] = []
        for block in list(tree):
            text = "".join([*block.itertext(), block.tail or ""]).lower()
            needed = self._patterns.of(text)
            self.inlinePatterns: Any = needed
            if not needed:
                parsed.append(block)
                continue
            part = Element(tree.tag)
            part.append(block)
            parsed += super().run(part, ancestors)
        tree[:] = parsed
        return tree


class _Filtered:
    """The processors of a registry in their order, each with its signs."""

    def __init__(self, registry: Any, known: Mapping[str, Signs]) -> None:
        named = {registry.get_index_for_name(name): known[name] for name in known if name in registry}
        self._signs = {sign for signs in named.values() for sign in signs}
        self._processors = [
            (processor, frozenset(named.get(index, ())) if _is_of_library(processor) else frozenset())
            for index, processor in enumerate(registry)
        ]
        self._by_signs: dict[frozenset[str], list[Any]] = {}

    def of(self, text: str) -> list[Any]:
        """Return those that a text needs, and those that any text does."""
        there = frozenset([sign for sign in self._signs if sign in text])
        if there not in self._by_signs:
            self._by_signs[there] = [
                processor for processor, signs in self._processors if not signs or not signs.isdisjoint(there)
            ]
        return self._by_signs[there]


def _parsed(processors: _Filtered, parent: Element, blocks: list[str]) -> None:
    """Parse blocks of text as `BlockParser.parseBlocks` does."""
    while blocks:
        for processor in processors.of(f"\n{blocks[0]}"):
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break


def _preprocessed(run: Any, signs: Signs, lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    return list(run(lines)) if any(sign in text for sign in signs) else lines


def _with_contents(run: Any, contents: Any, tree: Element) -> None:
    """Write the page's contents at their marker; what headings are given besides is not structure."""
    changes_levels = getattr(contents, "base_level", 1)
    marker = getattr(contents, "marker", "")
    if changes_levels or (marker and marker in "".join(tree.itertext())):
        run(tree)


def _is_of_library(processor: Any) -> bool:
    return type(processor).__module__.partition(".")[0] in _LIBRARIES
