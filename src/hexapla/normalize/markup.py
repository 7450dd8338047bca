"""Markup: HTML for the site: an author's own, and that of blocks which no Markdown of the site shows the same."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from hexapla.model.block import Edit, splice
from hexapla.normalize.github.parser import Chunk, html_of
from hexapla.normalize.leaves import inert

Line = tuple[str, int]
"""A line's text and the 0-based line of the source that it stands for."""

_AFTER_COMMENT = re.compile(
    r"\A( {0,3}(?:<!--.*?-->|<(script|style|pre)\b.*</\2>))[ \t]*\n?(?=[ \t]*[^\s<])", re.S | re.I
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>")
_OF_LINES = re.compile(r"\s*+<(?:/|[a-zA-Z]\w*+-)")
"""After a tag's end, or below a component, which begins a paragraph to the site, a tag needs a blank line."""
LITERAL = re.compile(r"<(?:pre|script|style|textarea)\b", re.I)
"""In these tags blanks are shown, or are a program's."""
_INDENT = re.compile(r"^[ \t]++", re.M)
ENCLOSING = frozenset(
    ["details", "div", "section", "article", "blockquote", "center", "figure", "figcaption", "summary", "p"]
    + ["table", "tbody", "thead", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "aside", "main"]
)
"""Tags that can hold Markdown which stands between blank lines."""
_OF_TEXT = frozenset(["summary", "td", "th", "li", "dt", "dd"])
"""Those in which Python-Markdown's `md_in_html` reads text and no blocks, where `markdown="1"` leaves it the choice."""
_PARTING_COMMENT = re.compile(r"<!--.*?(?:-->[ \t]*|\Z)", re.S)
"""One that nothing closes goes down to the end: so each is read once."""
_DECLARATION = re.compile(
    r"(?P<script><(?P<tag>script|style)\b.*?</(?P=tag)>)|<(?:\?|!(?!--))[^>]*(?:>|\Z)", re.I | re.S
)
"""It shows nothing, and to the site it is text."""
_BLANK_LINES = re.compile(r"\n\s*\n")
_LAST_BLANKS = re.compile(r"(?<![ \t])[ \t]+$", re.M)
_PRE = re.compile(r"<pre\b.*?(?:</pre>|\Z)", re.I | re.S)


def as_html(chunk: Chunk, tokens: Sequence[Token]) -> list[Line]:
    """Write a block's tokens as HTML."""
    html = _DECLARATION.sub(lambda match: match["script"] or "", html_of(tokens))
    # Outside of code the site makes breaks of blanks at a line's end.
    html = _LAST_BLANKS.sub("", _PRE.sub(_unparted, inert(html)).strip("\n"))
    # To the site, a comment parts the text around it.
    html = _BLANK_LINES.sub("\n", _without_ends(_PARTING_COMMENT.sub("", html)) or "<!-- -->")
    return [(line, min(chunk.start + i, chunk.end - 1)) for i, line in enumerate(html.split("\n"))]


def _without_ends(html: str) -> str:
    """Leave out ends of enclosing tags that nothing opens: to a browser they are nothing, to the site they end more."""
    depths = dict.fromkeys(ENCLOSING, 0)
    edits = []
    is_script = re.search(r"<(?:script|style)\b", html, re.I)
    for match in () if is_script else _HTML_TAG.finditer(html):
        name = match[2].lower()
        if name not in depths:
            continue
        if match[1] and not depths[name]:
            edits.append(Edit(start=match.start(), end=match.end(), text=""))
        elif not match[3].endswith("/"):
            depths[name] += -1 if match[1] else 1
    return splice(html, edits)


def _unparted(match: re.Match[str]) -> str:
    """Write what HTML of the site would lose of code as entities: blank lines, tabs, and blanks at a line's end."""
    code = match[0].replace("\t", "&#9;")
    code = _LAST_BLANKS.sub(lambda blanks: "&#32;" * len(blanks[0]), code)
    return re.sub(r"\n(?=\n)", "&#10;", code)


def open_to_markdown(text: str, *, blocks: bool) -> str:
    """Add `markdown="1"` to the tags that a block of HTML leaves open, so that what follows is read.

    `blocks` asks for `markdown="block"` where the site would read text, not blocks.

    A `<p>` that stays open is taken out, and so is its end: it can't hold blocks, and only parts it from a text before.
    """
    if text.startswith("<!--") and "-->" not in text:
        text = f"{text.rstrip()}\n-->\n"
    # The site finds fences in comments too, and in a list it ends them at blank lines.
    text = _COMMENT.sub(lambda match: re.sub(r"`{3,}|~{3,}|\n[ \t]*(?=\n)", "", match[0]), text)
    open_tags: list[tuple[str, re.Match[str], str]] = []
    edits: list[Edit] = []
    past = 0
    for match in _HTML_TAG.finditer(text):
        name = match[2].lower()
        # Without a paragraph's tag, what it holds would be of the text before it.
        parted = "\n\n" if _COMMENT.sub("", text[past : match.start()]).strip() else ""
        past = match.end()
        if match[1]:
            if name == "p" and all(tag != "p" for tag, *_ in open_tags):
                edits.append(Edit(start=match.start(), end=match.end(), text=parted))
                continue
            if any(tag == name for tag, *_ in open_tags):
                while open_tags.pop()[0] != name:
                    pass
        elif name in ENCLOSING and not match[3].endswith("/") and "markdown=" not in match[3]:
            open_tags.append((name, match, parted))
    if not LITERAL.search(text):
        # In an item the site counts columns otherwise than GitHub: what is far in would be code.
        edits += [Edit(start=m.start(), end=m.end(), text="") for m in _INDENT.finditer(text)]
    for name, match, parted in open_tags:
        if name == "p":
            edits.append(Edit(start=match.start(), end=match.end(), text=parted))
        else:
            value = "block" if blocks and name in _OF_TEXT else "1"
            if match is open_tags[0][1] and _OF_LINES.match(text):
                edits.append(Edit(start=match.start(), end=match.start(), text="\n\n"))
            edits.append(Edit(start=match.start(3), end=match.start(3), text=f' markdown="{value}"'))
    # What stands between tags is no Markdown, down to the next blank line; after a comment it is a paragraph.
    return _AFTER_COMMENT.sub(r"\1\n\n", inert(splice(text, edits)))
