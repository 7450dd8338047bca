"""The pytest adapter: `pytest --hexapla` collects one test a cell.

pytest loads it for everyone who has hexapla installed, so it imports nothing of hexapla until it is asked to.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hexapla.testing.session import Session

SESSION: pytest.StashKey[Session] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; nothing happens without `--hexapla`."""
    group = parser.getgroup("hexapla", "run the code blocks of posts and compare with their recorded outputs")
    group.addoption("--hexapla", action="store_true", help="Collect one test a cell of the site's posts.")
    group.addoption("--hexapla-update", action="store_true", help="Record what the cells show now.")
    group.addoption(
        "--hexapla-allow",
        action="append",
        default=[],
        choices=["network", "slow"],
        help="Run such `fixture:` cells too.",
    )
    group.addoption("--hexapla-config", default="mkdocs.yml", metavar="FILE", help="The site's mkdocs.yml.")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks, and keep the cells of an article on one xdist worker: its program runs once."""
    for mark in ("hexapla: a cell of a post", "gpu", "network", "slow"):
        config.addinivalue_line("markers", mark)
    # These two would spread an article over the workers; other ways were chosen by the user for their groups.
    if config.getoption("hexapla") and config.getoption("dist", "no") in ("load", "worksteal"):
        config.option.dist = "loadscope"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the script beside a generated page to its readers: pytest-markdown-docs would import, so run, it."""
    page = collection_path.with_suffix(".md")
    if collection_path.suffix != ".py" or not page.is_file():
        return None
    with page.open(encoding="utf-8", errors="replace") as file:
        return any(file.readline().startswith("# Written by hexapla") for _ in range(2)) or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read the site before anything is collected, so that what keeps it from being read is said plainly."""
    config = session.config
    if not config.getoption("hexapla"):
        return
    from hexapla.errors import HexaplaError
    from hexapla.testing.session import Session

    file = config.rootpath / config.getoption("hexapla_config")
    try:
        opened = Session(
            file, update=config.getoption("hexapla_update"), allowed=config.getoption("hexapla_allow")
        )
    except HexaplaError as error:
        raise pytest.UsageError(f"hexapla cannot go on: {error}") from error
    session.stash[SESSION] = opened
    if (said := opened.warning) and (terminal := config.pluginmanager.get_plugin("terminalreporter")):
        terminal.write_line(said)
    own = [str(opened.config.posts)] if config.args_source is config.ArgsSource.TESTPATHS else []
    config.args[:] = [opened.argument(arg, config.invocation_params.dir) for arg in [*config.args, *own]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect an article at the first of its posts, and what is wrong with a page that was asked for."""
    opened = parent.session.stash.get(SESSION, None)
    if opened is None or file_path.suffix != ".md":
        return None
    from hexapla.testing.items import Post, Stranger

    name = opened.id_of(file_path, parent.config.rootpath)
    if name:
        return Post.from_parent(parent, name=name, path=file_path, nodeid=name)
    others = parent.config.getoption("markdowndocs", False)
    if others and not opened.post_of(file_path) and (problem := opened.stranger(file_path)):
        warnings.warn(pytest.PytestCollectionWarning(str(problem)), stacklevel=1)
    if others or not parent.session.isinitpath(file_path):
        return None
    return Stranger.from_parent(parent, path=file_path, problem=opened.stranger(file_path))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the fork server."""
    if opened := session.stash.get(SESSION, None):
        opened.close()
