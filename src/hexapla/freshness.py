"""Freshness: whether a translation is up to date with what it was made from, by block and by section.

What a translation was made from is recorded as digests when it is first seen whole, and again when the
translation itself changes; no dates. A translation is behind where the original's digests moved on since.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hexapla.articles import Article
from hexapla.fingerprint import digest
from hexapla.markdown import blocks
from hexapla.posts import Post
from hexapla.relation import Level

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s", re.MULTILINE)


class State(StrEnum):
    """How a block, a section or a whole translation stands to the original, worst last."""

    CURRENT = "current"
    COMMENTS_STALE = "comments-stale"
    """The code is the same; the original's comments or prose have changed since."""
    AHEAD = "ahead"
    """The translation has code that the original lacks."""
    INCOMPLETE = "incomplete"
    """The original has code that the translation lacks."""
    CODE_STALE = "code-stale"
    """The translation holds another program than the original does now."""


_ORDER = tuple(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a translation was made from: the ledger keeps it."""

    own: str
    """The translation's digest then: where it has changed since, it is made from today's original."""
    blocks: tuple[str, ...]
    """Digests of the original's blocks, comments included."""
    sections: tuple[str, ...]
    """Digests of the original's sections without their blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How one translation stands."""

    state: State
    blocks: tuple[State, ...]
    """For each block of the original."""
    sections: tuple[State, ...]
    """For each section of the original: the prose below one heading."""


def made(article: Article, language: str, before: Made | None = None) -> Made:
    """Return what to record for a translation: what it was made from.

    What was recorded before stays, as long as the translation itself is the text that it was then.
    """
    own = digest([article.posts[language].body])
    if before is not None and before.own == own:
        return before
    original = article.posts[article.original]
    return Made(own=own, blocks=_block_digests(original), sections=_section_digests(original))


def freshness(article: Article, language: str, recorded: Made | None = None) -> Freshness:
    """Return how a translation stands to the original, block by block and section by section."""
    original = article.posts[article.original]
    if language == article.original:
        return Freshness(state=State.CURRENT, blocks=(), sections=())
    past = made(article, language, recorded)
    now = _block_digests(original)
    states = tuple(
        _of_block(article, language, index, now[index] in past.blocks) for index in range(len(now))
    )
    sections = tuple(
        State.CURRENT if section in past.sections else State.COMMENTS_STALE
        for section in _section_digests(original)
    )
    gone = [State.COMMENTS_STALE] if set(past.sections) - set(_section_digests(original)) else []
    ahead = [State.AHEAD] if _is_ahead(article, language) else []
    worst = max([State.CURRENT, *states, *sections, *gone, *ahead], key=_ORDER.index)
    return Freshness(state=worst, blocks=states, sections=sections)


def _of_block(article: Article, language: str, index: int, recorded: bool) -> State:
    """Return how the translation of one block of the original stands."""
    placed = article.placed[article.original][index]
    twin = next((item for item in article.placed[language] if item.twin == index), None)
    if twin is None:
        return State.INCOMPLETE if placed.cell else State.CURRENT
    if twin.level in (Level.STALE, Level.DIFFERENT):
        return State.CODE_STALE
    return State.CURRENT if recorded else State.COMMENTS_STALE


def _is_ahead(article: Article, language: str) -> bool:
    return any(
        item.twin is None and not item.output and item.block.directives.runs and not item.cell
        for item in article.placed[language]
    )


def _block_digests(post: Post) -> tuple[str, ...]:
    return tuple(digest([block.info, block.code]) for block in blocks(post.body))


def _section_digests(post: Post) -> tuple[str, ...]:
    return tuple(digest([" ".join(section.split())]) for section in sections(post.body))


def sections(body: str) -> Iterator[str]:
    """Yield the prose of each section of a post: what stands below one heading, fenced blocks left out."""
    parts: list[str] = []
    at = 0
    for block in blocks(body):
        parts.append(body[at : block.start])
        at = block.end
    prose = "".join([*parts, body[at:]])
    starts = [0, *(match.start() for match in _HEADING.finditer(prose)), len(prose)]
    for start, end in itertools.pairwise(starts):
        if prose[start:end].strip():
            yield prose[start:end]


def table(
    articles: Sequence[Article], languages: Sequence[str], recorded: Mapping[tuple[str, str], Made]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return a row an article: its slug, and for each language `original`, its state, or `missing`.

    `recorded` is what the ledger keeps, by slug and language.
    """
    rows: list[tuple[str, tuple[str, ...]]] = []
    for article in articles:
        cells = [
            "missing"
            if language not in article.posts
            else "original"
            if language == article.original
            else freshness(article, language, recorded.get((article.slug, language))).state.value
            for language in languages
        ]
        rows.append((article.slug, tuple(cells)))
    return tuple(rows)
