"""Fallback page: a page in another language than the reader's, which says so and is laid out in its own direction."""

import re

from hexapla.render import locale
from hexapla.render.escape import escape
from hexapla.render.labels import direction, labels

_HEADING = re.compile(r"\A\s*+(?:# [^\n]*+\n|[^\n]++\n=++[ \t]*+\n)")
"""A title that a page brings itself."""
_MARKS = re.compile(r"^\s*+#\s++|(?<!\s)\s++#*+\s*+(?:\{[^{}]*+\}\s*+)?$")
"""What stands before and behind the words of a heading."""


def split_title(body: str) -> tuple[str, str]:
    """Return the title that a body begins with, and the rest; most have theirs in the front matter."""
    match = _HEADING.match(body)
    return (match[0], body[match.end() :].lstrip("\n")) if match else ("", body)


def fallback_title(heading: str, otherwise: str, source: str) -> str:
    """Return a page's title in its language, `source`: what its own heading says, or else `otherwise`."""
    text = _MARKS.sub("", heading.lstrip("\n").split("\n")[0])
    return f'<h1 lang="{source}" dir="{direction(source)}" markdown="span">{text or escape(otherwise)}</h1>\n'


def fallback_banner(source: str, language: str) -> str:
    """Return what tells a reader of `language` that this page is in `source`."""
    return f'!!! info ""\n    {labels(language).fallback.format(language=locale.language_name(source, language))}\n'


def fallback_body(text: str, source: str) -> str:
    """Return a page's text as one in its own language."""
    return f'<div lang="{source}" dir="{direction(source)}" markdown="1">\n\n{text}\n\n</div>'


def fallback_page(markdown: str, otherwise: str, source: str, language: str) -> str:
    """Return a whole page that a reader of `language` gets in `source`; its title is `otherwise` if it has none."""
    heading, text = split_title(markdown.strip("\n"))
    title = fallback_title(heading, otherwise, source)
    return "\n".join((title, fallback_banner(source, language), fallback_body(text, source), ""))
