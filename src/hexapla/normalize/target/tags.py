"""Tags: an HTML text as the pieces that `skeleton` reads: tags, comments and text."""

import html
import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"""|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*+)(?P<rest>(?:[^<>"']++|"[^"]*"|'[^']*')*+)>"""
    r"|[^<]+|<",
    re.DOTALL,
)
"""A comment or a declaration that nothing closes goes down to the end."""
NAMES = frozenset(
    "a abbr acronym address applet area article aside audio b basefont bdi bdo bgsound big blink blockquote br"
    " button canvas caption center cite code col colgroup content data datalist dd del details dfn dialog dir div"
    " dl dt element em embed fencedframe fieldset figcaption figure font footer form frame frameset g-emoji h1 h2"
    " h3 h4 h5 h6 header hgroup hr i iframe image img input ins kbd keygen label legend li listing main map mark"
    " marquee menu menuitem meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option"
    " output p param picture plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script search section"
    " select shadow slot small source spacer span strike strong style sub summary sup table tbody td template"
    " textarea tfoot th thead time tr track tt u ul var video wbr xmp".split()
)
"""The elements that HTML has or had for a text."""
_ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def attributes_of(text: str) -> dict[str, str | None]:
    """Read the attributes of a tag; the first of two with one name counts."""
    attributes: dict[str, str | None] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text) if text else ():
        attributes.setdefault(name.lower(), html.unescape(double or single or bare))
    return attributes


def code(classes: list[str], rest: Iterator[re.Match[str]]) -> tuple[str, str, str]:
    """Read a code block up to `</pre>`."""
    language, pieces = next((name for name in classes if name not in ("highlight",)), ""), []
    for token in rest:
        if token["tag"]:
            if token["close"] and token["tag"].lower() == "pre":
                break
            names = (attributes_of(token["rest"]).get("class") or "").split()
            language = next((name for name in names if name.startswith("language-")), language)
        else:
            pieces.append(token[0])
    language = language.removeprefix("language-").lower()
    return ("code", "" if language == "text" else language, html.unescape("".join(pieces)).strip("\n"))


def verbatim(tag: str, rest: Iterator[re.Match[str]]) -> list[str]:
    """Read up to the closing tag, and return the text between."""
    pieces, depth = [], 1
    for token in rest:
        if token["tag"] and token["tag"].lower() == tag:
            depth += -1 if token["close"] else 1
            if not depth:
                break
        elif not token["tag"]:
            pieces.append(token[0])
    return pieces
