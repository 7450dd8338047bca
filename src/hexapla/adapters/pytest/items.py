"""Items: a cell as a test of pytest, and what collects it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from hexapla.adapters.pytest import cases, fixtures
from hexapla.adapters.pytest.cases import Case
from hexapla.adapters.pytest.document_session import DocumentSession
from hexapla.adapters.pytest.runs import Examination
from hexapla.adapters.pytest.session import SiteSession
from hexapla.model.errors import HexaplaError
from hexapla.model.problem import Problem


class CellError(Exception):
    """A cell, or a post, has problems; they are its arguments."""


class CellItem(pytest.Item):
    """One cell of a program, or the errors of a post."""

    obj = None
    """What fixtures look for the test's function in."""

    def __init__(
        self,
        *,
        site_session: SiteSession | DocumentSession,
        case: Case | None = None,
        errors: tuple[Problem, ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.site_session, self.case, self.errors = site_session, case, errors
        self.funcargs: dict[str, object] = {}
        self.place = case.places[0] if case else errors[0]
        self.user_properties += [("page", self.place.path), ("line", self.place.line)]
        for mark in ("hexapla", *(case.marks if case else ())):
            self.add_marker(mark)

    def begin(self) -> None:
        """Have the fork server ready, where the cell's program is still to run."""
        if self.case:
            self.site_session.runs.begin(self.case)

    def getparent(self, cls: Any) -> Any:
        """Let a fixture with the scope of a module live as long as its article."""
        return super().getparent(cls) or (self.parent if cls is pytest.Module else None)

    def runtest(self) -> None:
        """Run the cell's program, unless another of its cells had it run."""
        problems, excuse, remark = (
            self._examined(self.case) if self.case else Examination(problems=self.errors)
        )
        if remark:
            self.warn(pytest.PytestWarning(remark))
        if excuse:
            pytest.skip(excuse)
        if problems:
            raise CellError(*problems)

    def _examined(self, case: Case) -> Examination:
        try:
            return self.site_session.examine(case, lambda names: fixtures.given(self, names))
        except KeyboardInterrupt:
            pytest.exit(f"{self.place.path}:{self.place.line}: stopped while {case.program.name} ran.", 2)
        except pytest.fail.Exception as error:
            # Such as pytest-timeout's, which comes whenever it wants.
            return Examination(problems=cases.ended(case, str(error)))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Show the problems, and no traceback through pytest."""
        if isinstance(excinfo.value, CellError):
            return _failure(excinfo.value.args)
        if isinstance(excinfo.value, HexaplaError):
            return f"{self.place.path}:{self.place.line}: hexapla cannot go on: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, int, str]:
        """Return where the cell stands."""
        return str(self.site_session.root / self.place.path), self.place.line - 1, self.name


def _failure(problems: Sequence[Problem]) -> ReprExceptionInfo:
    """Return problems as pytest keeps a failure: with the place and the message of the first.

    `--tb=line`, the short summary, JUnit's `message` and plugins that annotate ask for those.
    """
    text = "".join(f"{problem}\n" for problem in problems)
    first = problems[0]
    return ReprExceptionInfo(
        reprtraceback=ReprTraceback([ReprEntryNative([text])], None, "native"),
        reprcrash=ReprFileLocation(first.path, first.line, str(first).partition(": ")[2].splitlines()[0]),
    )


class PostCollector(pytest.Collector):
    """The cells of an article. No `pytest.File`: `--lf` skips files that it does not find by their id."""

    obj = None

    def __init__(self, *, site_session: SiteSession | DocumentSession, **options: Any) -> None:
        super().__init__(**options)
        self.site_session = site_session

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test a cell, and one for what is wrong before anything runs."""
        errors, cases_here = self.site_session.tests_at(self.path)
        if errors:
            yield self._cell("problems", errors=errors)
        for case in cases_here:
            yield self._cell(case.name, case=case)

    def _cell(self, name: str, **options: Any) -> CellItem:
        # Given as text, pytest reads the brackets as parameters, as it does in the ids that --lf remembers.
        nodeid = f"{self.nodeid}::{name}"
        return CellItem.from_parent(self, name=name, nodeid=nodeid, site_session=self.site_session, **options)


class NotAPostFile(pytest.File):
    """A page that was asked for, and that is no post: where it has blocks that run, that is a problem."""

    def __init__(self, *, site_session: SiteSession, **options: Any) -> None:
        super().__init__(**options)
        self.site_session = site_session

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test, which fails and says what to do."""
        if problem := self.site_session.not_a_post(self.path):
            yield CellItem.from_parent(
                self, name="problems", errors=(problem,), site_session=self.site_session
            )
