"""Own: what an author wrote for Python-Markdown in a text that is GitHub's otherwise, for markdown-it.

Admonitions (`!!! note`), folds (`???`) and tabs (`=== "A"`), whose blocks stand four columns in, and HTML that
says `markdown` of itself. The first are tokens `own_open` and `own_close`, around what GitHub would read there;
`content` is all of it as written, `meta["bodies"]` the first line and the text of each block inside.
Of the second the tags are HTML, and Markdown is between. Attributes (`[a](b){ .button }`), in Python-Markdown's
spelling with blanks inside of the braces, are tokens `own_attributes`: nobody is to see them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from hexapla.normalize.target.renderer import OWN

_WORDS = r"[\w-]++(?: +[\w-]++)*+"
_OPENING = re.compile(
    rf"""(?:(?P<fold>\?\?\?)\+? ?(?:{_WORDS}(?: +"[^"\n]*")?|"[^"\n]*")"""
    rf"""|(?P<note>!!!) ?{_WORDS}(?: +"[^"\n]*")?|(?P<tab>===)[!+]{{0,2}} +"[^"\n]*") *$"""
)
_TAG = re.compile(
    r"<[a-zA-Z][\w-]*+\b(?=[^<>]*?\bmarkdown\b(?!=[\"']?0))(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>[ \t]*$"
)
"""A tag that opens Markdown, on a line of its own."""
_TAGS = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*+)[^<>]*>")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_ATTRIBUTES = re.compile(
    r"\{:?(?: ++(?:[.#][\w:-]++|[\w-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}]++)|\w++(?:-\w++)++))++ ++\}(?!\})"
)
_BEFORE = frozenset(")]`*_:\n")
"""What attributes stand right after: links, pictures, code, emphasis, icons and the lines of a paragraph."""
_BODY = 4
"""How many columns in the blocks stand."""


def own(parser: MarkdownIt) -> None:
    """Add the rules to a parser; `env["own"]` may name the marks that count, and all do otherwise."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("html_block", "own", _own, {"alt": ends})
    parser.block.ruler.before("html_block", "markdown_in_html", _markdown, {"alt": ends})
    parser.inline.ruler.before("html_inline", "own_attributes", _attributes)
    parser.add_render_rule("own_attributes", lambda *_: "")


def _begin(state: StateBlock, at: int) -> int:
    return int(state.bMarks[at] + state.tShift[at])


def _line(state: StateBlock, at: int) -> str:
    return state.src[_begin(state, at) : state.eMarks[at]]


def _opening(state: StateBlock, at: int, end: int) -> str:
    """Return the mark that opens a container on a line and has a block below it, or a title; empty for none."""
    if state.is_code_block(at) or state.sCount[at] < state.blkIndent:
        return ""
    match = _OPENING.match(_line(state, at))
    mark = match[match.lastgroup or 0] if match else ""
    if not match or mark not in state.env.get("own", OWN):
        return ""
    is_whole = mark == "!!!" and match[0].rstrip().endswith('"')
    return mark if is_whole or _past(state, at, end) > at + 1 else ""


def _past(state: StateBlock, at: int, end: int) -> int:
    """Return past which line the container that opens at `at` ends."""
    past = at + 1
    for row in range(at + 1, end):
        if state.isEmpty(row):
            continue
        if state.sCount[row] < state.sCount[at] + _BODY:
            break
        past = row + 1
    return past


def _own(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a container, or all tabs of a set."""
    mark = _opening(state, start, end)
    if not mark or silent:
        return bool(mark)
    state.env.setdefault("opened", set()).add(mark)
    opening = state.push("own_open", "div", 1)
    opening.markup = mark
    bodies: list[tuple[int, str]] = []
    indent = state.sCount[start] + _BODY
    row = start
    while mark:
        past = _past(state, row, end)
        bodies.append((row + 1, state.getLines(row + 1, past, indent, False)))
        _within(state, row + 1, past, indent)
        row = past
        below = next((at for at in range(row, end) if not state.isEmpty(at)), end)
        mark = _opening(state, below, end) if mark == "===" and below < end else ""
        if mark != "===" or state.sCount[below] != state.sCount[start]:
            break
        row = below
    opening.map = [start, row]
    opening.content = state.getLines(start, row, state.sCount[start], False)
    opening.meta = {"bodies": bodies}
    state.push("own_close", "div", -1)
    state.line = row
    return True


def _within(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Read the blocks of lines that are indented."""
    before = state.blkIndent, state.parentType, state.lineMax, state.tight
    state.blkIndent, state.parentType, state.lineMax, state.tight = indent, "root", end, False
    state.md.block.tokenize(state, start, end)
    state.blkIndent, state.parentType, state.lineMax, state.tight = before


def _markdown(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read HTML that says that Markdown is in it."""
    if not state.src.startswith("<", _begin(state, start)) or state.is_code_block(start):
        return False
    closing = _closing(state, start, end) if _TAG.match(_line(state, start)) else 0
    if not closing or silent:
        return bool(closing)
    for first, past in ((start, start + 1), (closing, closing + 1)):
        token = state.push("html_block", "", 0)
        token.map = [first, past]
        token.content = state.getLines(first, past, state.blkIndent, True)
        if first == start:
            _within(state, start + 1, closing, state.blkIndent)
    state.line = closing + 1
    return True


def _closing(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the tag on a line, and holds nothing else; 0 for none.

    As on the site, tags in a fence's code are code; a fence that nothing closes ends with the tag.
    """
    # What closes the tags inside of one was found with it: a text may open thousands.
    known = state.env.setdefault("closings", {})
    if (state.blkIndent, _begin(state, start)) not in known:
        known.update(((state.blkIndent, begin), row) for begin, row in _closings(state, start, end))
    row = known[state.blkIndent, _begin(state, start)]
    return row if row < end else 0


def _closings(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the tag on a line begins, and those inside of it, each with the line that closes it; 0 for none."""
    open_tags: dict[str, list[int]] = defaultdict(list)
    code_end = start
    for row in range(start, end):
        line = _line(state, row)
        if line and state.sCount[row] < state.blkIndent:
            break
        if row > code_end and line.startswith(("```", "~~~")):
            code_end = _code_end(state, row, end)
        tags = list(_TAGS.finditer(line)) if "<" in line and (row == start or row > code_end) else []
        is_alone = len(tags) == 1 and line.rstrip() == tags[0][0]
        for tag in tags[:1] if row == start else tags:
            begins = open_tags[tag["name"].lower()]
            if not tag["end"]:
                begins.append(_begin(state, row))
            elif begins:
                yield begins[-1], row if is_alone else 0
                if begins.pop() == _begin(state, start):
                    return
    for begins in open_tags.values():
        yield from ((begin, 0) for begin in begins)


def _code_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the fence which opens on a line; 0 where none does, and where none opens."""
    opening = _FENCE.match(_line(state, start))
    if opening is None or (opening["mark"][0] == "`" and "`" in opening["info"]):
        return 0
    mark = opening["mark"]
    # What was looked for in vain is not looked for again: a text may open thousands.
    unclosed = state.env.setdefault("unclosed", {})
    shortest, seen = unclosed.get((mark[0], state.blkIndent), (0, 0))
    if start < seen and len(mark) >= shortest:
        return 0
    row = start + 1
    while row < end and (state.isEmpty(row) or state.sCount[row] >= state.blkIndent):
        line = _line(state, row).rstrip(" \t")
        if line.startswith(mark) and not line.strip(mark[0]):
            return row
        row += 1
    unclosed[mark[0], state.blkIndent] = len(mark), row
    return 0


def _attributes(state: StateInline, silent: bool) -> bool:
    """Read the attributes of what stands before them."""
    if state.src[state.pos] != "{" or state.src[state.pos - 1 : state.pos] not in _BEFORE:
        return False
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("own_attributes", "", 0).content = match[0]
    state.pos = match.end()
    return True


def shown_by_site(tokens: Sequence[Token], show: Callable[[str], str]) -> list[Token]:
    """Return tokens with the site's HTML in place of its own containers; `show` makes it of what was written."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.type == "own_open"
        if not depth:
            kept.append(token)
        elif depth == 1 and token.type == "own_open":
            kept.append(Token("html_block", "", 0, content=show(token.content), map=token.map))
        depth -= token.type == "own_close"
    return kept
