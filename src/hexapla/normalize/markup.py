"""Markup: a block written as HTML, which is what is left where no Markdown of the site shows the same."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from hexapla.normalize.github.parser import Chunk, html_of
from hexapla.normalize.leaves import inert
from hexapla.normalize.printing import Line

_COMMENT = re.compile(r"<!--(?:.*?-->[ \t]*|(?P<unclosed>.*))", re.S)
"""One that nothing closes goes down to the end: so each is read once."""
_DECLARATION = re.compile(
    r"(?P<script><(?P<tag>script|style)\b.*?</(?P=tag)>)|<(?:\?|!(?!--))[^>]*(?:>|\Z)", re.I | re.S
)
"""It shows nothing, and to the site it is text."""
_BLANK_LINES = re.compile(r"\n\s*\n")
_PRE = re.compile(r"<pre\b.*?(?:</pre>|\Z)", re.I | re.S)


def as_html(chunk: Chunk, tokens: Sequence[Token]) -> list[Line]:
    """Write a block's tokens as HTML."""
    html = _DECLARATION.sub(lambda match: match["script"] or "", html_of(tokens))
    html = _PRE.sub(_unparted, inert(html)).strip("\n")
    # To the site, a comment parts the text around it.
    bare = _COMMENT.sub(lambda match: match[0] if match["unclosed"] is not None else "", html)
    html = _BLANK_LINES.sub("\n", bare or html)
    return [(line, min(chunk.start + i, chunk.end - 1)) for i, line in enumerate(html.split("\n"))]


def _unparted(match: re.Match[str]) -> str:
    """Write the blank lines and tabs of code as entities: a blank line ends HTML, and tabs become blanks."""
    return re.sub(r"\n(?=[ \t]*\n)", "&#10;", match[0]).replace("\t", "&#9;")
