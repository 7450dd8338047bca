"""Facts: what comparing two blocks must know of the two posts as wholes."""

import ast
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.block import Block
from hexapla.model.post import Post
from hexapla.model.settings import Policy
from hexapla.programs.align.pair import How, Pair
from hexapla.programs.align.relation import Facts
from hexapla.programs.align.renaming import Names, bound, mapping_of
from hexapla.programs.fingerprint import Fingerprint, fingerprint_of, reads_docstrings
from hexapla.programs.parse import prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A post with its blocks, and the cell that each of them holds."""

    post: Post
    blocks: tuple[Block, ...]
    cells: tuple[str, ...]
    """For each block the cell's id; empty for none. A translation's come from comparing."""
    outputs: frozenset[int] = frozenset()
    """The blocks that are typed outputs."""


def facts_of(found: Sequence[Pair], original: Side, translation: Side, policy: Policy) -> Facts:
    """Collect what the relation must know of the whole posts."""
    codes = [
        block.code for side in (original, translation) for block in side.blocks if block.directives.is_python
    ]
    docstrings = any(reads_docstrings(code) for code in codes)
    marks = [
        (one, other)
        for pair in found
        if pair.how in (How.EQUAL, How.ID, How.LIKE)
        and (one := fingerprint_of(original.blocks[pair.original[0]].code, docstrings)) is not None
        and (other := fingerprint_of(translation.blocks[pair.translation[0]].code, docstrings)) is not None
    ]
    names: dict[str, str] = {}
    for one, other in marks if policy.rename else ():
        if one.without("name", "str", "fstr") == other.without("name", "str", "fstr"):
            for before, after in (mapping_of(one, other) or {}).items():
                names.setdefault(before, after)
    strings, counts = _strings(marks)
    return Facts(
        docstrings=docstrings,
        strings=strings,
        counts=counts,
        keys=_keys(original) if counts else frozenset(),
        names=_names(original, translation, names) if policy.rename else None,
    )


def _strings(
    marks: Sequence[tuple[Fingerprint, Fingerprint]],
) -> tuple[dict[str, frozenset[str]], Counter[str]]:
    """Return what stands for each of the original's strings, and how often it has it."""
    known: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    if all(one.exact == other.exact or one.loose != other.loose for one, other in marks):
        return {}, counts
    for one, other in marks:
        if one.loose == other.loose:
            for before, after in zip(one.of_kind("str"), other.of_kind("str"), strict=True):
                known[before.value].add(after.value)
                counts[before.value] += 1
    return {before: frozenset(after) for before, after in known.items()}, counts


def _keys(side: Side) -> frozenset[str]:
    """Return the strings by which a post looks something up: in square brackets, or as a dictionary's keys."""
    found: set[str] = set()
    for node in (node for tree in _trees(side) for node in ast.walk(tree)):
        parts = (
            node.keys
            if isinstance(node, ast.Dict)
            else [node.slice]
            if isinstance(node, ast.Subscript)
            else []
        )
        found |= {
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
    return frozenset(found)


def _names(original: Side, translation: Side, known: Mapping[str, str]) -> Names:
    return Names(original=bound(_trees(original)), translation=bound(_trees(translation)), known=dict(known))


def _trees(side: Side) -> list[ast.Module]:
    return [
        tree for block in side.blocks if block.directives.is_python and (tree := prepare(block.code).tree)
    ]
