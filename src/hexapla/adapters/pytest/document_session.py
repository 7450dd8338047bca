"""Document session: any Markdown as tests, a cell each, without a site. Each file's program runs once."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hexapla.adapters.pytest import cases
from hexapla.adapters.pytest.cases import Case
from hexapla.documents import checking, writing
from hexapla.documents.document import Document
from hexapla.documents.reading import is_document, read_documents
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.model.errors import RunnerError
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Given, Run
from hexapla.model.settings import Settings


class DocumentSession:
    """What `pytest --hexapla` asks of files that are no posts: which cells there are, and what each one's run says."""

    def __init__(self, *, update: bool = False, allowed: Sequence[str] = ()) -> None:
        self.update = update
        """Whether what the cells show is written into the files instead of compared."""
        self._allowed = tuple(allowed)
        self._documents: dict[str, Document] = {}
        self._runs: dict[str, tuple[Given, Run, tuple[Problem, ...]]] = {}
        self._ended: dict[str, str] = {}
        self._examined: set[tuple[str, str]] = set()
        self._server: ForkServer | None = None
        self._refusal: RunnerError | None = None

    root = Path()
    """What the paths of problems are relative to."""

    @staticmethod
    def takes(path: Path) -> bool:
        """Return whether a file is one of them by its name."""
        return is_document(path.name)

    def tests_at(self, path: Path) -> tuple[tuple[Problem, ...], tuple[Case, ...]]:
        """Return the errors of a file that are found without running anything, and its cells."""
        read = read_documents([_from_here(path)], Settings())
        for document in read.documents:
            self._documents[document.name] = document
        errors = tuple(problem for problem in read.problems if problem.severity is Severity.ERROR)
        return errors, tuple(case for document in read.documents for case in cases.cases(document.article))

    def begin(self, case: Case) -> None:
        """Start the server unless it is up, or the case's program has run; `examine` says why it cannot."""
        if case.program.name in self._runs or self._server or self._refusal:
            return
        options = checking.run_options(jobs=1, fixtures=self._allowed)
        # All files have been read by now.
        preload = preload_of(checking.programs_of(self._documents.values()))
        try:
            self._server = ForkServer(options, preload=preload).__enter__()
        except RunnerError as error:
            self._refusal = error

    def examine(
        self, case: Case, give: Callable[[Iterable[str]], Given]
    ) -> tuple[tuple[Problem, ...], str, str]:
        """Run a case's program unless it has run; return its problems, why it says nothing, and a remark.

        Raises:
            RunnerError: no program can be run here.
        """
        name, place = case.program.name, f"{case.cell.path}:{case.cell.line}"
        if (name, case.cell.id) in self._examined:
            # It is examined again, as pytest-rerunfailures has it.
            self._runs.pop(name, None)
            self._ended.pop(name, None)
            self._examined = {known for known in self._examined if known[0] != name}
        self._examined.add((name, case.cell.id))
        if name in self._ended:
            return (), f"{place}: It was not reached: {self._ended[name]}", ""
        if name not in self._runs:
            self._run(case, give(name for cell in case.program.cells for name in cell.asked))
        given, run, problems = self._runs[name]
        if excuse := cases.excuse(case, run, given):
            return (), f"{place}: {excuse}", ""
        faulty = cases.fixture_problems(case, given)
        return faulty or tuple(problem for problem in problems if _is_of(case, problem)), "", ""

    def close(self) -> None:
        """End the server, if one was started."""
        if self._server is not None:
            self._server.close()

    def _run(self, case: Case, given: Given) -> None:
        name, document = case.program.name, self._documents[case.program.name]
        self.begin(case)
        if self._server is None:
            assert self._refusal
            raise self._refusal
        try:
            run = self._server.run(case.program, given=given)
        except BaseException as error:
            # A timeout of pytest's, or Ctrl-C: its other cells must not start it anew.
            self._ended[name] = f"its program was ended at {case.cell.path}:{case.cell.line}. {error}"
            raise
        problems = checking.problems_of_run(document, run, outputs=not self.update)
        if self.update:
            problems += writing.write_outputs(document, run)[1]
        errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
        self._runs[name] = given, run, errors


def _is_of(case: Case, problem: Problem) -> bool:
    """Return whether a problem is told in the lines from a cell to the next one."""
    starts = [
        cell.line for cell in case.program.cells if cell.line <= max(problem.line, case.program.cells[0].line)
    ]
    return case.cell.line == max(starts)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
