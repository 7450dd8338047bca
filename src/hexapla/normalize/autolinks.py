"""Bare addresses become links as on GitHub, for markdown-it (its own plugin needs a newer release)."""

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_ADDRESS = re.compile(
    r"(?<![^\s*_~(\"'])(?:(?:https?://|ftp://)[^\s<]+|www\.[^\s<]+)"
    r"|(?<![A-Za-z0-9.+_/-])[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]*[A-Za-z0-9](?![\w-])",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"^(?:\w+://|www\.)(?:[\w-]+\.)*[\w-]+", re.IGNORECASE)
_HINT = re.compile(r"://|www\.|@", re.IGNORECASE)


def autolinks(parser: MarkdownIt) -> None:
    """Add the rule to a parser."""
    parser.core.ruler.after("inline", "autolinks", _rule)


def _rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and _HINT.search(token.content):
            token.children = _linked(token.children)


def _linked(tokens: list[Token]) -> list[Token]:
    """Replace the addresses in text that is not in a link already."""
    linked: list[Token] = []
    inside = 0
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            inside += token.nesting
        if token.type == "html_inline":
            tag = token.content.lower()
            inside += tag.startswith("<a ") - tag.startswith("</a")
        if token.type == "text" and not inside:
            linked += _split(token.content)
        else:
            linked.append(token)
    return linked


def _split(text: str) -> list[Token]:
    """Split text at its addresses."""
    tokens: list[Token] = []
    start = 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        mail = "@" in address and "://" not in address and not address.lower().startswith("www.")
        if not mail and not _DOMAIN.match(address):
            continue
        scheme = "mailto:" if mail else "http://" if address.lower().startswith("www.") else ""
        opening = Token(
            "link_open", "a", 1, attrs={"href": scheme + quote(address, safe="/:?#[]@!$&'()*+,;=%~")}
        )
        opening.info = "auto"
        tokens += [_text(text[start : match.start()]), opening, _text(address), Token("link_close", "a", -1)]
        start = match.start() + len(address)
    return [*(token for token in tokens if token.type != "text" or token.content), _text(text[start:])]


def _trimmed(address: str) -> str:
    """Leave out the punctuation that ends a sentence, and a parenthesis that was opened before."""
    while address:
        if address[-1] in "?!.,:*_~'\"" or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        elif entity := re.search(r"&[a-zA-Z0-9]+;$", address):
            address = address[: entity.start()]
        else:
            break
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
