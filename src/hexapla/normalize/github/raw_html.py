"""Raw HTML in Markdown, for markdown-it: what a browser makes of tags that nothing closes."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SWALLOWING = re.compile(r"<(?=(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b)", re.I)
"""Tags after which a browser shows nothing, or no markup, until they are closed."""
_SELF_CLOSED = re.compile(r"<(iframe|script)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/>", re.I)
"""As JSX and XHTML close them, and HTML does not."""
_SINGLE_TAG = HTML_SEQUENCES[-1][0]
_PAST_BLANKS = [opening for opening, *_ in HTML_SEQUENCES[:5]]
"""How the blocks begin that go on to an end of their own, past blank lines."""
_PRE = re.compile(r"<pre\b(?!.*</pre)", re.I | re.S)
_COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.S)
_CODE = re.compile(r"<code\b(?!.*</code)", re.I | re.S)


def raw_html(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    rule = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "html_block")
    parser.block.ruler.at("html_block", partial(_block, rule.fn), {"alt": list(rule.alt)})
    parser.inline.ruler.before("html_inline", "comment", _comment)
    parser.core.ruler.after("inline", "swallowing", _swallowing)
    parser.core.ruler.push("preformatted", _preformatted)


def _block(rule: Callable[..., bool], state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of HTML as cmark does.

    A line that is one tag ends the paragraph of an item or a quote that it is outside of, and a blank line does
    not end a comment or a script in an item.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.startswith("<") or state.is_code_block(start):
        return False
    if silent:
        outside = state.sCount[start] < state.blkIndent or state.parentType == "blockquote"
        return rule(state, start, end, silent) or (outside and _SINGLE_TAG.search(line) is not None)
    if not state.blkIndent or not any(opening.search(line) for opening in _PAST_BLANKS):
        return rule(state, start, end, silent)
    columns = state.sCount[:]
    for at in range(start, end):
        if state.isEmpty(at):
            state.sCount[at] = state.blkIndent
    found = rule(state, start, end, silent)
    state.sCount = columns
    return found


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
