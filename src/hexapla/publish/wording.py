"""Wording: what Python-Markdown puts into every page in English, in the reader's language."""

import re

from hexapla.render.labels import labels

_TITLE = re.compile(
    r'(<div class="admonition (note|tip|important|warning|caution)(?: [^"]*)?"[^>]*>\s*'
    r'<p class="admonition-title">)(\w+)(?=</p>)'
)
_PERMALINK = re.compile(r'(<a class="headerlink" href="[^"]*" title=")Permanent link(?=">)')
_FOOTNOTE = re.compile(
    r'(<a class="footnote-backref" href="[^"]*" title=")Jump back to footnote (\d+) in the text(?=">)'
)


def worded(html: str, language: str, shown: str) -> str:
    """Return a page's HTML for readers of `language`; its text is in the language `shown`.

    Notes and warnings without a title of their own have it in the text's language, for they are part of it. What
    headings' signs and footnotes' arrows say under the pointer is in the reader's.
    """
    own, text = labels(language), labels(shown)

    def titled(match: re.Match[str]) -> str:
        begin, kind, title = match.groups()
        return begin + (str(getattr(text, kind)) if title == kind.capitalize() else title)

    html = _TITLE.sub(titled, html)
    html = _PERMALINK.sub(lambda match: match[1] + own.permalink, html)
    return _FOOTNOTE.sub(lambda match: match[1] + own.footnote.format(number=match[2]), html)
