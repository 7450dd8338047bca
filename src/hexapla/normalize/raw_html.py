"""Raw HTML in Markdown, for markdown-it: what a browser makes of tags that nothing closes."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SWALLOWING = re.compile(r"<(?=(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b)", re.I)
"""Tags after which a browser shows nothing, or no markup, until they are closed."""
_SELF_CLOSED = re.compile(r"<(iframe|script)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/>", re.I)
"""As JSX and XHTML close them, and HTML does not."""
_PRE = re.compile(r"<pre\b(?!.*</pre)", re.I | re.S)
_COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.S)
_CODE = re.compile(r"<code\b(?!.*</code)", re.I | re.S)


def raw_html(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.inline.ruler.before("html_inline", "comment", _comment)
    parser.core.ruler.after("inline", "swallowing", _swallowing)
    parser.core.ruler.push("preformatted", _preformatted)


def _comment(state: StateInline, silent: bool) -> bool:
    """Read a comment, which may hold two hyphens: the parser's own rule is that of an older specification."""
    match = _COMMENT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _swallowing(state: StateCore) -> None:
    """Make text of a tag that would take the rest of the page with it, as GitHub does."""
    if not _SWALLOWING.search(state.src):
        return
    markup = [
        each
        for token in state.tokens
        for each in (token, *(token.children or ()))
        if each.type in ("html_block", "html_inline")
    ]
    for at, token in enumerate(markup):
        token.content = _SELF_CLOSED.sub(r"<\1\2></\1>", token.content)
        below = "".join(each.content for each in markup[at:]).lower()
        wild = [
            match for match in _SWALLOWING.finditer(token.content) if f"</{match[1].lower()}" not in below
        ]
        if wild and token.type == "html_inline":
            token.type = "text"
        elif wild:
            token.content = _SWALLOWING.sub("&lt;", token.content)


def _preformatted(state: StateCore) -> None:
    """Close a `<pre>` that a list's item or a quote leaves open: it ends with them."""
    for at, token in enumerate(state.tokens):
        if token.type != "html_block" or not token.level or not _PRE.search(token.content):
            continue
        below = "".join(each.content for each in _beside(state.tokens[at + 1 :], token.level))
        if "</pre" not in below.lower():
            code = "</code>" if _CODE.search(token.content) else ""
            token.content = f"{token.content.rstrip()}{code}</pre>\n"


def _beside(tokens: Sequence[Token], level: int) -> list[Token]:
    """Return the tokens up to the end of what holds them."""
    end = next((at for at, token in enumerate(tokens) if token.level < level), len(tokens))
    return list(tokens[:end])
