"""Values: the tables, texts and formulas by which values show themselves, as one line of HTML in a page's Markdown.

Wherever it stands, in a list or a quote, no extension finds a mark in it: all but letters, digits and tags is written
as character references.
"""

import re
from html.parser import HTMLParser

from hexapla.execution.markup import sanitized
from hexapla.model.output import Markup, MarkupKind

LONGEST = 200_000
"""Of a value with more characters a page shows the text."""
OPENS = '<div class="output value hexapla-value">'
"""How the line begins that shows a value."""
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_VOID = frozenset({"br", "col", "hr", "img"})


def value_html(markup: Markup, title: str) -> str:
    """Return how a value shows itself, under its title if it has one."""
    if markup.kind is MarkupKind.LATEX:
        # As arithmatex writes a formula, so that it is set as those of the post are.
        inside = f'<div class="arithmatex">{encoded(_formula(markup.source))}</div>'
    else:
        inside = _in_one_line(clean_html(markup))
    head = f'<span class="filename">{encoded(title)}</span>' if title else ""
    return f"{OPENS}{head}<div>{inside}</div></div>\n"


def clean_html(markup: Markup) -> str:
    """Return the HTML of a value's HTML or Markdown, cleaned: a ledger may be a stranger's."""
    if markup.kind is MarkupKind.HTML:
        return sanitized(markup.source)
    # Not above: it brings a parser, which few commands need.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return sanitized(parser.render(markup.source))


def _formula(source: str) -> str:
    tex = source.strip().strip("$").strip()
    inner = tex[2:-2].strip() if tex.startswith((r"\[", r"\(")) and tex.endswith((r"\]", r"\)")) else tex
    return rf"\[{' '.join(inner.split())}\]"


def encoded(text: str) -> str:
    """Return words as HTML in which no extension finds a mark."""
    return "".join(
        sign if sign.isalnum() or sign == " " else f"&#x{ord(sign):x};" for sign in text if sign != "\0"
    )


def _in_one_line(html: str) -> str:
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    """Writes clean HTML anew, on one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._kept = 0  # elements around whose line ends are shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._kept += tag == "pre"
        words = "".join(f' {name}="{encoded(value or "")}"' for name, value in attrs)
        self.parts.append(f"<{tag}{words}>")

    def handle_endtag(self, tag: str) -> None:
        self._kept -= tag == "pre"
        if tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(encoded(data if self._kept else _BLANKS.sub(" ", data)))
