"""Formulas as GitHub reads them, for markdown-it: in dollars, in double dollars, and in `math` fences.

A dollar beside a letter or a digit is a price or a name, never the edge of a formula; of two dollars that is
not so, for nobody writes `$$5`.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

_SINGLE = re.compile(r"(?<![A-Za-z0-9\\$])\$(?![\s$])((?:\\.|[^\\$`])++)(?<!\s)\$(?![A-Za-z0-9$])", re.S)
_DOUBLE = re.compile(r"(?<!\$)\$\$(?!\$)(?!(?:\\.|\s)*+\$\$)((?:\\.|[^\\$])*+)\$\$(?!\$)", re.S)
_TICKED = re.compile(r"(?<![A-Za-z0-9\\$])\$`([^`\n]+)`\$(?![A-Za-z0-9$])")
_DISPLAY = re.compile(r"\A[ \t]*+\$\$[ \t]*\n((?:(?!\$\$).)+)\$\$[ \t]*$", re.S | re.M)
_MARKED = re.compile(r"^[ \t]*(?:(?:=+|-+)[ \t]*$|(?:[-+*>]|\d{1,9}[.)]|#{1,6})[ \t])", re.M)
"""A line that underlines a heading, or that begins a heading, a list or a quote."""
_FENCE = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.M)


def formulas(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False, double_inline=True)
    parser.inline.ruler.at("math_inline", _inline)
    rule = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "math_block")
    parser.block.ruler.at("math_block", partial(_block, rule.fn), {"alt": [*rule.alt, "paragraph"]})
    parser.core.ruler.after("block", "math_fence", _fences)
    for name in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(name, _rendered)


def formula_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where formulas stand in a text, as far as their dollars tell."""
    for pattern in (_DOUBLE, _SINGLE) if "$" in text else ():
        yield from (match.span() for match in pattern.finditer(text))


def _inline(state: StateInline, silent: bool) -> bool:
    """Read a formula in a line."""
    if state.src[state.pos] != "$":
        return False
    double = _DOUBLE.match(state.src, state.pos, state.posMax)
    match = double or next(
        filter(None, (kind.match(state.src, state.pos, state.posMax) for kind in (_TICKED, _SINGLE))), None
    )
    if match is None:
        return False
    if not silent:
        token = state.push("math_inline_double" if double else "math_inline", "math", 0)
        token.content, token.markup = match[1], "$$" if double else "$"
    state.pos = match.end()
    return True


def _block(rule: Callable[..., bool], state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read display math that holds no fence: GitHub finds the fences first.

    It ends a paragraph above it where a line of the formula would be taken for a heading's or a list's.
    """
    line, count = state.line, len(state.tokens)
    if silent:
        return _is_in_danger(state, start, end)
    if not rule(state, start, end, silent):
        return False
    if _FENCE.search(state.tokens[-1].content):
        del state.tokens[count:]
        state.line = line
        return False
    return True


def _is_in_danger(state: StateBlock, start: int, end: int) -> bool:
    """Whether two dollars begin a formula, closed before a blank line, with a line that Markdown takes for its own."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : state.eMarks[start]].rstrip(" \t") != "$$":
        return False
    stop = start + 1
    while stop < end and not state.isEmpty(stop) and state.sCount[stop] >= state.blkIndent:
        stop += 1
        if state.src.find("$$", state.bMarks[stop - 1], state.eMarks[stop - 1]) >= 0:
            break
    formula = _DISPLAY.match(state.getLines(start, stop, state.blkIndent, False))
    return formula is not None and _MARKED.search(formula[1]) is not None


def _fences(state: StateCore) -> None:
    """Make formulas of the fences that GitHub takes for formulas."""
    for token in state.tokens:
        if token.type == "fence" and token.info.strip().lower() == "math" and token.content.strip():
            token.type, token.tag = "math_block", "math"


def _rendered(_self: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """Write a formula as `pymdownx.arithmatex` does: HTML that the page can take over."""
    content = html.escape(tokens[at].content.strip(), quote=False)
    if tokens[at].type == "math_inline":
        return f'<span class="arithmatex">\\({content}\\)</span>'
    return f'<div class="arithmatex">\\[{content}\\]</div>\n'
