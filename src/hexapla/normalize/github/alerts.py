"""Alerts as GitHub reads them, for markdown-it: quotes of the top level whose first line is `[!NOTE]` alone.

Where text stands on that line, where nothing follows it, or where the quote is inside of a list or of another
quote, GitHub shows a quote.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*(?:\n[ \t]*|\Z)", re.IGNORECASE)


def alerts(parser: MarkdownIt) -> None:
    """Add the rule to a parser: an alert is an `alert_open`, whose `info` names its kind, and an `alert_close`."""
    parser.core.ruler.after("block", "alerts", _alerts)


def _alerts(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    kept: list[Token] = []
    tokens = state.tokens
    opening: Token | None = None
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        if token.type == "blockquote_open" and not token.level and (mark := _mark(tokens, at)):
            _make(token, mark[1].lower(), "open")
            opening = token
            skip = _without_mark(tokens, at, mark)
        elif token.type == "blockquote_close" and not token.level and opening:
            _make(token, opening.info, "close")
            opening = None
        kept.append(token)
    state.tokens = kept


def _mark(tokens: list[Token], at: int) -> re.Match[str] | None:
    """Return the mark of the quote that opens at `at`, where it makes an alert of it."""
    if tokens[at + 1].type != "paragraph_open":
        return None
    mark = _MARK.match(tokens[at + 2].content)
    is_all = mark is not None and mark.end() == len(tokens[at + 2].content)
    has_body = not is_all or tokens[at + 4].type != "blockquote_close"
    return mark if has_body else None


def _make(token: Token, kind: str, side: str) -> None:
    token.type, token.tag, token.info = f"alert_{side}", "div", kind
    if side == "open":
        token.attrs = {"class": f"admonition {kind}"}


def _without_mark(tokens: list[Token], at: int, mark: re.Match[str]) -> int:
    """Take the mark out of the first paragraph, and return how many tokens go with it where it was all of that."""
    paragraph, inline = tokens[at + 1], tokens[at + 2]
    inline.content = inline.content[mark.end() :]
    for token in (paragraph, inline):
        if token.map:
            token.map = [token.map[0] + 1, token.map[1]]
    return 0 if inline.content else 3
