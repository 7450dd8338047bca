"""Case: a cell as a test, with every place that holds it, and what its run has to say of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hexapla.ledger import findings
from hexapla.ledger.digests import digests
from hexapla.ledger.ledger import Record
from hexapla.ledger.relocation import mentions
from hexapla.model.article import Article
from hexapla.model.directives import MACHINE
from hexapla.model.output import Kind, Text
from hexapla.model.problem import Problem
from hexapla.model.program import Cell, Program
from hexapla.model.run import NOTHING, CellRun, Given, Run, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post holds a cell."""

    language: str
    path: str
    line: int
    """1-based line of the code's first line."""
    length: int
    """Lines of code, which tells whether a line of the original is the same one here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A cell of a program, as a test."""

    program: Program
    cell: Cell
    places: tuple[Place, ...]
    """The cell's own place first, then one for every other language whose page shows this program."""

    @property
    def name(self) -> str:
        """The cell's id with the languages, in the site's order: stable while other cells come and go."""
        return f"{self.cell.id}[{','.join(self.program.languages)}]"

    @property
    def marks(self) -> tuple[str, ...]:
        """What `-m` can choose it by."""
        return tuple(name for name in self.cell.fixtures if name in MACHINE)


def cases(article: Article) -> tuple[Case, ...]:
    """Return the cells of an article's programs, in the order that they run in."""
    return tuple(
        Case(program=program, cell=cell, places=_places(article, program, cell))
        for program in article.programs
        for cell in program.cells
    )


def _places(article: Article, program: Program, cell: Cell) -> tuple[Place, ...]:
    places = [
        Place(
            language=language,
            path=article.posts[language].path,
            line=article.posts[language].line_at(placed.block.start) + 1,
            length=placed.block.code.count("\n"),
        )
        for language in program.languages
        for placed in article.placed[language]
        if placed.cell == cell.id
    ]
    return tuple(sorted(places, key=lambda place: place.path != cell.path))


def case_problems(case: Case, record: Record, run: Run, given: Given = NOTHING) -> tuple[Problem, ...]:
    """Return what is wrong with a case after its program ran, once for every language that holds it."""
    if faulty := fixture_problems(case, given):
        return faulty
    of_program = (*findings.failures(case.program, run), *findings.drift_problems(case.program, record, run))
    place = case.cell.path, case.cell.line
    of_case = [problem for problem in of_program if (problem.path, problem.line) == place]
    if not of_case and record.cell(_digest(case)) is None and not excuse(case, run):
        of_case = [_unrecorded(case)]
    down = _rows_down(case, _ran(case, run))
    return tuple(at_place for problem in of_case for at_place in _everywhere(case, problem, down))


def fixture_problems(case: Case, given: Given) -> tuple[Problem, ...]:
    """Return what is wrong with the fixtures that a case asks for."""
    faulty = _faulty(case, given)
    return tuple(_everywhere(case, _faulty_fixture(case, given.lacking[faulty]), 0)) if faulty else ()


def ended(case: Case, why: str) -> tuple[Problem, ...]:
    """Return that a case's program was ended from outside, once for every language that holds it."""
    problem = Problem(
        path=case.cell.path,
        line=case.cell.line,
        code="cell-timeout",
        message=f"Cell {case.cell.id} of {case.program.name} was not waited for: {why}",
        hint="Make the program shorter, or let it run longer.",
    )
    return tuple(_everywhere(case, problem, 0))


def excuse(case: Case, run: Run, given: Given = NOTHING) -> str:
    """Return why a case says nothing: it, or what it needs, did not run. Empty where it ran, or has a fault."""
    ran = _ran(case, run)
    if _faulty(case, given):
        return ""
    if ran.status in (Status.SKIPPED, Status.CANNOT_RUN):
        return ran.message
    before = run.cells[: [cell.id for cell in run.cells].index(ran.id)]
    blocks = (*case.program.cells, *case.program.unrun, *case.program.imports)
    lines = {block.id: f"{block.path}:{block.line}" for block in blocks}
    if ran.failure and ran.failure.waits_for:
        place = lines[ran.failure.waits_for]
        return f"It was not reached: it reads `{ran.failure.subject}`, which {place} was to bind."
    if ran.status is Status.NOT_REACHED and before:
        reached = (cell for cell in reversed(before) if cell.status is not Status.NOT_REACHED)
        last = next(reached, before[-1])
        return f"It was not reached: cell {last.id} ({lines[last.id]}) ended the program."
    skipped = [cell for cell in before if cell.status is Status.SKIPPED]
    if skipped and ran.status is Status.RAISED and not case.cell.raises and "NameError" in _error(ran):
        first = skipped[0]
        return f"It needs cell {first.id} ({lines[first.id]}), which was skipped: {first.message}"
    return ""


def _faulty(case: Case, given: Given) -> str:
    """Return the first fixture of a case that is an error; empty for none."""
    return next((name for name in case.cell.asked if name in given.faults), "")


def _everywhere(case: Case, problem: Problem, down: int) -> Iterator[Problem]:
    """Yield a problem at each place of a case; what it shows is shown once."""
    for index, place in enumerate(case.places):
        same = place.length == case.places[0].length
        at = replace(problem, path=place.path, line=place.line + (down if same else 0))
        yield at if index == 0 else replace(at, details=())


def _rows_down(case: Case, ran: CellRun) -> int:
    """Return how far below the cell's first line its exception was raised."""
    number = case.program.cells.index(case.cell) + 1
    rows = [mention.line - 1 for mention in mentions(_error(ran)) if mention.cell == number]
    down = rows[-1] if rows else 0
    return down if 0 <= down < max(1, case.places[0].length) else 0


def _error(ran: CellRun) -> str:
    texts = (output for output in ran.outputs if isinstance(output, Text))
    return "".join(text.text for text in texts if text.kind is Kind.ERROR)


def _ran(case: Case, run: Run) -> CellRun:
    return next(cell for cell in run.cells if cell.id == case.cell.id)


def _digest(case: Case) -> str:
    pairs = zip(case.program.cells, digests(case.program), strict=True)
    return next(digest for cell, digest in pairs if cell.id == case.cell.id)


def _unrecorded(case: Case) -> Problem:
    return Problem(
        path=case.cell.path,
        line=case.cell.line,
        code="stale-output",
        message=f"Cell {case.cell.id} of {case.program.name} ran, and nothing is recorded for its present code.",
        hint="Run `hexapla run`, or `pytest --hexapla --hexapla-update`.",
    )


def _faulty_fixture(case: Case, why: str) -> Problem:
    return Problem(
        path=case.cell.path,
        line=case.cell.line,
        code="fixture",
        message=f"Cell {case.cell.id} of {case.program.name} cannot run. {why}",
        hint="`gpu`, `network` and `slow` are about the machine; all others are fixtures of pytest.",
    )
