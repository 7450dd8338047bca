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

_LATER = (
    "<script>(x=>{"
    "let asked=/[?&][qh]=/.test(location.search);"
    "const open=x.open,send=x.send,waiting=[],"
    'ask=e=>{if(!asked&&e.target.closest&&e.target.closest(".md-search,[for=__search]"))'
    "{asked=true;waiting.forEach(go=>go())}};"
    'for(const name of["focusin","pointerover","click"])addEventListener(name,ask,true);'
    "x.open=function(how,where,...rest){"
    "this.later=/\\/search\\/search_index\\.json$/.test(where);return open.call(this,how,where,...rest)};"
    "x.send=function(...body){const go=()=>send.apply(this,body);asked||!this.later?go():waiting.push(go)}"
    "})(XMLHttpRequest.prototype)</script>"
)
"""The theme loads the search's index with every page: megabytes on a large site. So it waits for the reader.

It comes when the reader touches the search, or opens a page with a query (`?q=`) or with its words marked (`?h=`).
"""

_TYPED = (
    '<script>for(const name of["input","compositionend"])addEventListener(name,e=>{'
    'e.isComposing||!e.target.matches||!e.target.matches(".md-search__input")||'
    'e.target.dispatchEvent(new Event("keyup",{bubbles:true}))},true)</script>'
)
"""The theme searches when a key is let go. No key is where words are chosen from a list, as in Chinese, dictated, or
pasted with a finger."""


def with_head(html: str, lines: str) -> str:
    """Return a page with these lines in its head, in place of the theme's own links to translations."""
    head, end, rest = html.partition("</head>")
    head = _LINKS.sub("", head)
    if '<meta name="description"' in lines:
        head = _DESCRIPTION.sub("", head)
    return f"{head}{lines}\n{_QUIET}\n{_LATER}\n{_TYPED}\n{end}{rest}"


def with_search_of(html: str, folder: str) -> str:
    """Return a page whose search asks for the index in a language's folder, below the site's root."""
    if not folder:
        return html

    def base(match: re.Match[str]) -> str:
        root = match["base"] if match["base"].endswith("/") else f"{match['base']}/"
        return f'{match["before"]}{root}{folder}"'

    return _BASE.sub(base, html, count=1)
