"""Document session: any Markdown as tests, a cell each, without a site. Each file's program runs once."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hexapla.adapters.pytest import cases
from hexapla.adapters.pytest.cases import Case
from hexapla.adapters.pytest.runs import Examination, Give, Runs
from hexapla.documents import checking, writing
from hexapla.documents.document import Document
from hexapla.documents.reading import is_document, read_documents
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
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
        self._errors: dict[str, tuple[Problem, ...]] = {}
        self.runs = Runs(self._server, self._check)

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

    def examine(self, case: Case, give: Give) -> Examination:
        """Run a case's program unless it has run; return what there is to tell of the case.

        Raises:
            RunnerError: no program can be run here.
        """
        return self.runs.examine(case, give, partial(self._judged, case))

    def _judged(self, case: Case, _: Run, given: Given) -> Examination:
        errors = tuple(problem for problem in self._errors[case.program.name] if _is_of(case, problem))
        return Examination(problems=cases.fixture_problems(case, given) or errors)

    def _server(self) -> ForkServer:
        options = checking.run_options(jobs=1, fixtures=self._allowed)
        # All files have been read by now.
        return ForkServer(options, preload=preload_of(checking.programs_of(self._documents.values())))

    def _check(self, case: Case, run: Run) -> None:
        """Compare what a program did with its file, or write it there."""
        document = self._documents[case.program.name]
        problems = checking.problems_of_run(document, run, outputs=not self.update)
        if self.update:
            problems += writing.write_outputs(document, run)[1]
        self._errors[case.program.name] = tuple(
            problem for problem in problems if problem.severity is Severity.ERROR
        )


def _is_of(case: Case, problem: Problem) -> bool:
    """Return whether a problem is told in the lines from a cell to the next one."""
    starts = [
        cell.line for cell in case.program.cells if cell.line <= max(problem.line, case.program.cells[0].line)
    ]
    return case.cell.line == max(starts)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
