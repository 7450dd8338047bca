"""The pytest adapter: `pytest --hexapla` collects one test a cell.

pytest loads it for everyone who has hexapla installed, so it imports nothing of hexapla until it is asked to.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hexapla.cases import Case
    from hexapla.problems import Problem
    from hexapla.session import Session

_SESSION: pytest.StashKey[Session] = pytest.StashKey()


class CellError(Exception):
    """A cell, or a post, has problems; they are its arguments."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; nothing happens without `--hexapla`."""
    group = parser.getgroup("hexapla", "run the code blocks of posts and compare with their recorded outputs")
    group.addoption("--hexapla", action="store_true", help="Collect one test a cell of the site's posts.")
    group.addoption("--hexapla-update", action="store_true", help="Record what the cells show now.")
    group.addoption("--hexapla-config", default="mkdocs.yml", metavar="FILE", help="The site's mkdocs.yml.")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks, and keep the cells of an article on one xdist worker: its program runs once."""
    for mark in ("hexapla: a cell of a post", "gpu", "network", "slow"):
        config.addinivalue_line("markers", mark)
    if config.getoption("hexapla") and config.getoption("dist", "no") == "load":
        config.option.dist = "loadscope"


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read the site before anything is collected, so that what keeps it from being read is said plainly."""
    config = session.config
    if not config.getoption("hexapla"):
        return
    from hexapla.errors import HexaplaError
    from hexapla.session import Session

    file = config.rootpath / config.getoption("hexapla_config")
    try:
        opened = Session(file, update=config.getoption("hexapla_update"))
    except HexaplaError as error:
        raise pytest.UsageError(f"hexapla cannot go on. {error}") from error
    session.stash[_SESSION] = opened
    own = [str(opened.config.posts)] if config.args_source is config.ArgsSource.TESTPATHS else []
    config.args[:] = [opened.argument(arg, config.invocation_params.dir) for arg in [*config.args, *own]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect an article at the first of its posts."""
    opened = parent.session.stash.get(_SESSION, None)
    name = opened.id_of(file_path, parent.config.rootpath) if opened else ""
    return Post.from_parent(parent, name=name, path=file_path, nodeid=name) if name else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the fork server."""
    if opened := session.stash.get(_SESSION, None):
        opened.close()


class Post(pytest.Collector):
    """The cells of an article. No `pytest.File`: `--lf` skips files that it does not find by their id."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test a cell, and one for what is wrong before anything runs."""
        opened = self.session.stash[_SESSION]
        errors, found = opened.tests_at(self.path)
        if errors:
            yield self._cell("problems", errors=errors)
        for case in found:
            yield self._cell(case.name, case=case)

    def _cell(self, name: str, **options: Any) -> Cell:
        # Given as text, pytest reads the brackets as parameters, as it does in the ids that --lf remembers.
        return Cell.from_parent(self, name=name, nodeid=f"{self.nodeid}::{name}", **options)


class Cell(pytest.Item):
    """One cell of a program, or the errors of a post."""

    def __init__(self, *, case: Case | None = None, errors: tuple[Problem, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self.case, self.errors = case, errors
        self.place = case.places[0] if case else errors[0]
        self.user_properties += [("page", self.place.path), ("line", self.place.line)]
        for mark in ("hexapla", *(case.marks if case else ())):
            self.add_marker(mark)

    def runtest(self) -> None:
        """Run the cell's program, unless another of its cells had it run."""
        examine = self.session.stash[_SESSION].examine
        problems, excuse, remark = examine(self.case) if self.case else (self.errors, "", "")
        if remark:
            self.warn(pytest.PytestWarning(remark))
        if excuse:
            pytest.skip(excuse)
        if problems:
            raise CellError(*problems)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Show the problems, and no traceback through pytest."""
        ours = isinstance(excinfo.value, CellError)
        return "\n".join(map(str, excinfo.value.args)) if ours else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, int, str]:
        """Return where the cell stands."""
        return str(self.session.stash[_SESSION].config.root / self.place.path), self.place.line - 1, self.name
