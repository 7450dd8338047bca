"""Sections: the prose of a post below each of its headings, fenced blocks left out."""

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from hexapla.model.block import blocks
from hexapla.programs.fingerprint import digest

_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t]++(?P<title>[^\n]*+)$", re.MULTILINE)
_MARKUP = re.compile(r"!?\[|</?\w|\*\*|`")
"""What a heading's words are told without: where a link, a tag or a mark begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The prose below one heading, fenced blocks left out."""

    title: str
    """Its words; empty for what stands above the first heading."""
    level: int
    offset: int
    """Where it begins in the post's body."""
    digest: str
    blocks: tuple[int, ...]
    """The indexes of the blocks that stand in it."""


@functools.lru_cache(maxsize=2048)
def sections(body: str) -> tuple[Section, ...]:
    """Return the sections of a post: what stands below one heading each, and what stands above the first."""
    fenced = blocks(body)
    # Fences are blanked and not cut out, so that offsets stay those of the body.
    pieces: list[str] = []
    at = 0
    for block in fenced:
        pieces += (body[at : block.start], "\n" * (block.end - block.start))
        at = block.end
    prose = "".join((*pieces, body[at:]))
    headings = list(_HEADING.finditer(prose))
    begins = [block.start for block in fenced]
    starts = [0, *(match.start() for match in headings), len(prose)]
    parts = []
    for index, (start, end) in enumerate(itertools.pairwise(starts)):
        heading = headings[index - 1] if index else None
        inside = range(bisect_left(begins, start), bisect_left(begins, end))
        if prose[start:end].strip() or inside:
            parts.append(
                Section(
                    title=_words(heading["title"]) if heading else "",
                    level=len(heading["marks"]) if heading else 0,
                    offset=start + len(prose[start:end]) - len(prose[start:end].lstrip()),
                    digest=short(digest([" ".join(prose[start:end].split())])),
                    blocks=tuple(inside),
                )
            )
    return tuple(parts)


def _words(title: str) -> str:
    """Return a heading's words without what stands behind them and without markup: of a link, its text."""
    title = title.rstrip(" \t")
    before, brace, attributes = title.rpartition("{")
    if brace and attributes.endswith("}") and attributes.count("}") == 1:
        title = before
    return "".join(_without_markup(title.rstrip(" \t#")))


def _without_markup(title: str) -> Iterator[str]:
    at = 0
    for mark in _MARKUP.finditer(title):
        if mark.start() < at:
            continue
        text, end = _inside(title, mark)
        if end > mark.start():
            yield title[at : mark.start()] + text
            at = end
    yield title[at:]


def _inside(title: str, mark: re.Match[str]) -> tuple[str, int]:
    """Return the text of what begins with a mark, and where it ends; where the mark begins if it is none."""
    if mark.group() in ("**", "`"):
        return "", mark.end()
    if mark.group().startswith("<"):
        return "", title.find(">", mark.end()) + 1
    close = title.find("]", mark.end())
    target = title[close + 1 : close + 2]
    if close < 0 or target not in ("(", "["):
        return "", mark.start()
    return title[mark.end() : close], title.find(")" if target == "(" else "]", close + 2) + 1


def short(text: str) -> str:
    """Return as much of a digest as tells the parts of one post apart."""
    return text[:16]
