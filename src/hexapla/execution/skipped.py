"""Skipped: cells that are not begun, and the sentence that says why."""

from collections.abc import Container

from hexapla.model.program import Cell, Program
from hexapla.model.run import Given
from hexapla.storage import distributions

_UNASKED = {
    "slow": "It takes long; `fixture:slow` cells run when they are asked for.",
    "network": "It needs the network; `fixture:network` cells run when they are asked for.",
}


def why_skipped(cell: Cell, *, fixtures: Container[str], given: Given, unmet: str) -> str:
    """Return why a cell is not begun; empty where it is.

    `fixtures` are those that were asked for, `given` what there is of pytest's, and `unmet` tells of packages that
    are not here.
    """
    unasked = (why for name, why in _UNASKED.items() if name in cell.fixtures and name not in fixtures)
    return unmet or next(unasked, "") or given.missing(cell.asked)


def unmet_in(program: Program) -> str:
    """Return what a program requires that is not here, as a sentence; empty for nothing."""
    names = distributions.unmet_requirements(program.requires)
    return f"It requires {', '.join(f'`{name}`' for name in names)}, which is not here." if names else ""
