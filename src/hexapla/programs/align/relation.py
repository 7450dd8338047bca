"""Relation: how a translated block stands to the original's: the same, or but for strings, or another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hexapla.model.article import Level
from hexapla.programs.align.renaming import Names, renaming
from hexapla.programs.fingerprint import Fingerprint, fingerprint_of
from hexapla.programs.strings import Change, Fault, changes, faults
from hexapla.programs.tokens import token_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the relation needs to know of the two posts as wholes."""

    docstrings: bool = False
    """Whether the program looks at docstrings, so that they belong to it."""
    strings: Mapping[str, frozenset[str]] | None = None
    """For each of the original's strings, all that stands for it in the translation."""
    counts: Mapping[str, int] | None = None
    """How often the original has each string."""
    keys: Collection[str] = ()
    """The strings that the original looks something up by."""
    names: Names | None = None
    """What may be renamed; None where `rename: allow` is not set."""


NOTHING = Facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What was found for one pair of blocks."""

    level: Level
    changes: tuple[Change, ...] = ()
    """The strings that differ, where only strings do."""
    faults: tuple[Fault, ...] = ()
    """Why a string may not differ so; a fault that is no error leaves the level."""
    executed: bool = True
    """False where neither side parses, so that only their tokens were compared."""


def relate(original: str, translation: str, facts: Facts = NOTHING) -> Likeness:
    """Return how the code of a translated block stands to the code of the original's block."""
    first, second = fingerprint_of(original, facts.docstrings), fingerprint_of(translation, facts.docstrings)
    if first is None or second is None:
        return _by_tokens(original, translation, first, second)
    if first.exact == second.exact:
        return Likeness(level=Level.IDENTICAL)
    if first.loose == second.loose:
        return _by_strings(first, second, facts)
    if facts.names is not None:
        renamed = renaming(first, second, facts.names)
        if renamed is not None:
            return _by_strings(first, renamed, facts, level=Level.RENAMED)
    return Likeness(level=Level.DIFFERENT)


def _by_strings(
    first: Fingerprint, second: Fingerprint, facts: Facts, level: Level = Level.LOCALIZED
) -> Likeness:
    changed = changes(first, second)
    found = faults(changed, facts.strings or {}, facts.counts or {}, facts.keys)
    if any(fault.fatal for fault in found):
        level = Level.DIFFERENT
    return Likeness(level=level, changes=changed, faults=found)


def _by_tokens(
    original: str, translation: str, first: Fingerprint | None, second: Fingerprint | None
) -> Likeness:
    """Compare what Python cannot read: equal tokens without comments are the same text."""
    if first is None and second is None and token_digest(original) == token_digest(translation):
        return Likeness(level=Level.IDENTICAL, executed=False)
    return Likeness(level=Level.DIFFERENT, executed=False)
