"""Inlines: markdown-it's reading of what is in lines, in less time.

It asks of each mark every rule that there is, copies pieces of text beside one another, and looks for ends of brackets
that are not there. And what was written is read once more: most of its lines are as they were.
"""

import functools
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from hexapla.normalize.github.blocks import by_sign
from hexapla.normalize.github.raw_html import SWALLOWING

_Rule = Callable[[StateInline, bool], bool]

_TEXT = re.compile(r"[^\n!$&*:<\[\\\]_`{~]+")
"""What no rule of ours begins with, and `]`, by which the end of a link's text is found."""
_CHANGED = re.compile(r"[\\&]")
"""What later rules change the tokens of, besides tags that swallow a page."""
_FIRST: Mapping[str, str] = {
    "address": ":",
    "autolink": "<",
    "backticks": "`",
    "comment": "<",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "math_inline": "$",
    "newline": "\n",
    "own_attributes": "{",
    "strikethrough": "~",
}
"""What begins that a rule reads; text begins with anything else."""
_REMEMBERED = 1024
"""A post has some hundred paragraphs, headings, cells and items."""


def inlines(parser: MarkdownIt) -> None:
    """Have a parser read what is in lines so; it has all its rules."""
    ruler = parser.inline.ruler
    ruler.at("text", _text)
    parser.inline.ruler2.at("fragments_join", _joined)
    for rule in ruler.__rules__:
        if rule.name in ("link", "image"):
            ruler.at(rule.name, partial(_bracketed, rule.fn))
    asked = [_in_line([(rule.name, rule.fn) for rule in ruler.__rules__ if rule.enabled])]
    ruler.getRules = lambda _chain="": asked  # type: ignore[assignment,method-assign]
    parser.core.ruler.at(
        "inline", partial(_inlines, functools.lru_cache(maxsize=_REMEMBERED)(partial(_inline, parser)))
    )


def _inlines(shared: Callable[[str], Sequence[Token]], state: StateCore) -> None:
    """Read what is in lines; `shared` does that for a text that means the same wherever it stands."""
    defines = bool(state.env.get("references") or state.env.get("footnotes", {}).get("refs"))
    for token in state.tokens:
        if token.type != "inline":
            continue
        is_own = _CHANGED.search(token.content) or ("<" in token.content and SWALLOWING.search(token.content))
        if is_own or (defines and "[" in token.content):
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
        else:
            token.children = list(shared(token.content))


def _inline(parser: MarkdownIt, text: str) -> Sequence[Token]:
    return tuple(parser.inline.parse(text, parser, {}, []))


def _in_line(rules: Sequence[tuple[str, _Rule]]) -> _Rule:
    """Return a rule that asks of a place in a line those that may read what begins there."""
    by_first, of_any = by_sign(rules, _FIRST)

    def asked(state: StateInline, silent: bool) -> bool:
        for rule in by_first.get(state.src[state.pos], of_any):  # noqa: SIM110 - asked for each mark
            if rule(state, silent):
                return True
        return False

    return asked


def _joined(state: StateInline) -> None:
    """Join pieces of text beside one another: the parser's own rule copies what it has for each."""
    level = 0
    for token in state.tokens:
        level += min(token.nesting, 0)
        token.level = level
        level += max(token.nesting, 0)
    tokens: list[Token] = []
    for is_text, group in itertools.groupby(state.tokens, lambda token: token.type == "text"):
        pieces = list(group)
        if is_text:
            pieces[-1].content = "".join(piece.content for piece in pieces)
        tokens += pieces[-1:] if is_text else pieces
    state.tokens[:] = tokens


def _text(state: StateInline, silent: bool) -> bool:
    """Read text up to the next mark: the parser's own rule looks at each character, for more marks."""
    match = _TEXT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _bracketed(rule: Callable[..., bool], state: StateInline, silent: bool) -> bool:
    """Read a link or a picture before the last bracket that can end one: the rule looks for it down to the end."""
    return state.pos < _last_bracket(state.src) and rule(state, silent)


@functools.lru_cache(maxsize=1)
def _last_bracket(text: str) -> int:
    return text.rfind("]")
