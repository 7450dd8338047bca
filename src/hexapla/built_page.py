"""Built page: what is changed in a page's HTML after the theme has made it."""

import re

_LINKS = re.compile(r'[ \t]*<link rel="(?:canonical|alternate)" (?![^>]*type=)[^>]*>\n?')
_DESCRIPTION = re.compile(r'[ \t]*<meta name="description" content=".*?">\n', re.DOTALL)
"""The theme does not escape it: a quote in it would end it."""
_BASE = re.compile(r'(?P<before><script id="__config"[^>]*>\{[^<]*?"base": ")(?P<base>[^"]*)"')

_QUIET = '<script>for (const l of document.querySelectorAll("link[rel=alternate]")) l.rel += " "</script>'
"""The theme asks for a sitemap beside each page that a `link[rel=alternate]` names, and gets a 404.

Its selector looks for that exact text. With a blank after it the link means the same to everyone else.
"""


def with_head(html: str, lines: str) -> str:
    """Return a page with these lines in its head, in place of the theme's own links to translations."""
    head, end, rest = html.partition("</head>")
    head = _LINKS.sub("", head)
    if '<meta name="description"' in lines:
        head = _DESCRIPTION.sub("", head)
    return f"{head}{lines}\n{_QUIET}\n{end}{rest}"


def with_search_of(html: str, folder: str) -> str:
    """Return a page whose search asks for the index in a language's folder, below the site's root."""
    if not folder:
        return html

    def base(match: re.Match[str]) -> str:
        root = match["base"] if match["base"].endswith("/") else f"{match['base']}/"
        return f'{match["before"]}{root}{folder}"'

    return _BASE.sub(base, html, count=1)
