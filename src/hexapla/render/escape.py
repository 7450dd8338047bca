"""Across: words of one language on a page in another, and links from it to that language's pages."""

import re
from urllib.parse import quote

_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
"""All of ASCII's punctuation."""


def link(text: str, path: str, code: str, language: str, *, home: str = "") -> str:
    """Lead from a page in `language` to the Markdown file at `path` below the folder of the language `code`.

    `home` leads from the page to its own language's folder. As HTML where the language changes: the i18n plugin
    takes a Markdown link into another language's folder for one to the reader's own page.
    """
    if code == language:
        return f"[{text}]({home}{path})"
    return f'<a href="../{home}{code}/{quote(path)}" hreflang="{code}">{text}</a>'


def plain(text: str) -> str:
    """Write words as Markdown that shows just them, whatever marks the site's extensions know."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark.group())};", text)


def isolated(text: str, language: str) -> str:
    """Keep words of another language from mixing with those around them, whichever way either runs."""
    return f'<bdi lang="{language}">{text}</bdi>'
