"""Code: which characters of a Markdown text are in fences or between backticks, where no rule applies."""

import bisect
import functools
import re
from collections.abc import Iterator

from hexapla.model.block import blocks

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.|\n(?!\n))+?(?<!`)\1(?!`)")


def outside(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code."""
    for match in pattern.finditer(text):
        if not is_code(text, match.start()):
            yield match


def is_code(text: str, offset: int) -> bool:
    """Whether the character at an offset is in a fence or between backticks."""
    starts, ends = _spans(text)
    index = bisect.bisect_right(starts, offset)
    return index > 0 and offset < ends[index - 1]


@functools.lru_cache(maxsize=8)
def _spans(text: str) -> tuple[list[int], list[int]]:
    """Return where code begins and where it ends, in order."""
    starts: list[int] = []
    ends: list[int] = []
    fences = [(block.start, block.end) for block in blocks(text)]
    inline = [match.span() for match in _SPAN.finditer(text)] if "`" in text else []
    fenced = [start for start, _ in fences]
    for start, end in inline:
        index = bisect.bisect_right(fenced, start)
        if not index or start >= fences[index - 1][1]:
            fences.append((start, end))
    for start, end in sorted(fences):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends
