"""Relation: how a translated block stands to the original's: the same, or but for strings or names, or another."""

import ast
import builtins
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from hexapla.model.article import Level
from hexapla.programs.fingerprint import Fingerprint, digest, fingerprint_of
from hexapla.programs.strings import Change, Fault, changes, string_faults
from hexapla.programs.tokens import token_digest

_FIXED = frozenset({"self", "cls", "__name__", "_"}) | frozenset(dir(builtins))
"""Names that nobody may give to something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """The names that each of two posts binds itself, and what has been renamed so far."""

    original: frozenset[str]
    translation: frozenset[str]
    renamed: Mapping[str, str]
    """From the original's names to the translation's, collected over the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the relation of two blocks needs to know of the two posts as wholes."""

    docstrings: bool = False
    """Whether the program looks at docstrings, so that they belong to it."""
    strings: Mapping[str, frozenset[str]] | None = None
    """For each of the original's strings, all that stands for it in the translation."""
    counts: Mapping[str, int] | None = None
    """How often the original has each string."""
    keys: Collection[str] = ()
    """The strings that the original looks something up by."""
    bindings: Bindings | None = None
    """What may be renamed; None where `rename: allow` is not set."""


ALONE = Context()
"""The context of two blocks that stand for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two blocks stand to one another."""

    level: Level
    changes: tuple[Change, ...] = ()
    """The strings that differ, where only strings do."""
    faults: tuple[Fault, ...] = ()
    """Why a string may not differ so; a fault that is no error leaves the level."""


def relate(original: str, translation: str, context: Context = ALONE) -> Relation:
    """Return how the code of a translated block stands to the code of the original's block."""
    first, second = (fingerprint_of(code, context.docstrings) for code in (original, translation))
    if first is None and second is None and token_digest(original) == token_digest(translation):
        # What Python cannot read: equal tokens without comments are the same text.
        return Relation(level=Level.IDENTICAL)
    if first is None or second is None:
        return Relation(level=Level.DIFFERENT)
    if first.exact == second.exact:
        return Relation(level=Level.IDENTICAL)
    if first.loose == second.loose:
        return _by_strings(first, second, context, Level.LOCALIZED)
    if context.bindings is not None:
        renamed = _named_alike(first, second, context.bindings)
        if renamed is not None:
            return _by_strings(first, renamed, context, Level.RENAMED)
    return Relation(level=Level.DIFFERENT)


def _by_strings(first: Fingerprint, second: Fingerprint, context: Context, level: Level) -> Relation:
    """Judge the strings that differ; a fatal fault makes it another program."""
    changed = changes(first, second)
    against = string_faults(changed, context.strings or {}, context.counts or {}, context.keys)
    if any(fault.fatal for fault in against):
        level = Level.DIFFERENT
    return Relation(level=level, changes=changed, faults=against)


def _named_alike(first: Fingerprint, second: Fingerprint, bindings: Bindings) -> Fingerprint | None:
    """Return the second fingerprint with the first one's names, if a renaming explains what differs."""
    if not first.agrees(second, but_for=("name", "str", "fstr")):
        return None
    names = renamed_names(first, second)
    if names is None:
        return None
    whole = {**bindings.renamed, **names}
    if any(bindings.renamed.get(before, after) != after for before, after in names.items()):
        return None
    if len(set(whole.values())) != len(whole):
        return None
    for before, after in names.items():
        if before != after and (before not in bindings.original or after not in bindings.translation):
            return None
    marks = zip(first.marks, second.marks, strict=True)
    return replace(
        second,
        marks=tuple(before if after.kind == "name" else after for before, after in marks),
        exact=digest(()),
        loose=first.loose,
    )


def renamed_names(first: Fingerprint, second: Fingerprint) -> dict[str, str] | None:
    """Return which name stands for which, or None where it is not one for one."""
    names: dict[str, str] = {}
    for before, after in zip(first.of_kind("name"), second.of_kind("name"), strict=True):
        if names.setdefault(before.text, after.text) != after.text:
            return None
    return names if len(set(names.values())) == len(names) else None


def bound_names(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names that code binds itself: never an import, an attribute, a keyword or a builtin."""
    bound: set[str] = set()
    fixed: set[str] = set(_FIXED)
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.ClassDef(name=name, body=body):
                bound.add(name)
                fixed |= {attribute for statement in body for attribute in _attributes(statement)}
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                bound.add(name)
            case ast.keyword(arg=str(name)):
                fixed.add(name)
            case ast.alias(name=name, asname=other):
                fixed.add((other or name).split(".")[0])
    return frozenset(bound - fixed)


def _attributes(statement: ast.stmt) -> set[str]:
    """Return the names that a statement of a class's body gives the class."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    targets = [part for part in ast.walk(statement) if isinstance(part, ast.Name)]
    return {name.id for name in targets if isinstance(name.ctx, ast.Store)}
