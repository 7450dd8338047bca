"""Code: which characters of a Markdown text are in fences or between backticks, where no rule applies."""

import bisect
import functools
import re
from collections.abc import Iterator

from hexapla.model.block import blocks

_TICKS = re.compile(r"`+")


def outside(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code."""
    for match in pattern.finditer(text):
        if not is_code(text, match.start()):
            yield match


def is_code(text: str, offset: int) -> bool:
    """Whether the character at an offset is in a fence or between backticks."""
    return _is_in(_spans(text), offset)


def is_fenced(text: str, offset: int) -> bool:
    """Whether the character at an offset is in a fence."""
    return _is_in(_fences(text), offset)


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where spans of code begin and end: between runs of as many backticks, in one paragraph."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(index)
    index = paragraph_end = 0
    while index < len(runs):
        start, end = runs[index]
        if paragraph_end < end:
            paragraph_end = text.find("\n\n", end)
            paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
        equals = by_length[end - start]
        later = bisect.bisect_right(equals, index)
        closing = equals[later] if later < len(equals) else len(runs)
        if closing < len(runs) and runs[closing][0] < paragraph_end:
            yield start, runs[closing][1]
            index = closing
        index += 1


Spans = tuple[list[int], list[int]]
"""Where pieces of a text begin, and where they end, in order."""


@functools.lru_cache(maxsize=8)
def _fences(text: str) -> Spans:
    fences = blocks(text)
    return [block.start for block in fences], [block.end for block in fences]


@functools.lru_cache(maxsize=8)
def _spans(text: str) -> Spans:
    """Find the fences and, outside of them, the spans of code; one for those that touch."""
    fences = _fences(text)
    inline = [span for span in code_spans(text) if not _is_in(fences, span[0])]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted((*zip(*fences, strict=True), *inline)):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _is_in(spans: Spans, offset: int) -> bool:
    starts, ends = spans
    index = bisect.bisect_right(starts, offset)
    return index > 0 and offset < ends[index - 1]
