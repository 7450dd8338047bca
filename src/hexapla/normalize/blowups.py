"""Blow-ups: blocks for which Python-Markdown needs more time than their length asks for.

It looks for the end of a bracket, of a run of backticks and of a tag from each that begins, down to the end of the
text, copies a paragraph for each mark in it, and reads its lines again for each heading among them. Nobody writes
what takes long; who pastes a dump does, and who means harm. Such blocks are written as HTML, in which it looks for
nothing.
"""

import bisect
import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token

from hexapla.normalize.github.parser import Chunk, Reference

_PER_CHARACTER, _FREE = 40, 4_000
"""How far it may look for each character of a block, and for the block itself."""
_FREE_OF_TAGS = 500_000
_LONGEST_RUN = 200
_TICKS = re.compile(rf"`{{{_LONGEST_RUN},}}")
_BRACKET = re.compile(r"[\[\]]")
_ADDRESS = re.compile(r"\]\(")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_LONG, _COPIED = 10_000, 50_000_000
_MARK = re.compile(r"\\.|[`*_$~<&\[\\]+|https?:|@")
_MOST_LINES = 200
"""Of blocks between which there is no blank line."""


def costly(reference: Reference) -> Iterator[int]:
    """Yield the indexes of the blocks that have to be written as HTML."""
    text = "\n".join(reference.lines)
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    places = {
        index: (starts[chunk.start], starts[chunk.end] - 1)
        for index, chunk in enumerate(reference.chunks)
        if chunk.kind != "fence"
    }
    tags = _tags(text, places)
    are_many = sum(tags.values()) > _FREE_OF_TAGS + _PER_CHARACTER * len(text)
    for index, (start, end) in places.items():
        looked = _brackets(text[start:end]) + (tags[index] if are_many else 0)
        is_far = looked > _FREE + _PER_CHARACTER * (end - start)
        if is_far or _TICKS.search(text, start, end) or any(map(_is_crammed, reference.chunks[index].tokens)):
            yield index


def _is_crammed(token: Token) -> bool:
    """Whether a paragraph is long and has many marks: it is copied for each."""
    length = len(token.content) if token.type == "inline" else 0
    return length > _LONG and length * len(_MARK.findall(token.content)) > _COPIED


def crowded(reference: Reference) -> Iterator[int]:
    """Yield the indexes of the blocks that stand with too many others between two blank lines."""
    group: list[int] = []
    for index, chunk in enumerate(reference.chunks):
        if group and _parted(reference, reference.chunks[group[-1]], chunk):
            yield from group if _lines(reference, group) > _MOST_LINES else ()
            group = []
        group.append(index)
    yield from group if group and _lines(reference, group) > _MOST_LINES else ()


def _parted(reference: Reference, above: Chunk, below: Chunk) -> bool:
    return below.start > above.end and any(
        not line.strip() for line in reference.lines[above.end : below.start]
    )


def _lines(reference: Reference, group: list[int]) -> int:
    chunks = reference.chunks
    return chunks[group[-1]].end - chunks[group[0]].start if len(group) > 1 else 0


def _brackets(text: str) -> int:
    """Return how far it looks for the ends of brackets."""
    open_at: list[int] = []
    looked = 0
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            open_at.append(match.start())
        elif open_at:
            looked += match.start() - open_at.pop()
    for match in _ADDRESS.finditer(text):
        closing = text.find(")", match.end())
        looked += (closing if closing >= 0 else len(text)) - match.end()
        if looked > _PER_CHARACTER * len(text) + _FREE:
            break
    return looked + sum(len(text) - at for at in open_at)


def _tags(text: str, places: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Return how far it looks for the ends of the tags in each block: down to the end of the text."""
    ends = [match.start() for match in re.finditer(">", text)]
    looked = dict.fromkeys(places, 0)
    for index, (start, end) in places.items():
        for match in _TAG.finditer(text, start, end):
            at = bisect.bisect_left(ends, match.start())
            looked[index] += (ends[at] if at < len(ends) else len(text)) - match.start()
    return looked
