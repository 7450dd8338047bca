"""Alerts: notes and warnings that have no title of their own get one in the page's language."""

import re

from hexapla.pages.labels import labels

_TITLE = re.compile(
    r'(<div class="admonition (note|tip|important|warning|caution)(?: [^"]*)?"[^>]*>\s*'
    r'<p class="admonition-title">)(\w+)(?=</p>)'
)


def with_titles(html: str, language: str) -> str:
    """Return the page with the titles that Python-Markdown makes of the kinds' English names translated."""
    words = labels(language)

    def titled(match: re.Match[str]) -> str:
        begin, kind, title = match.groups()
        return begin + (str(getattr(words, kind)) if title == kind.capitalize() else title)

    return _TITLE.sub(titled, html)
