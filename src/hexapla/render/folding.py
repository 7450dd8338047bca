"""Folding: blocks marked `.hide-input` in a page's HTML, folded without JavaScript wherever they stand.

Done to the HTML and not to the page: in lists and quotes Markdown cannot fold what must stay a fence for the
tools that test pages.
"""

import re
from html import escape

_HIDDEN = re.compile(r'<div class="[^"]*(?<![\w-])hide-input(?![\w-])[^"]*">')
_DIV = re.compile(r"<(?P<end>/?)div\b")


def with_folds(html: str, summary: str) -> str:
    """Return the page with each hidden block in a `<details>` that is called `summary`."""
    parts, start = [], 0
    for match in _HIDDEN.finditer(html):
        end = _end(html, match.start())
        if match.start() < start or not end:
            continue
        parts += [
            html[start : match.start()],
            _OPEN.format(escape(summary)),
            html[match.start() : end],
            "</details>",
        ]
        start = end
    return "".join((*parts, html[start:]))


_OPEN = '<details class="hexapla-fold code-fold"><summary>{}</summary>'


def _end(html: str, start: int) -> int:
    """Return where the `<div>` ends that begins here; 0 where it is never closed. Code in it is escaped."""
    depth = 0
    for match in _DIV.finditer(html, start):
        depth += -1 if match["end"] else 1
        if not depth:
            return html.index(">", match.start()) + 1
    return 0
