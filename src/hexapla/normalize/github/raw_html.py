"""Raw HTML in Markdown, for markdown-it: what a browser makes of tags, and which blocks they enclose."""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

SWALLOWING = re.compile(r"<(?=(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b)", re.I)
"""Tags after which a browser shows nothing, or no markup, until they are closed."""
_SWALLOWED = re.compile(r"</(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)", re.I)
"""Their ends."""
_SELF_CLOSED = re.compile(
    r"<(iframe|script)\b((?:[^<>\"'/\s]++|/(?!>)|\s++(?!/>)|\"[^\"]*+\"|'[^']*+')*+)\s*+/>", re.I
)
"""As JSX and XHTML close them, and HTML does not."""
_SINGLE_TAG = HTML_SEQUENCES[-1][0]
_PAST_BLANKS = [opening for opening, *_ in HTML_SEQUENCES[:5]]
"""How the blocks begin that go on to an end of their own, past blank lines."""
_COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.S)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PRE = re.compile(r"<(?:pre\b|(?P<end>/)pre)", re.I)
_CODE = re.compile(r"<(?:code\b|(?P<end>/)code)", re.I)
_ENCLOSING = re.compile(
    r"<!--(?:>|->|.*?-->|(?P<unclosed>.*))"
    r"|<(?P<end>/?)(?P<name>details|div|table|tbody|thead|tr|td|th|ul|ol|dl|section|article|blockquote|center|figure"
    r"""|script|style|svg)(?=[\s>/])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""",
    re.IGNORECASE | re.DOTALL,
)
_PATIENCE = 50
"""For so many tags that nothing closes the rest of the text is looked through."""
_ENDS = {
    "!": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
}
"""By what is open, a comment first: what ends that in which there are no tags."""


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
    columns: dict[int, int] = {}
    for at in range(start, end):
        if state.isEmpty(at):
            columns[at], state.sCount[at] = state.sCount[at], state.blkIndent
        elif state.sCount[at] < state.blkIndent:
            break
    is_html = rule(state, start, end, silent)
    for at, column in columns.items():
        state.sCount[at] = column
    return is_html


def _comment(state: StateInline, silent: bool) -> bool:
    """Read a comment, which may hold two hyphens: the parser's own rule is that of an older specification."""
    if not state.src.startswith("<!--", state.pos) or state.pos + 2 > _last_end(state.src):
        return False
    match = _COMMENT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = match[0]
    state.pos = match.end()
    return True


@functools.lru_cache(maxsize=1)
def _last_end(text: str) -> int:
    """Return where the last comment can end: none that begins later has to be looked through."""
    return text.rfind("-->")


def _swallowing(state: StateCore) -> None:
    """Make text of a tag that would take the rest of the page with it, as GitHub does."""
    if not SWALLOWING.search(state.src):
        return
    markup = [
        part
        for token in state.tokens
        for part in (token, *(token.children or ()))
        if part.type in ("html_block", "html_inline")
    ]
    last_ends = {name: at for at, token in enumerate(markup) for name in _ends(token.content)}
    for at, token in enumerate(markup):
        token.content = _SELF_CLOSED.sub(r"<\1\2></\1>", token.content)
        ends = _ends(token.content)
        wild = [
            name
            for name in map(str.lower, SWALLOWING.findall(token.content))
            if name not in ends and last_ends.get(name, -1) < at
        ]
        if wild and token.type == "html_inline":
            token.type = "text"
        elif wild:
            token.content = SWALLOWING.sub("&lt;", token.content)


def _ends(markup: str) -> set[str]:
    return {name.lower() for name in _SWALLOWED.findall(markup)}


def _preformatted(state: StateCore) -> None:
    """Close a `<pre>` that is left open: by a list's item or a quote, with which it ends, or down to the end."""
    last_end = max((at for at, token in enumerate(state.tokens) if _ends_pre(token)), default=-1)
    for at, token in enumerate(state.tokens):
        if token.type != "html_block" or not _stays_open(_PRE, token.content):
            continue
        if at >= last_end or (token.level and not any(map(_ends_pre, _beside(state.tokens, at)))):
            code = "</code>" if _stays_open(_CODE, token.content) else ""
            token.content = f"{token.content.rstrip()}{code}</pre>\n"


def _ends_pre(token: Token) -> bool:
    return "</pre" in token.content.lower()


def _stays_open(tag: re.Pattern[str], markup: str) -> bool:
    """Whether the last of the tags opens."""
    are_ends = [match["end"] is not None for match in tag.finditer(markup)]
    return bool(are_ends) and not are_ends[-1]


def _beside(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """Yield the tokens after one, up to the end of what holds them."""
    for index in range(at + 1, len(tokens)):
        if tokens[index].level < tokens[at].level:
            return
        yield tokens[index]


def regions(groups: list[list[Token]]) -> list[list[Token]]:
    """Join the blocks that tags of raw HTML enclose, such as what is inside `<details>`."""
    joined: list[list[Token]] = []
    at = given_up = 0
    while at < len(groups):
        end, unclosed = at + 1, 0
        if groups[at][0].type == "html_block" and given_up < _PATIENCE:
            end, unclosed = _region_end(groups, at)
            given_up += end == at + 1 and leaves_open(groups[at])
        closing = [Token("html_block", "", 0, content="</details>\n") for _ in range(unclosed)]
        joined.append([token for group in groups[at:end] for token in group] + closing)
        at = end
    return joined


def _region_end(groups: list[list[Token]], at: int) -> tuple[int, int]:
    """Return where the region ends that the HTML block at `at` opens, and how many `<details>` it leaves open.

    Where nothing closes its tags it is that block alone, but a `<details>` hides the rest of the page.
    """
    tags: list[str] = []
    end = len(groups)
    for index in range(at, len(groups)):
        if groups[index][0].type == "footnote_open":
            end = index
            break
        for token in groups[index]:
            for part in (token, *(token.children or ())):
                if part.type in ("html_block", "html_inline"):
                    _follow(tags, part.content)
        if not tags:
            return index + 1, 0
    return (end, len(tags)) if set(tags) == {"details"} else (at + 1, 0)


def leaves_open(tokens: Sequence[Token]) -> bool:
    """Whether a block is raw HTML that opens an enclosing tag which nothing closes."""
    tags: list[str] = []
    if len(tokens) == 1 and tokens[0].type == "html_block":
        _follow(tags, tokens[0].content)
    return bool(tags)


def _follow(tags: list[str], text: str) -> None:
    """Open and close the enclosing `tags` as a browser does: the end of one ends those left open in it."""
    at = 0
    while True:
        raw = _ENDS.get(tags[-1]) if tags else None
        match = (raw or _ENCLOSING).search(text, at)
        if match is None:
            return
        at = match.end()
        if raw:
            tags.pop()
        elif match["name"] is None:
            tags += [] if match["unclosed"] is None else ["!"]
        elif not match["end"]:
            tags.append(match["name"].lower())
        elif (name := match["name"].lower()) in tags:
            while tags.pop() != name:
                pass


def pictures(parser: MarkdownIt) -> None:
    """Add the rule to a parser, whose own leaves out formulas, escaped characters and code."""
    parser.add_render_rule("image", _rendered)


def alt(token: Token) -> str:
    """Return the text that stands for the picture of a token; an address in it is no link, and escapes are none."""
    pieces: list[str] = []
    is_address = False
    for child in token.children or ():
        is_address = child.info == "auto" if child.type == "link_open" else is_address and child.nesting == 0
        pieces.append(_ESCAPED.sub(r"\1", child.content) if is_address else _text(child))
    return "".join(pieces)


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return alt(token)
    if token.type.startswith("math_inline"):
        return f"{token.markup}{token.content}{token.markup}"
    return token.content


def _rendered(self: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    token = tokens[at].copy(attrs={**tokens[at].attrs, "alt": alt(tokens[at])})
    return f"<img{self.renderAttrs(token)} />"  # type: ignore[attr-defined]
