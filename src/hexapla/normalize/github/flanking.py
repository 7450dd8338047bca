"""Flanking: where a run of `*`, `_` or `~` can open or close, for markdown-it.

As in the GFM specification, with two differences, because this is about what the author meant. CommonMark
takes a run between punctuation and a letter for the wrong side of a word. That holds for scripts that put
blanks between words; in Chinese, Japanese and Korean it turns `**注意：**后` into visible asterisks. So
punctuation of these scripts counts as a letter, and a letter of these scripts counts as an edge of a word.
And one `~` inside of a word is a range (`10~20`), never a strike-through.
"""

import unicodedata
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_HANGUL = ((0x1100, 0x11FF), (0xA960, 0xA97F), (0xD7B0, 0xD7FF))
"""Letters of words that are wide only together."""
_TILDE = ord("~")
_SINGLE = -_TILDE
"""Marks one tilde while pairs are sought, so that it never closes two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelimiterRun:
    """A run of one mark."""

    length: int
    opens: bool
    closes: bool


def flanking(parser: MarkdownIt) -> None:
    """Put the rules in the place of the parser's own."""
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _strikethrough)
    parser.inline.ruler2.after("balance_pairs", "single_tilde", _renamed)


def run_at(text: str, start: int, end: int, *, in_words: bool) -> DelimiterRun:
    """Read the run of marks at `start`; `in_words` tells whether the mark works inside of a word."""
    stop = start
    while stop < end and text[stop] == text[start]:
        stop += 1
    before = text[start - 1] if start else " "
    after = text[stop] if stop < end else " "
    blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    wide_before, wide_after = is_cjk(before), is_cjk(after)
    mark_before = not wide_before and _is_punctuation(before)
    mark_after = not wide_after and _is_punctuation(after)
    left = not blank_after and (not mark_after or blank_before or mark_before or wide_before)
    right = not blank_before and (not mark_before or blank_after or mark_after or wide_after)
    opens, closes = left, right
    if not in_words:
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
    return DelimiterRun(length=stop - start, opens=opens, closes=closes)


def is_cjk(character: str) -> bool:
    """Whether a letter or a punctuation mark is of Chinese, Japanese or Korean."""
    code = ord(character)
    if code < 0x1100:
        return False
    if any(first <= code <= last for first, last in _HANGUL):
        return True
    # Emoji are as wide, and no letters.
    return (
        unicodedata.east_asian_width(character) in ("W", "F", "H") and unicodedata.category(character) != "So"
    )


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or bool(isPunctChar(character))


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read a run of `*` or `_`."""
    mark = state.src[state.pos]
    if silent or mark not in "*_":
        return False
    run = run_at(state.src, state.pos, state.posMax, in_words=mark == "*")
    for _ in range(run.length):
        _push(state, mark, run, marker=ord(mark), length=run.length)
    state.pos += run.length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    """Read one `~` or two; more of them are text."""
    if silent or state.src[state.pos] != "~":
        return False
    run = run_at(state.src, state.pos, state.posMax, in_words=True)
    if run.length == 1:
        run = run_at(state.src, state.pos, state.posMax, in_words=False)
    if run.length > 2:
        state.pending += "~" * run.length
    else:
        _push(state, "~" * run.length, run, marker=_SINGLE if run.length == 1 else _TILDE, length=0)
    state.pos += run.length
    return True


def _push(state: StateInline, text: str, run: DelimiterRun, *, marker: int, length: int) -> None:
    """Add a mark as text, to be made a tag where another closes it."""
    state.push("text", "", 0).content = text
    state.delimiters.append(
        Delimiter(
            marker=marker,
            length=length,
            token=len(state.tokens) - 1,
            end=-1,
            open=run.opens,
            close=run.closes,
        )
    )


def _renamed(state: StateInline) -> None:
    """Let the parser's own rule make tags of the single tildes that found each other."""
    inner = [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in (state.delimiters, *inner):
        for delimiter in delimiters:
            if delimiter.marker == _SINGLE:
                delimiter.marker = _TILDE
