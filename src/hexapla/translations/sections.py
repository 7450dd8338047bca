"""Sections: the prose of a post below each of its headings, fenced blocks left out."""

import functools
import itertools
import re
from dataclasses import dataclass

from hexapla.model.block import blocks
from hexapla.programs.fingerprint import digest

_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*?)[ \t#]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE
)

_MARKUP = re.compile(r"!?\[(?P<text>[^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])|</?\w[^>\n]*>|\*\*|`")
"""What a heading's words are told without: links, tags, marks."""


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
    found = blocks(body)
    # Fences are blanked and not cut out, so that offsets stay those of the body.
    pieces: list[str] = []
    at = 0
    for block in found:
        pieces += (body[at : block.start], "\n" * (block.end - block.start))
        at = block.end
    prose = "".join((*pieces, body[at:]))
    headings = list(_HEADING.finditer(prose))
    starts = [0, *(match.start() for match in headings), len(prose)]
    parts = []
    for index, (start, end) in enumerate(itertools.pairwise(starts)):
        heading = headings[index - 1] if index else None
        inside = tuple(at for at, block in enumerate(found) if start <= block.start < end)
        if prose[start:end].strip() or inside:
            parts.append(
                Section(
                    title=_MARKUP.sub(r"\g<text>", heading["title"]) if heading else "",
                    level=len(heading["marks"]) if heading else 0,
                    offset=start + len(prose[start:end]) - len(prose[start:end].lstrip()),
                    digest=short(digest([" ".join(prose[start:end].split())])),
                    blocks=inside,
                )
            )
    return tuple(parts)


def short(text: str) -> str:
    """Return as much of a digest as tells the parts of one post apart."""
    return text[:16]
