"""Where the text of a link ends, for markdown-it: it may refer to a note, which is a link on no other grounds."""

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_NOTE = re.compile(r"\[\^[^\[\]\s]++\]")


def link_labels(parser: MarkdownIt) -> None:
    """Have a parser find the ends of links' texts so."""
    theirs: Any = parser.helpers
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_label_end,
        parseLinkDestination=theirs.parseLinkDestination,
        parseLinkTitle=theirs.parseLinkTitle,
    )


def _label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803 - its name there
    """Return where a label ends that begins at `start`; -1 where it does not, or holds a link."""
    before, depth, end = state.pos, 1, -1
    state.pos = start + 1
    while state.pos < state.posMax:
        sign, at = state.src[state.pos], state.pos
        if sign == "]":
            depth -= 1
            if depth == 0:
                end = at
                break
        state.md.inline.skipToken(state)
        if sign == "[" and state.pos == at + 1:
            depth += 1
        elif sign == "[" and disableNested and not _NOTE.fullmatch(state.src, at, state.pos):
            break
    state.pos = before
    return end
