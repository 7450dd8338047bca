"""Accessible: what the theme's HTML leaves out for readers who hear a page or go through it by keys."""

import re
import unicodedata
from html import unescape

WIDE = 34
"""Columns that a phone of 320 px shows: 288 px between the margins, 8.2 px a letter of code."""
LONG = 30
"""Lines after which an output scrolls in its own frame."""

_DIALOG = re.compile(
    r'(<div class="md-search" data-md-component="search" role="dialog")'
    r'(>.*?<input[^>]*? aria-label="(?P<name>[^"]*)")',
    re.DOTALL,
)
_SECTION = re.compile(
    r'(<nav class="md-nav"[^>]*? aria-labelledby=")(?P<id>__nav_\w+)_label("[^>]*>\s*<label class="md-nav__title")'
)
_VERSION = re.compile(r'(<a href="[^"]*" hreflang="(?P<code>[^"]*)")( class="md-select__link")')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_BLOCK = re.compile(r"<pre>(?P<content><span></span><code>(?P<code>.*?)</code></pre>)", re.DOTALL)
_TABLE = re.compile(r"<table>")
_TAG = re.compile(r"<[^>]*>")

_LANDMARKS = """<script>new MutationObserver(all => { for (const {addedNodes} of all) for (const one of addedNodes)
for (const nav of one.querySelectorAll ? [one, ...one.querySelectorAll("nav")] : [])
if (/^md-(code__nav|tags)$/.test(nav.className)) nav.setAttribute("role", "none")
}).observe(document, {childList: true, subtree: true})</script>"""
"""The theme makes a navigation without a name of each block's button for copying and of each result's tags, and
the page's landmarks are lost among them."""


def completed(html: str) -> str:
    """Return a built page in which dialogs, navigation and other languages are named, and what scrolls is a stop.

    The reader's own language is marked in the list of languages.

    Whatever is written in another way than the theme's stays as it is.
    """
    html = _DIALOG.sub(r'\1 aria-label="\g<name>"\2', html)
    # Named by its title: the theme's label there holds nothing but an icon.
    html = _SECTION.sub(r'\1\g<id>_title\3 id="\g<id>_title"', html)
    own = _LANGUAGE.search(html)

    def version(match: re.Match[str]) -> str:
        current = ' aria-current="true"' if own and own[1] == match["code"] else ""
        return f'{match[1]} lang="{match["code"]}"{current}{match[3]}'

    html = _VERSION.sub(version, html)
    html = _BLOCK.sub(_stop, html)
    html = _TABLE.sub('<table tabindex="0">', html)
    return html.replace("</head>", f"{_LANDMARKS}\n</head>", 1)


def _stop(match: re.Match[str]) -> str:
    """Return a block as a stop of the Tab key, where it may be wider or higher than its place."""
    lines = unescape(_TAG.sub("", match["code"])).rstrip("\n").split("\n")
    scrolls = len(lines) > LONG or any(map(_is_wide, lines))
    return f'<pre tabindex="0">{match["content"]}' if scrolls else match[0]


def _is_wide(line: str) -> bool:
    columns = len(line) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return columns > WIDE
