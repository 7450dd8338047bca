"""Bare addresses become links as on GitHub: what cmark-gfm's `autolink` extension takes for one.

It wants nothing of the character before `http://` but that it is no letter of the scheme, so that addresses
right after Chinese or Hebrew letters, or after full-width punctuation, are links; and it finds none after a
bracket that is still open.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SCHEME = re.compile(r"(?<![A-Za-z])(?:https?|ftp)$", re.IGNORECASE)
_LONGEST_SCHEME = len("https")
_REST = re.compile(r"[^\s<]+")
_ADDRESS = re.compile(
    r"(?<![^\s*_~(])www\.[^\s<]+"
    r"|(?:\bmailto:|(?<![A-Za-z0-9.+_/-]))[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]*[A-Za-z](?![A-Za-z0-9_-]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_HINT = re.compile(r"www\.|@", re.IGNORECASE)
_BRACKET = re.compile(r"[\[\]]")
_ENTITY = re.compile(r"&[a-zA-Z]+;$")
_MAX_DOTS = 10
"""cmark-gfm gives up looking for underscores in longer host names."""


def autolinks(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.inline.ruler.before("escape", "address", _with_scheme)
    parser.core.ruler.after("inline", "autolinks", _without_scheme)


def _with_scheme(state: StateInline, silent: bool) -> bool:
    """Read an address with a scheme, at its colon: before marks in it are taken for emphasis."""
    if state.src[state.pos] != ":" or not state.src.startswith("://", state.pos) or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.pending, max(len(state.pending) - _LONGEST_SCHEME, 0))
    rest = _REST.match(state.src, state.pos + 3, state.posMax) if scheme else None
    if scheme is None or rest is None or not _host(rest[0], short=True) or _in_bracket(state):
        return False
    address = _trimmed(f"{scheme[0]}://{rest[0]}")
    if not silent:
        state.pending = state.pending[: scheme.start()]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": _quoted(address)}
        opening.info = "auto"
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1).info = "auto"
    state.pos += len(address) - len(scheme[0])
    return True


@dataclass(slots=True, kw_only=True)
class _Brackets:
    """How many brackets are open in what was read of a text, so that each piece is looked at once."""

    tokens: list[Token]
    count: int = 0
    """How many of the tokens were looked at."""
    depth: int = 0
    pending: int = 0
    """How much of the text after them was."""
    pending_depth: int = 0


def _in_bracket(state: StateInline) -> bool:
    """Whether a `[` before the address is still open."""
    brackets = state.env.get("brackets")
    if brackets is None or brackets.tokens is not state.tokens:
        brackets = state.env["brackets"] = _Brackets(tokens=state.tokens)
    if brackets.count < len(state.tokens):
        for token in state.tokens[brackets.count :]:
            if token.type == "text":
                brackets.depth = _depth(brackets.depth, token.content)
        brackets.count = len(state.tokens)
        brackets.pending, brackets.pending_depth = 0, brackets.depth
    brackets.pending_depth = _depth(brackets.pending_depth, state.pending[brackets.pending :])
    brackets.pending = len(state.pending)
    return bool(brackets.pending_depth)


def _depth(depth: int, text: str) -> int:
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket == "[" else max(depth - 1, 0)
    return depth


def _without_scheme(state: StateCore) -> None:
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
        mail = not address.lower().startswith("www.")
        if not mail and not _host(address, short=False):
            continue
        scheme = "" if address.startswith("mailto:") else "mailto:" if mail else "http://"
        opening = Token("link_open", "a", 1, attrs={"href": _quoted(scheme + address)})
        opening.info = "auto"
        tokens += [_text(text[start : match.start()]), opening, _text(address), Token("link_close", "a", -1)]
        start = match.start() + len(address)
    return [*(token for token in tokens if token.type != "text" or token.content), _text(text[start:])]


def _host(address: str, *, short: bool) -> bool:
    """Whether an address begins with a host's name; one without a dot only where it is `short`."""
    length = next((at for at, sign in enumerate(address) if not _is_of_host(sign)), len(address))
    parts = address[:length].split(".")
    underscored = any("_" in part for part in parts[-2:]) and len(parts) <= _MAX_DOTS
    return length > 0 and address[0] not in "-_." and not underscored and (short or len(parts) > 1)


def _is_of_host(sign: str) -> bool:
    return sign in "-_." or not (sign.isspace() or unicodedata.category(sign)[0] in "PS" or sign == "\\")


def _quoted(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~")


def _trimmed(address: str) -> str:
    """Leave out the punctuation that ends a sentence, and a parenthesis that was opened before."""
    while address:
        if address[-1] == ";":
            entity = _ENTITY.search(address)
            address = address[: entity.start()] if entity else address[:-1]
        elif address[-1] in "?!.,:*_~'\"" or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
