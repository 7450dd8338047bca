"""Blocks: markdown-it's reading of a text's blocks, in half the time.

It finds lines by looking at each character, and asks of each line every rule that there is. Here lines are found at
once, and asked are those rules whose blocks can begin with the line's first character.
"""

import itertools
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_Rule = Callable[[Any, int, int, bool], bool]
_AnyRule = TypeVar("_AnyRule", bound=Callable[..., bool])

_FIRST: Mapping[str, str] = {
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "markdown_in_html": "<",
    "math_block": "$",
    "own": "!?=",
    "reference": "[",
}
"""What the blocks of a rule begin with; those of others begin with anything."""
_UNDERLINE = re.compile(r"[ \t>]*+(?:-++|=++)[ \t]*+")
"""A line that makes a heading of the lines above it."""
_DELIMITERS = re.compile(r"[ \t>]*+[|: \t-]*+")
"""A line that makes the first row of a table of the line above it."""
_DEFINITION = re.compile(r"\[[^\[\]\\]++\]:[ \t]*[^\s<]\S*[ \t]*(?P<title>\"[^\"\\]*\"|'[^'\\]*')?[ \t]*")
"""A link's definition on one line."""


def by_first_character(parser: MarkdownIt) -> None:
    """Have a parser read blocks so; it has all its rules."""
    parser.core.ruler.at("block", _blocks)
    ruler = parser.block.ruler
    rules = [rule for rule in ruler.__rules__ if rule.enabled]
    chains = {
        chain: [_of_block([(rule.name, rule.fn) for rule in rules if not chain or chain in rule.alt])]
        for chain in ("", *{chain for rule in rules for chain in rule.alt})
    }
    ruler.getRules = lambda chain="": chains.get(chain, [])  # type: ignore[assignment,method-assign]


def by_sign(
    rules: Sequence[tuple[str, _AnyRule]], first: Mapping[str, str]
) -> tuple[Mapping[str, Sequence[_AnyRule]], Sequence[_AnyRule]]:
    """Return the rules by the characters that what they read begins with, and those for all other characters."""
    signs = set("".join(first.values()))
    of_sign = {sign: [rule for name, rule in rules if sign in first.get(name, sign)] for sign in signs}
    return of_sign, [rule for name, rule in rules if name not in first]


def _of_block(rules: Sequence[tuple[str, _Rule]]) -> _Rule:
    """Return a rule that asks of a line those that may read it."""
    with_next = {"lheading": _underlined, "table": _delimited}
    chosen: list[tuple[str, Callable[..., bool]]] = [
        (name, partial(with_next[name], rule) if name in with_next else rule) for name, rule in rules
    ]
    by_first, of_any = by_sign(chosen, _FIRST)

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        for rule in by_first.get(state.src[at : at + 1], of_any):  # noqa: SIM110 - asked for each line
            if rule(state, start, end, silent):
                return True
        return False

    return asked


def definition(rule: Callable[..., bool], state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a definition that is all of its line by that line alone: the rule would read all those below it, too."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.startswith("["):
        return False
    following = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]] if start + 1 < end else ""
    last = state.lineMax
    match = _DEFINITION.fullmatch(line)
    if match and (match["title"] or following.lstrip(" \t>")[:1] not in ("'", '"', "(")):
        state.lineMax = start + 1
    is_read = rule(state, start, end, silent)
    state.lineMax = last
    return is_read


def _underlined(rule: _Rule, state: "_Lines", start: int, end: int, silent: bool) -> bool:
    """Read a heading with a line under it, where there is such a line before the next blank one."""
    return state.next_underline[start] < state.next_blank[start] and rule(state, start, end, silent)


def _delimited(rule: _Rule, state: "_Lines", start: int, end: int, silent: bool) -> bool:
    """Read a table, where the next line can be that below its first row."""
    return state.delimiters[start + 1] and rule(state, start, end, silent)


def _blocks(state: StateCore) -> None:
    """Read the blocks of a text."""
    lines = _Lines(state.src, state.md, state.env, state.tokens)
    state.md.block.tokenize(lines, 0, lines.lineMax)


class _Lines(StateBlock):
    """As markdown-it makes it: `markdown_it/rules_block/state_block.py`."""

    src = ""
    """A plain attribute: it is asked for a hundred times a line."""

    def __init__(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            del lines[-1]
        blanks = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
        ends = list(itertools.accumulate((len(line) + 1 for line in lines), initial=-1))
        # Last comes one that is no line.
        self.bMarks = [*(end + 1 for end in ends[:-1]), len(src)]
        self.eMarks = [*ends[1:], len(src)]
        self.tShift = [*map(len, blanks), 0]
        self.sCount = [*(len(blank.expandtabs(4)) for blank in blanks), 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(lines)
        self.next_blank = _next([not line.strip(" \t") for line in lines])
        """By each line the next that is blank, and the next that may underline a heading."""
        self.next_underline = _next([_UNDERLINE.fullmatch(line) is not None for line in lines])
        self.delimiters = [*(_DELIMITERS.fullmatch(line) is not None for line in lines), False, False]
        """Whether each line may part a table's first row from the rest."""


def _next(marked: Sequence[bool]) -> list[int]:
    """Return by each line the next one below that is marked; one past the end where none is."""
    last = len(marked) + 1
    below = [last]
    for line in range(len(marked) - 1, -1, -1):
        below.append(last)
        last = line if marked[line] else last
    return below[::-1]
