"""Context: what comparing two blocks must know of the two posts as wholes."""

import ast
from collections import Counter, defaultdict
from collections.abc import Sequence

from hexapla.model.settings import Policy
from hexapla.programs.align.pair import How, Pair
from hexapla.programs.align.relation import Bindings, Context, bound_names, renamed_names
from hexapla.programs.align.side import Side
from hexapla.programs.fingerprint import Fingerprint, fingerprint_of, reads_docstrings
from hexapla.programs.parse import prepare

_Twins = Sequence[tuple[Fingerprint, Fingerprint]]
"""The fingerprints of the blocks that most likely stand for one another."""


def context_of(pairs: Sequence[Pair], original: Side, translation: Side, policy: Policy) -> Context:
    """Collect what the relation of two blocks must know of the whole posts."""
    codes = [
        block.code for side in (original, translation) for block in side.blocks if block.directives.is_python
    ]
    docstrings = any(reads_docstrings(code) for code in codes)
    twins = [
        (first, second)
        for pair in pairs
        if pair.how in (How.EQUAL, How.ID, How.LIKE)
        and (first := fingerprint_of(original.blocks[pair.original[0]].code, docstrings)) is not None
        and (second := fingerprint_of(translation.blocks[pair.translation[0]].code, docstrings)) is not None
    ]
    strings, counts = _strings(twins)
    return Context(
        docstrings=docstrings,
        strings=strings,
        counts=counts,
        keys=_keys(original) if counts else frozenset(),
        bindings=_bindings(original, translation, twins) if policy.rename else None,
    )


def _strings(twins: _Twins) -> tuple[dict[str, frozenset[str]], Counter[str]]:
    """Return what stands for each of the original's strings, and how often it has it."""
    stands: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    if all(first.exact == second.exact or first.loose != second.loose for first, second in twins):
        return {}, counts
    for first, second in twins:
        if first.loose == second.loose:
            for before, after in zip(first.of_kind("str"), second.of_kind("str"), strict=True):
                stands[before.value].add(after.value)
                counts[before.value] += 1
    return {before: frozenset(after) for before, after in stands.items()}, counts


def _keys(side: Side) -> frozenset[str]:
    """Return the strings by which a post looks something up: in square brackets, or as a dictionary's keys."""
    keys: set[str] = set()
    for node in (node for tree in _trees(side) for node in ast.walk(tree)):
        parts = (
            node.keys
            if isinstance(node, ast.Dict)
            else [node.slice]
            if isinstance(node, ast.Subscript)
            else []
        )
        keys |= {
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
    return frozenset(keys)


def _bindings(original: Side, translation: Side, twins: _Twins) -> Bindings:
    """Return what both posts bind, and what the blocks that differ in names and strings only call it."""
    renamed: dict[str, str] = {}
    for first, second in twins:
        if first.agrees(second, but_for=("name", "str", "fstr")):
            for before, after in (renamed_names(first, second) or {}).items():
                renamed.setdefault(before, after)
    return Bindings(
        original=bound_names(_trees(original)), translation=bound_names(_trees(translation)), renamed=renamed
    )


def _trees(side: Side) -> list[ast.Module]:
    return [
        tree for block in side.blocks if block.directives.is_python and (tree := prepare(block.code).tree)
    ]
