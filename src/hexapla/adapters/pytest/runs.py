"""Runs: programs that run when one of their cells is asked for, each once, in one warm fork server."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from hexapla.adapters.pytest import cases
from hexapla.adapters.pytest.cases import Case
from hexapla.execution.client import ForkServer
from hexapla.model.errors import RunnerError
from hexapla.model.problem import Problem
from hexapla.model.run import Given, Run

Give = Callable[[Iterable[str]], Given]
"""Returns the values of the fixtures that the cells of a program ask for."""


class Examination(NamedTuple):
    """What there is to tell of a case."""

    problems: tuple[Problem, ...] = ()
    excuse: str = ""
    """Why it says nothing."""
    remark: str = ""


class Runs:
    """What the programs of one session did."""

    def __init__(self, server: Callable[[], ForkServer], done: Callable[[Case, Run], None]) -> None:
        """Have `server` make a fork server when the first program is to run, and `done` told of each run."""
        self._make_server = server
        self._done = done
        self._runs: dict[str, tuple[Given, Run]] = {}
        self._ended: dict[str, str] = {}
        self._examined: set[tuple[str, str]] = set()
        self._server: ForkServer | None = None
        self._refusal: RunnerError | None = None

    def begin(self, case: Case) -> None:
        """Start the server unless it is up, or the case's program has run; `examine` says why it cannot."""
        if case.program.name in self._runs or self._server or self._refusal:
            return
        try:
            self._server = self._make_server().__enter__()
        except RunnerError as error:
            self._refusal = error

    def examine(self, case: Case, give: Give, judge: Callable[[Run, Given], Examination]) -> Examination:
        """Run a case's program unless it has run, and have `judge` say what that means for the case if it was reached.

        Raises:
            RunnerError: no program can be run here.
        """
        place, done = f"{case.cell.path}:{case.cell.line}", self._of(case, give)
        if isinstance(done, str):
            return Examination(excuse=f"{place}: It was not reached: {done}")
        given, run = done
        if excuse := cases.excuse(case, run, given):
            return Examination(excuse=f"{place}: {excuse}")
        return judge(run, given)

    def _of(self, case: Case, give: Give) -> tuple[Given, Run] | str:
        """Return what a case's program was given and did, or a clause that says why it was not reached.

        It is run unless it has run. A case that is asked for again, as pytest-rerunfailures has it, runs it again.
        """
        name = case.program.name
        if (name, case.cell.id) in self._examined:
            self._forget(name)
        self._examined.add((name, case.cell.id))
        if name in self._ended:
            return self._ended[name]
        if name not in self._runs:
            self._run(case, give(fixture for cell in case.program.cells for fixture in cell.asked))
        return self._runs[name]

    def close(self) -> None:
        """End the server, if one was started."""
        if self._server is not None:
            self._server.close()

    def _forget(self, name: str) -> None:
        """Forget what a program did."""
        self._runs.pop(name, None)
        self._ended.pop(name, None)
        self._examined = {(program, cell) for program, cell in self._examined if program != name}

    def _run(self, case: Case, given: Given) -> None:
        name = case.program.name
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
        self._runs[name] = given, run
        self._done(case, run)
