"""Content: the part of a page that Python-Markdown made, finished in one parse, as browsers read HTML.

Blocks marked `.hide-input` are folded without JavaScript wherever they stand: in lists and quotes Markdown cannot fold
what must stay a fence for the tools that test pages. What scrolls is a stop of the Tab key. What surrounds the content
is the templates' and stays as they wrote it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from operator import itemgetter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.normalize.anchors import Anchors
from hexapla.publish import diagrams, fonts
from hexapla.publish.blocked import Blocked, blocked
from hexapla.publish.content_words import word
from hexapla.publish.dead_links import SiteLink
from hexapla.publish.mathml import set_formulas
from hexapla.render.labels import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content of a page as readers get it."""

    html: str
    formulas: frozenset[int] = frozenset()
    """The code points of its formulas; empty where it has none."""
    diagrams: bool = False
    """Whether it has diagrams."""
    unconverted: tuple[str, ...] = ()
    """The formulas that stayed as their author wrote them."""
    left_out: tuple[str, ...] = ()
    """The tags that were left out."""
    blocked: tuple[Blocked, ...] = ()
    """What the page's policy keeps from readers."""
    dead: tuple[str, ...] = ()
    """The addresses inside the site that lead nowhere, of which nobody has told yet."""
    anchors: Anchors | None = None
    """What links to the page may lead to; None where nobody looked."""
    links: tuple[SiteLink, ...] = ()
    """Its links that only a whole site can follow."""
    leads: Mapping[str, str | None] = field(default_factory=dict)
    """Where its other addresses lead; None for nowhere."""


Lead = Callable[[LexborHTMLParser, LexborNode], tuple[str, ...]]
"""Mends the links of a content in its tree, and returns those that lead nowhere."""


def finish(html: str, *, language: str, shown: str, lead: Lead, policy: str = "") -> Content:
    """Finish the content of a page for readers of `language`, where its text is in the language `shown`.

    `policy` is what the page may load; empty for everything.
    """
    tree, content = parse_fragment(html)
    kept_off = blocked(content, policy)
    left_out = _leave_out(content)
    word(content, language, shown)
    fold(tree, content, labels(language).code)
    underline_places(content)
    unconverted = set_formulas(tree, content)
    add_stops(content)
    has_diagrams = diagrams.call(content, labels(shown).diagram)
    dead = lead(tree, content)
    return Content(
        html=fragment_html(content),
        formulas=fonts.of_formulas(content),
        diagrams=has_diagrams,
        unconverted=unconverted,
        left_out=left_out,
        blocked=kept_off,
        dead=dead,
    )


def _leave_out(content: LexborNode) -> tuple[str, ...]:
    """Leave out tags of a page's head that would lead its readers, or its links, elsewhere; return them."""
    strays = content.css("base, meta[http-equiv]")
    tags = tuple(stray.html or "" for stray in strays)
    for stray in strays:
        stray.decompose()
    return tags


def parse_fragment(html: str) -> tuple[LexborHTMLParser, LexborNode]:
    """Return a fragment's tree, as a browser would build it, and the element that holds the fragment."""
    tree = LexborHTMLParser("")
    content = tree.body
    assert content is not None
    content.inner_html = html
    return tree, content


def fragment_html(content: LexborNode) -> str:
    """Return what an element holds as HTML that a browser reads as the same."""
    for block in content.css("pre, textarea, listing"):
        first = block.first_child
        # A line's end at the beginning is left out by whoever reads it (HTML, section 13.3).
        if first is not None and first.is_text_node and (first.text_content or "").startswith("\n"):
            first.replace_with(f"\n{first.text_content}")
    return content.inner_html or ""


def underline_places(content: LexborNode) -> None:
    """Underline in tracebacks what marks below a line point at: `~` and `^` would point elsewhere in a narrow place.

    The marks stay in the text, for who reads it without the style that hides them.
    """
    for code in content.css(".output.error pre > code"):
        parts = tuple(code.iter(include_text=True))
        lines = [_lines(part.text_content or "") if part.is_text_node else [part] for part in parts]
        texts = [line for several in lines for line in several if isinstance(line, str)]
        # What holds no text is the place of a line, to which links may lead.
        if "".join(texts) == code.text():
            marked = map(_marked, texts, (*texts[1:], ""))
            code.inner_html = "".join(
                next(marked) if isinstance(part, str) else part.html or ""
                for several in lines
                for part in several
            )


def _lines(text: str) -> list[str | LexborNode]:
    return list(text.splitlines(keepends=True))


def _marked(line: str, marks: str) -> str:
    """Return a line of a traceback as HTML, with what the line below it points at; marks themselves by their class."""
    if _are_marks(line):
        return f'<span class="hexapla-marks">{escape(line, quote=False)}</span>'
    # Some Pythons count a wide character as two columns, and some as one.
    if not _are_marks(marks) or len(line) < len(marks) or any(map(_is_wide_sign, line)):
        return escape(line, quote=False)
    marks = marks.ljust(len(line))
    return "".join(
        _BY_MARK.get(mark, "{}").format(escape("".join(sign for _, sign in pairs), quote=False))
        for mark, pairs in groupby(zip(marks, line, strict=True), key=itemgetter(0))
    )


_BY_MARK = {"~": '<span class="hexapla-around">{}</span>', "^": '<span class="hexapla-at">{}</span>'}


def _are_marks(line: str) -> bool:
    # In an exception group, lines begin with bars.
    text = line.lstrip(" |").rstrip("\n")
    return bool(text) and not text.strip("~^ ")


WIDE = 34
"""Columns that a phone of 320 px shows: 288 px between the margins, 8.2 px a letter of code."""
LONG = 30
"""Lines after which an output scrolls in its own frame."""


def add_stops(content: LexborNode) -> None:
    """Make a stop of the Tab key of each table, and of each block that may be wider or higher than its place.

    What the author gave attributes of its own stays as it is.
    """
    for block in content.css("pre > span:empty:first-child + code:last-child"):
        frame = block.parent
        if frame is not None and not frame.attributes and _scrolls(block.text()):
            frame.attrs["tabindex"] = "0"
    for table in content.css("table"):
        if not table.attributes:
            table.attrs["tabindex"] = "0"


def _scrolls(text: str) -> bool:
    lines = text.rstrip("\n").split("\n")
    return len(lines) > LONG or any(map(_is_wide, lines))


def _is_wide(line: str) -> bool:
    if line.isascii():
        return len(line) > WIDE
    return len(line) + sum(map(_is_wide_sign, line)) > WIDE


def _is_wide_sign(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


_FOLD = "hexapla-fold code-fold"


def fold(tree: LexborHTMLParser, content: LexborNode, summary: str) -> None:
    """Put each hidden block of `content`, a part of `tree`, into a `<details>` that is called `summary`."""
    for block in content.css("div.hide-input"):
        details, heading = tree.create_node("details"), tree.create_node("summary")
        details.attrs["class"] = _FOLD
        heading.insert_child(summary)
        details.insert_child(heading, move=True)
        block.insert_before(details, move=True)
        details.insert_child(block, move=True)
