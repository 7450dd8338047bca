"""Repair: what one rule changes in a post, and what the author is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.block import Edit
from hexapla.model.problem import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule sees of a post."""

    text: str
    front_matter: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What to say, and at which offset of the draft."""

    offset: int
    message: str
    severity: Severity = Severity.NOTE
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Edits of the draft and the remarks on them."""

    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @staticmethod
    def of(edits: Sequence[Edit], message: str, *, once: bool = False) -> "Repair":
        """Make a repair with the same remark at each edit, or `once` at the first with their count."""
        ordered = sorted(edits, key=lambda edit: edit.start)
        if once and len(ordered) > 1:
            message = f"{message} So are {len(ordered) - 1} more below it."
        said = ordered[:1] if once else ordered
        return Repair(
            edits=tuple(ordered),
            remarks=tuple(Remark(offset=edit.start, message=message) for edit in said),
        )


Rule = Callable[[Draft], Repair]
"""A rule looks at a draft and says what to change; it changes nothing where the post is right."""
