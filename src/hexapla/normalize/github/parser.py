"""Parser: what the author saw, read with markdown-it as GitHub reads it, source block by source block."""

import functools
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from hexapla.model.directives import directives_of
from hexapla.normalize.github.alerts import alerts
from hexapla.normalize.github.autolinks import autolinks
from hexapla.normalize.github.blocks import by_first_character, definition
from hexapla.normalize.github.flanking import flanking
from hexapla.normalize.github.formulas import formulas
from hexapla.normalize.github.inlines import inlines
from hexapla.normalize.github.link_labels import link_labels
from hexapla.normalize.github.own import own, shown_by_site
from hexapla.normalize.github.raw_html import pictures, raw_html, regions
from hexapla.normalize.target.inline import joined
from hexapla.normalize.target.parts import parts
from hexapla.normalize.target.renderer import OWN, Renderer
from hexapla.normalize.target.structure import Unit, skeleton


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A block of the top level, or a footnote's definition, as the author saw it."""

    kind: str
    """The type of its first token, such as `paragraph_open`; `footnote_open` for a footnote."""
    start: int
    """0-based first line."""
    end: int
    """Just past the last line that is not blank."""
    tokens: tuple[Token, ...]
    units: tuple[Unit, ...]
    label: str = ""
    """The footnote's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A text as GitHub reads it."""

    lines: tuple[str, ...]
    """Without their ends."""
    chunks: tuple[Chunk, ...]
    """By their first line."""
    units: tuple[Unit, ...]
    links: Mapping[str, tuple[str, str]]
    """The link definitions, by label as Python-Markdown spells labels."""
    spans: Mapping[str, tuple[int, int]]
    """The lines of each link definition."""
    footnotes: frozenset[str]
    """The labels of the footnotes."""
    own: tuple[tuple[int, str], ...]
    """The first line and the text of each block in a container of Python-Markdown's."""


_TASK = re.compile(r"(<li>\s*(?:<p>)?)\[([ xX])\](?=\s+\S)")
_LANGUAGE = re.compile(r"\A\s*+([A-Za-z][\w+#.-]*+)[,:{]")


_BLOCK_RULES = ["normalize", "block"]
_OWN = frozenset(OWN)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    definitions = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "reference")
    parser.block.ruler.at("reference", partial(definition, definitions.fn))
    parser.use(alerts)
    parser.use(autolinks)
    parser.use(flanking)
    parser.use(footnote_plugin, inline=False)
    notes = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "footnote_def")
    parser.block.ruler.at("footnote_def", notes.fn, {"alt": [*notes.alt, "blockquote", "list"]})
    parser.use(formulas)
    parser.use(raw_html)
    parser.use(own)
    parser.use(pictures)
    parser.use(link_labels)
    parser.use(by_first_character)
    parser.use(inlines)
    parser.add_render_rule("footnote_ref", _footnote_ref)
    # An address is shown as it is written, as on GitHub.
    parser.normalizeLinkText = str  # type: ignore[assignment,method-assign]
    # A page shows no more of it than its text, but it is a link to GitHub and to the site.
    is_link = parser.validateLink
    parser.validateLink = lambda url: url.lower().startswith("file:") or is_link(url)  # type: ignore[method-assign]
    return parser


def _footnote_ref(_self: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """Write what Python-Markdown writes, so that it leads to the note on the page."""
    label, number = tokens[at].meta["label"], tokens[at].meta["id"] + 1
    return f'<sup id="fnref:{label}"><a class="footnote-ref" href="#fn:{label}">{number}</a></sup>'


_PARSER = _parser()
_OF_BLOCKS = _parser()
_OF_BLOCKS.core.ruler.enableOnly(_BLOCK_RULES)
_OF_THE_REST = _parser()
_OF_THE_REST.core.ruler.disable(_BLOCK_RULES)
_last_blocks: list[tuple[str, StateCore]] = []
"""The text whose blocks were read last and are nobody's yet: most often the rest of it is read next."""


def block_tokens(text: str) -> list[Token]:
    """Return the blocks of a text without what is inside of its paragraphs."""
    state = StateCore(text, _OF_BLOCKS, {})
    _OF_BLOCKS.core.process(state)
    _last_blocks[:] = [(text, state)]
    return list(state.tokens)


def _tokens(text: str, environment: dict[str, Any]) -> tuple[list[Token], MutableMapping[str, Any]]:
    """Return all tokens of a text, and what was noted of it."""
    last, state = _last_blocks.pop() if _last_blocks else ("", None)
    if (
        state is None
        or last != text
        or not state.env.get("opened", frozenset()) <= environment.get("own", _OWN)
    ):
        return _PARSER.parse(text, environment), environment
    rest = StateCore(state.src, _OF_THE_REST, state.env, state.tokens)
    _OF_THE_REST.core.process(rest)
    return rest.tokens, state.env


@functools.lru_cache(maxsize=4)
def read_as_github(text: str, site: Renderer | None = None) -> Reference:
    """Read a Markdown text; the last few are remembered, since what was read is checked next.

    What is Python-Markdown's own in it is read as `site` does, where one is given.
    """
    tokens, environment = _tokens(text, {} if site is None else {"own": site.own})
    lines = tuple(text.split("\n"))
    labels = [note["label"] for _, note in sorted(environment.get("footnotes", {}).get("list", {}).items())]
    definitions = environment.get("references", {})
    links = {
        label.lower(): (str(link["href"]), str(link.get("title") or ""))
        for label, link in definitions.items()
    }
    extended = [token for token in tokens if token.type == "own_open"]
    show = partial(site.html, references=links, footnotes=frozenset(labels)) if site and extended else None
    groups = regions(_groups(tokens))
    shown = _shown_apart(groups, show) if show else {}
    chunks = [_chunk(group, lines, labels, show, shown) for group in groups]
    body = [chunk for chunk in chunks if chunk is not None]
    return Reference(
        lines=lines,
        chunks=tuple(sorted(body, key=lambda chunk: chunk.start)),
        units=tuple(unit for chunk in in_page_order(body) for unit in chunk.units),
        links=links,
        spans={
            label: (link["map"][0], link["map"][1]) for label, link in definitions.items() if link.get("map")
        },
        footnotes=frozenset(labels),
        own=tuple(body for token in extended for body in token.meta["bodies"]),
    )


def in_page_order(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return the chunks as their units stand in a skeleton: footnotes last, in the order of their text."""
    return sorted(
        chunks, key=lambda chunk: (bool(chunk.label), str(chunk.units) if chunk.label else "", chunk.start)
    )


def html_of(tokens: Sequence[Token]) -> str:
    """Render tokens as HTML."""
    named = [token.copy(info=language(token.info)) if token.type == "fence" else token for token in tokens]
    html = str(_PARSER.renderer.render(named, _PARSER.options, {}))
    return _TASK.sub(_box, html) if "[" in html else html


def _box(match: re.Match[str]) -> str:
    """Write a task's mark as the box that GitHub makes of it."""
    return f'{match[1]}<input type="checkbox" disabled{" checked" if match[2] in "xX" else ""}>'


def language(info: str) -> str:
    """Return the language that an info string names: `rust` of `rust,ignore` too, as on GitHub."""
    name = directives_of(info).language
    if not name and (match := _LANGUAGE.match(info)):
        name = match[1].lower()
    return name


def inline_html(tokens: Sequence[Token]) -> str:
    """Render inline tokens as HTML."""
    holder = Token("inline", "", 0, children=list(tokens))
    return str(_PARSER.renderer.render([holder], _PARSER.options, {}))


def _groups(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split tokens into the blocks of the top level and, at the end, the footnotes."""
    groups: list[list[Token]] = []
    inside = 0
    for token in tokens:
        if token.type in ("footnote_block_open", "footnote_block_close", "footnote_anchor"):
            continue
        if inside == 0:
            groups.append([])
        groups[-1].append(token)
        inside += token.nesting
    return groups


def _plain(tokens: Sequence[Token]) -> tuple[Unit, ...]:
    """Return the unit of a paragraph or heading that is nothing but text, as most are, without making HTML of it."""
    first, *rest = tokens
    is_text = first.type in ("paragraph_open", "heading_open") and len(rest) == 2
    pieces = rest[0].children or () if is_text else ()
    if not pieces or any(piece.type not in ("text", "softbreak") for piece in pieces):
        return ()
    inline = joined([((), "".join(piece.content or "\n" for piece in pieces))])
    if not inline:
        return ()
    paragraph: Unit = ("p", *inline)
    return ((first.tag, (), paragraph),) if first.type == "heading_open" else (paragraph,)


@functools.lru_cache(maxsize=1024)
def _units(html: str) -> tuple[Unit, ...]:
    """Return what GitHub shows of a block; what was written is read once more, and most of it is as it was."""
    return skeleton(html, github=True)


def _definition_start(lines: Sequence[str], start: int, label: str) -> int:
    """Return the line on which a note begins whose text begins at `start`, with its label on a line above or not."""
    at = start - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at if at >= 0 and lines[at].strip().lower() == f"[^{label}]:".lower() else start


def _shown_apart(groups: Sequence[list[Token]], show: Callable[[str], str]) -> dict[str, tuple[Unit, ...]]:
    """Return what the site shows of its own containers of the top level, by what was written."""
    texts = [group[0].content for group in groups if group[0].type == "own_open"]
    return dict(zip(texts, parts(texts, show), strict=True))


def _chunk(
    group: list[Token],
    lines: tuple[str, ...],
    labels: list[str],
    show: Callable[[str], str] | None,
    shown: Mapping[str, tuple[Unit, ...]],
) -> Chunk | None:
    """Make a chunk of one group of tokens; None where it has no place in the source."""
    spans = [token.map for token in group if token.map]
    if not spans:
        return None
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    while end > start + 1 and (end > len(lines) or not lines[end - 1].strip(" \t")):
        end -= 1
    first = group[0]
    label, inner = "", group
    if first.type == "footnote_open":
        label, inner = labels[first.meta["id"]], group[1:-1]
        start = _definition_start(lines, start, label)
    if first.content in shown and first.type == "own_open":
        units = shown[first.content]
    else:
        units = _plain(inner) or _units(html_of(shown_by_site(inner, show) if show else inner))
    # Notes that a container refers to are blocks of their own.
    units = tuple(unit for unit in units if unit[0] != "footnote")
    if label:
        units = (("footnote", *units),)
    return Chunk(kind=first.type, start=start, end=end, tokens=tuple(inner), units=units, label=label)
