"""Reach: which cells of a program begin after another did not end well, and what an exception means there.

A cell that fails costs itself, and those that read what it was to bind, where nobody else has bound it. One that
is skipped takes with it all that would see another value: on a machine that has what it needs they would run.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hexapla.model.program import Cell, Program, lost
from hexapla.model.run import CellRun, Failure, Obstacle, Status, was_announced, went_well
from hexapla.model.settings import OnError

_STAR = "*"
"""What `from module import *` binds: any name."""


@dataclass(slots=True, eq=False)
class _Namespace:
    """What the cells that share a namespace have left there."""

    bound: set[str] = field(default_factory=set)
    owners: dict[str, Cell] = field(default_factory=dict)
    """By name that nobody has bound, the first cell that was to."""


class Reach:
    """Follows a program from cell to cell."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._over = ""  # why no further cell begins
        self._skipped: dict[str, str] = {}  # why, by cell
        self._namespaces: defaultdict[str, _Namespace] = defaultdict(_Namespace)
        self._unrun = list(program.unrun)

    @property
    def is_over(self) -> bool:
        """Whether no further cell begins."""
        return bool(self._over)

    def before(self, cell: Cell, skip: Callable[[Cell], str]) -> CellRun | None:
        """Return how a cell ends that cannot begin; None for one that can. `skip` says why not here, or nothing."""
        while self._unrun and self._unrun[0].path == cell.path and self._unrun[0].line < cell.line:
            self._leave(self._unrun.pop(0))
        if self._over:
            return CellRun(id=cell.id, status=Status.NOT_REACHED, message=self._over)
        if reason := skip(cell) or self._loss(cell):
            return self._take(cell, CellRun(id=cell.id, status=Status.SKIPPED, message=reason))
        owners = self._of(cell).owners
        if name := next((name for name in cell.names.at_once if name in owners), ""):
            return self._take(cell, self._not_reached(cell, name))
        return None

    def after(self, cell: Cell, run: CellRun, unbound: Sequence[str], *, goes_on: bool) -> CellRun:
        """Return what the end of a cell means.

        `unbound` is what it was to bind and nobody has bound; `goes_on` says whether the program's process does.
        """
        run = self._judged(cell, run)
        if run.status is not Status.SKIPPED:
            if not goes_on:
                self._over = f"The cell {cell.id} ended the program."
            elif self._program.settings.on_error is OnError.STOP and not went_well(cell, run):
                self._over = f"The cell {cell.id} failed, and `on_error: stop` ends the program there."
            self._of(cell).bound |= set(cell.names.bound) - set(unbound)
        return self._take(cell, run)

    def _take(self, cell: Cell, run: CellRun) -> CellRun:
        """Note what a cell leaves to those after it."""
        if run.status is Status.SKIPPED:
            self._skipped[cell.id] = run.message
        self._leave(cell)
        return run

    def _leave(self, cell: Cell) -> None:
        """Note what a cell was to bind, where nobody has bound it."""
        namespace = self._of(cell)
        for name in cell.names.bound:
            if name in namespace.bound:
                namespace.owners.pop(name, None)
            else:
                namespace.owners.setdefault(name, cell)

    def _of(self, cell: Cell) -> _Namespace:
        return self._namespaces[self._program.namespace_of(cell)]

    def _judged(self, cell: Cell, run: CellRun) -> CellRun:
        """Tell a cell that is wrong from one that lacks something."""
        failure = run.failure
        if cell.sketch and run.status is Status.RAISED and failure and not failure.obstacle:
            failure = replace(failure, obstacle=Obstacle.PLACEHOLDER)
            run = replace(run, failure=failure)
        if (
            run.caught
            or failure is None
            or failure.obstacle is None
            or cell.raises
            or was_announced(cell, run)
        ):
            return run
        if failure.obstacle is Obstacle.NAME:
            name, owners = failure.subject, self._of(cell).owners
            if reason := self._loss_of(cell, name):
                return replace(run, status=Status.SKIPPED, message=reason, outputs=(), failure=None)
            if (owner := name if name in owners else _STAR) in owners:
                return replace(self._not_reached(cell, name, owner), seconds=run.seconds)
            blocks = (*self._program.cells, *self._program.unrun)
            binding = {self._of(other) for other in blocks if name in other.names.bound}
            if binding and not self._program.settings.shared_state:
                return replace(run, failure=replace(failure, obstacle=None, subject=""))
            if binding:
                obstacle = Obstacle.ORDER if self._of(cell) in binding else Obstacle.SESSION
                return replace(run, status=Status.CANNOT_RUN, failure=replace(failure, obstacle=obstacle))
        return replace(run, status=Status.CANNOT_RUN)

    def _not_reached(self, cell: Cell, name: str, owner: str = "") -> CellRun:
        waits_for = self._of(cell).owners[owner or name].id
        return CellRun(
            id=cell.id,
            status=Status.NOT_REACHED,
            message=f"It reads `{name}`, which {waits_for} was to bind.",
            failure=Failure(subject=name, waits_for=waits_for),
        )

    def _loss(self, cell: Cell) -> str:
        """Return which cell that was skipped a cell needs, and why that was skipped."""
        loss = lost(self._program, self._skipped).get(cell.id)
        return self._needs(loss.name, loss.cell) if loss else ""

    def _loss_of(self, cell: Cell, name: str) -> str:
        """Return the same of a name that is read where nobody sees it before it runs."""
        cells = self._program.cells[: self._program.cells.index(cell)]
        before = [other for other in cells if self._of(other) is self._of(cell)]
        owner = next((other for other in reversed(before) if name in other.names.bound), None)
        return self._needs(name, owner) if owner and owner.id in self._skipped else ""

    def _needs(self, name: str, owner: Cell) -> str:
        place = f"{owner.path}:{owner.line}"
        why = self._skipped.get(owner.id, "")
        return f"It needs `{name}` of cell {owner.id} ({place}), which was skipped: {why}"
