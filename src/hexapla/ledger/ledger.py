"""Ledger: the recorded runs of one article, and why an entry is stale."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hexapla.ledger.digests import digests, import_digests
from hexapla.ledger.relocation import names_lines, relocated, relocated_to_translation
from hexapla.model.article import Article
from hexapla.model.output import Output
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Environment, Failure, Run, Status, release, went_well
from hexapla.model.settings import Settings
from hexapla.translations.freshness import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRecord:
    """What is recorded of one cell."""

    id: str
    digest: str
    """Chains the cells before it, its code, the seed and the format."""
    status: Status
    message: str = ""
    outputs: tuple[Output, ...] = ()
    shown: tuple[int, ...] = ()
    """As in `CellRun`."""
    failure: Failure | None = None
    varies: bool = False
    """As in `CellRun`."""

    @property
    def caught(self) -> Failure | None:
        """As in `CellRun`."""
        return self.failure if self.status is Status.OK else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is recorded of one program."""

    cells: tuple[CellRecord, ...] = ()
    """Those that ended as their author says: pages show their outputs."""
    failures: tuple[CellRecord, ...] = ()
    """Those that did not, so that they needn't be run again to be told of."""
    environment: Environment | None = None
    seed: int = 0
    timeout: float = 0.0
    """How many seconds the program had, where it ran out of them."""

    @property
    def made_with(self) -> str:
        """What the outputs were made with, such as `PyTorch 2.13.0`; empty where there are none."""
        if self.environment is None:
            return ""
        torch = dict(self.environment.packages).get("torch", "").split("+")[0]
        return f"PyTorch {torch}" if torch else f"Python {self.environment.python}"

    def cell(self, digest: str) -> CellRecord | None:
        """Return the cell that was recorded with this digest, having ended as its author says."""
        return next((cell for cell in self.cells if cell.digest == digest), None)

    def stops(self, digest: str) -> bool:
        """Return whether plain Python does not get past a cell: it failed, or raised what was announced."""
        cell = self.cell(digest)
        return self.failed(digest) is not None or (cell is not None and cell.status is Status.RAISED)

    def failed(self, digest: str) -> CellRecord | None:
        """Return the cell that was recorded with this digest, not having ended so."""
        return next((cell for cell in self.failures if cell.digest == digest), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Of what records name, what is installed here."""

    versions: Mapping[str, str] = field(default_factory=dict)
    """By distribution."""
    modules: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    """The distributions that are not here, though programs are run here; empty where none are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The recorded runs of one article, by variant; the canonical program's variant is empty."""

    records: Mapping[str, Record] = field(default_factory=dict)
    translations: Mapping[str, Made] = field(default_factory=dict)
    """What each translation was made from, by language."""

    def record_of(self, program: Program) -> Record:
        """Return what is recorded of a program, its outputs naming today's lines; an empty record for nothing."""
        record = _sorted_record(program, self.records.get(program.variant, Record()))
        if not any(names_lines(cell.outputs) for cell in (*record.cells, *record.failures)):
            return record
        now = {digest: index for index, digest in enumerate(digests(program))}
        cells, failures = (
            tuple(_moved(cell, program, now) for cell in part) for part in (record.cells, record.failures)
        )
        return replace(record, cells=cells, failures=failures)


def _sorted_record(program: Program, record: Record) -> Record:
    """Return a record with failures that the author's present words announce among what pages show, and no others."""
    ended = (*record.cells, *record.failures)
    if not any(cell.failure for cell in ended):
        return record
    now = dict(zip(digests(program), program.cells, strict=True))
    well = [
        cell
        for cell in ended
        if (went_well(now[cell.digest], cell) if cell.digest in now else cell in record.cells)
    ]
    order = {digest: index for index, digest in enumerate(now)}
    well.sort(key=lambda cell: order.get(cell.digest, len(order)))
    return replace(record, cells=tuple(well), failures=tuple(cell for cell in ended if cell not in well))


def _moved(cell: CellRecord, program: Program, now: Mapping[str, int]) -> CellRecord:
    """Return a recorded cell whose outputs name today's lines; `now` says, by digest, which cell it is today."""
    if cell.digest not in now:
        return cell
    return replace(cell, outputs=relocated(cell.outputs, program, now[cell.digest]))


def in_translation(cell: CellRecord, program: Program, translation: Mapping[str, Cell]) -> CellRecord:
    """Return a recorded cell whose outputs name the lines of a translation; `translation` has its cells, by id."""
    if not names_lines(cell.outputs):
        return cell
    index = digests(program).index(cell.digest)
    return replace(cell, outputs=relocated_to_translation(cell.outputs, program, index, translation))


def why_stale(
    program: Program, record: Record, installed: Installed | None = None, *, retry: bool = False
) -> str:
    """Return why a program must run, as a clause; empty where its record holds.

    `installed` is what there is here. A package that isn't is no reason where all ran well: outputs stay right
    without it. `retry` has what failed run again.
    """
    if not program.cells:
        return ""
    if not record.cells and not record.failures:
        return "it is new"
    for cell, digest in zip(program.cells, digests(program), strict=True):
        if record.cell(digest) is None and record.failed(digest) is None:
            return _why_cell(cell, program.settings, record)
    lines = import_digests(program)
    if len([cell for cell in (*record.cells, *record.failures) if cell.digest not in lines]) > len(
        program.cells
    ):
        return "it has fewer cells than before"
    if record.failures and retry:
        return "it failed, and is to be tried again"
    if record.timeout and program.settings.timeout > record.timeout:
        return f"it ran out of time after {record.timeout:g} s and has {program.settings.timeout:g} s now"
    if record.environment is None or installed is None:
        return ""
    gone = next((name for name, _ in record.environment.packages if name in installed.gone), "")
    if record.failures and gone:
        return f"it failed with {gone}, which is not installed any more"
    return _why_packages(record.environment, installed)


def _why_packages(environment: Environment, installed: Installed) -> str:
    """Return which package is another one now, as a clause; empty where all are what they were."""
    for name, was in environment.packages:
        now = installed.versions.get(name, was)
        if release(now) != release(was):
            (old, old_code), (new, new_code) = ((version.partition(" ")[::2]) for version in (was, now))
            edited = old == new and old_code and new_code
            return f"the code of {name} changed" if edited else f"{name} was {old} and is {new}"
    for name in environment.absent:
        if name in installed.modules:
            return f"{name} was not installed and is now"
    return ""


def _why_cell(cell: Cell, settings: Settings, record: Record) -> str:
    if record.seed != settings.seed:
        return f"the seed was {record.seed} and is {settings.seed}"
    if cell.id not in {known.id for known in (*record.cells, *record.failures)}:
        return f"cell {cell.id} has no record"
    return f"the code of cell {cell.id} changed"


def updated_record(record: Record, program: Program, run: Run) -> Record:
    """Return the record after a run: what it showed, and what failed.

    An output that is recorded for the same code gives way to a failure only where the packages are others: then
    it would be shown as theirs. Else it is what the code does, and the failure is the machine's, or chance.
    """
    cells, failures = [], []
    others = record.environment is not None and not record.environment.has_versions_of(run.environment)
    for cell, ran, digest in zip(program.cells, run.cells, digests(program), strict=True):
        new = _cell_record(ran, digest)
        old = record.cell(digest)
        if went_well(cell, ran):
            cells.append(new)
        elif old is not None and not (others and ran.status is Status.RAISED):
            cells.append(old)
        elif ran.status is not Status.SKIPPED:
            failures.append(new)
        elif failed := record.failed(digest):
            failures.append(failed)
    for line, ran, digest in zip(program.imports, run.imports, import_digests(program), strict=False):
        if not went_well(line, ran):
            failures.append(_cell_record(ran, digest))
    late = any(failure.status is Status.TIMEOUT for failure in failures)
    return Record(
        cells=tuple(cells),
        failures=tuple(failures),
        environment=run.environment,
        seed=program.settings.seed,
        timeout=program.settings.timeout if late else 0.0,
    )


def _cell_record(ran: CellRun, digest: str) -> CellRecord:
    return CellRecord(
        id=ran.id,
        digest=digest,
        status=ran.status,
        message=ran.message,
        outputs=ran.outputs,
        shown=ran.shown if ran.outputs else (),
        failure=ran.failure,
        varies=ran.varies,
    )


def recorded_cells(article: Article, ledger: Ledger) -> dict[tuple[str, str], CellRecord]:
    """Return what is recorded for the present code of an article's cells, by variant and cell."""
    cells = {}
    for program in article.programs:
        record = ledger.record_of(program)
        for cell, digest in zip(program.cells, digests(program), strict=True):
            recorded = record.cell(digest)
            if recorded is not None:
                cells[program.variant, cell.id] = recorded
    return cells
