"""Freshness: whether a translation is up to date with what it was made from, by block and by section.

What each part of a translation was made from is recorded as digests when the part is first seen, and again
when that part itself changes; no dates. A part is behind where the original's has moved on since.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hexapla.model.article import Article, Level, Placed
from hexapla.model.block import Block
from hexapla.programs.align.compare import program_key
from hexapla.programs.fingerprint import digest, fingerprint_of
from hexapla.translations.sections import Section, sections, short


class State(StrEnum):
    """How a block, a section or a whole translation stands to the original, worst last."""

    CURRENT = "current"
    COMMENTS_STALE = "comments-stale"
    """The code is the same; the original's comments or prose have changed since."""
    AHEAD = "ahead"
    """The translation has code that the original lacks, or that was edited here on purpose."""
    INCOMPLETE = "incomplete"
    """The original has code or a section that the translation lacks."""
    CODE_STALE = "code-stale"
    """The translation holds another program than the original does now."""


_ORDER = tuple(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block or a section of a translation, and what it was made from."""

    source: str
    """Digest of the original's part then, comments included; empty where it had none."""
    own: str
    """Digest of the translation's part then; empty where it had none."""
    program: str = ""
    """For a block, the key of the original's program then: a translation that still holds it is stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a translation was made from: the ledger keeps it."""

    blocks: tuple[Part, ...]
    sections: tuple[Part, ...]
    edited: tuple[str, ...] = ()
    """Digests of the translation's blocks whose program was changed here after it was recorded."""

    @property
    def programs(self) -> frozenset[str]:
        """The programs that the original's blocks held then."""
        return frozenset(part.program for part in self.blocks if part.program)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How one translation stands."""

    state: State
    blocks: tuple[State, ...]
    """For each block of the original."""
    sections: tuple[State, ...]
    """For each section of the original."""
    extra: tuple[int, ...] = ()
    """The translation's blocks that the original lacks."""
    gone: tuple[int, ...] = ()
    """The translation's sections that the original no longer has."""
    twins: Mapping[int, int] = field(default_factory=dict)
    """For each of the original's sections that the translation has, which one it is there."""


def made(article: Article, language: str, before: Made | None = None) -> Made:
    """Return what to record for a translation: what each of its parts was made from.

    What was recorded before stays, as long as that part of the translation is the text that it was then.
    """
    originals, translated = article.placed[article.original], article.placed[language]
    parts: list[Part] = []
    for index, placed in enumerate(translated):
        if placed.twin is not None:
            twin = originals[placed.twin].block
            today = Part(source=_of_block(twin), own=_of_block(placed.block), program=program_key(twin.code))
            parts.append(_unchanged(before.blocks if before else (), own=today.own, near=index) or today)
    return Made(
        blocks=tuple(parts),
        sections=_made_sections(article, language, before),
        edited=tuple(_edited(translated, before)),
    )


def confirmed(article: Article, language: str, before: Made | None = None) -> Made:
    """Return what to record where a translation is said to be right as it is: that it is made from today's original.

    What it leaves out it leaves out on purpose. A block that holds another program stays as it was recorded.
    """
    past = made(article, language, before)
    originals = article.placed[article.original]
    paired = [placed for placed in article.placed[language] if placed.twin is not None]
    blocks = tuple(
        part
        if placed.twin is None or placed.level in (Level.STALE, Level.DIFFERENT)
        else replace(part, source=_of_block(originals[placed.twin].block))
        for placed, part in zip(paired, past.blocks, strict=True)
    )
    first, second = _sections_of(article, article.original), _sections_of(article, language)
    twins = _pairs(first, second, past.sections)
    sources = {at: first[index].digest for index, at in twins.items()}
    kept = [Part(source=sources.get(at, ""), own=section.digest) for at, section in enumerate(second)]
    return replace(past, blocks=blocks, sections=(*kept, *_left_out(first, twins)))


def _left_out(first: Sequence[Section], twins: Collection[int]) -> list[Part]:
    """Return the original's sections that a translation lacks: that is not held against it from now on."""
    return [Part(source=section.digest, own="") for index, section in enumerate(first) if index not in twins]


def _unchanged(parts: Sequence[Part], *, own: str, near: int) -> Part | None:
    """Return what was recorded of a part that has not changed; of equal ones, the one that stood nearest."""
    same = [(abs(index - near), part) for index, part in enumerate(parts) if part.own == own]
    return min(same, key=lambda distant: distant[0])[1] if same else None


def _edited(translated: Sequence[Placed], before: Made | None) -> Iterator[str]:
    """Yield the digests of the blocks that hold another program since they were recorded, and that parse.

    What does not parse was damaged, and not edited on purpose.
    """
    if before is None:
        return
    recorded = {part.own for part in before.blocks}
    for placed in translated:
        mark = _of_block(placed.block)
        parses = fingerprint_of(placed.block.code) is not None
        if placed.level is Level.DIFFERENT and parses and (mark in before.edited or mark not in recorded):
            yield mark


def is_edited(placed: Placed, recorded: Made | None) -> bool:
    """Return whether a translated block was edited on purpose since it was recorded."""
    return _of_block(placed.block) in _edited((placed,), recorded)


def _made_sections(article: Article, language: str, before: Made | None) -> tuple[Part, ...]:
    first, second = _sections_of(article, article.original), _sections_of(article, language)
    recorded = before.sections if before else ()
    twins = _pairs(first, second, recorded)
    today = {at: first[index].digest for index, at in twins.items()}
    sources = {part.source for part in recorded}
    parts = []
    for at, section in enumerate(second):
        part = _unchanged(recorded, own=section.digest, near=at)
        # What stood here alone may have become the original's since.
        if part is None or (not part.source and today.get(at, "") not in sources):
            part = Part(source=today.get(at, ""), own=section.digest)
        parts.append(part)
    left_out = _left_out(first, twins) if before is None else [part for part in recorded if not part.own]
    return (*parts, *left_out)


def freshness(article: Article, language: str, recorded: Made | None = None) -> Freshness:
    """Return how a translation stands to the original, block by block and section by section."""
    if language == article.original:
        return Freshness(state=State.CURRENT, blocks=(), sections=())
    past = made(article, language, recorded)
    states = tuple(
        _block(article, language, index, past) for index in range(len(article.placed[article.original]))
    )
    extra = tuple(index for index, placed in enumerate(article.placed[language]) if _is_extra(placed))
    first, second = _sections_of(article, article.original), _sections_of(article, language)
    twins = _pairs(first, second, past.sections)
    sections = tuple(_section(section, past, has_twin=index in twins) for index, section in enumerate(first))
    today = {section.digest for section in first}
    gone = tuple(
        index
        for index, section in enumerate(second)
        if index not in twins.values()
        and any(part.own == section.digest and part.source not in {"", *today} for part in past.sections)
    )
    of_others = [*(State.AHEAD for _ in extra), *(State.COMMENTS_STALE for _ in gone)]
    return Freshness(
        state=max((State.CURRENT, *states, *sections, *of_others), key=_ORDER.index),
        blocks=states,
        sections=sections,
        extra=extra,
        gone=gone,
        twins=twins,
    )


def _block(article: Article, language: str, index: int, past: Made) -> State:
    """Return how the translation of one block of the original stands."""
    placed = article.placed[article.original][index]
    twin = next((other for other in article.placed[language] if other.twin == index), None)
    if twin is None:
        return State.INCOMPLETE if placed.cell else State.CURRENT
    if twin.level in (Level.STALE, Level.DIFFERENT):
        return State.AHEAD if _of_block(twin.block) in past.edited else State.CODE_STALE
    current = _has(past.blocks, _of_block(placed.block), _of_block(twin.block))
    return State.CURRENT if current else State.COMMENTS_STALE


def _section(section: Section, past: Made, *, has_twin: bool) -> State:
    """Return how the translation of one section of the original stands."""
    if any(part.source == section.digest for part in past.sections):
        return State.CURRENT
    return State.COMMENTS_STALE if has_twin else State.INCOMPLETE


def _has(parts: Sequence[Part], source: str, own: str) -> bool:
    return any(part.source == source and part.own == own for part in parts)


def _is_extra(placed: Placed) -> bool:
    runs = placed.block.directives.runs and not placed.cell
    return placed.twin is None and not placed.output and runs


def _pairs(first: Sequence[Section], second: Sequence[Section], recorded: Sequence[Part]) -> dict[int, int]:
    """Return which section of a translation stands for which of the original.

    By what is recorded first; the rest in order, by the level of the heading and the blocks below it.
    """
    twins: dict[int, int] = {}
    for index, section in enumerate(first):
        same = (
            at
            for at, other in enumerate(second)
            if at not in twins.values() and _has(recorded, section.digest, other.digest)
        )
        if (at := next(same, None)) is not None:
            twins[index] = at
    rest = [index for index in range(len(first)) if index not in twins]
    others = [index for index in range(len(second)) if index not in twins.values()]
    left, right = (
        [(sections[index].level, sections[index].blocks) for index in chosen]
        for sections, chosen in ((first, rest), (second, others))
    )
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for tag, i, k, j, m in matcher.get_opcodes():
        if tag == "equal" or k - i == m - j:
            twins |= zip(rest[i:k], others[j:m], strict=True)
    return twins


def _sections_of(article: Article, language: str) -> tuple[Section, ...]:
    """Return a post's sections; the blocks in a translation's are named by their twins."""
    whole = sections(article.posts[language].body)
    if language == article.original:
        return whole
    twins = [placed.twin for placed in article.placed[language]]
    return tuple(
        replace(section, blocks=tuple(twin for at in section.blocks if (twin := twins[at]) is not None))
        for section in whole
    )


def _of_block(block: Block) -> str:
    return short(digest([block.info, block.code]))
