"""The pytest adapter: `pytest --hexapla` collects one test a cell.

pytest loads it for everyone who has hexapla installed, so it imports nothing of hexapla until it is asked to.
"""

from __future__ import annotations

import warnings
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hexapla.adapters.pytest.session import Session

SESSION: pytest.StashKey[Session] = pytest.StashKey()
POSTS: pytest.StashKey[str] = pytest.StashKey()
"""What the ids of all cells begin with."""


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
    group.addoption("--hexapla-config", metavar="FILE", help="The site's mkdocs.yml.")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks."""
    for mark in ("hexapla: a cell of a post", "gpu", "network", "slow"):
        config.addinivalue_line("markers", mark)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """Keep the cells of an article on one xdist worker, so that its program runs once.

    `loadfile` and `loadscope` do so themselves; `each` has every worker run everything, as it says.
    """
    posts = config.stash.get(POSTS, "")
    if not posts or config.getoption("dist") not in ("load", "worksteal", "loadgroup"):
        return None
    from hexapla.adapters.pytest.workers import Spread

    return Spread(config, log, posts)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the script beside a generated page to its readers, and the one beside a record.

    pytest-markdown-docs and `--doctest-modules` would import, so run, them.
    """
    page = collection_path.with_suffix(".md")
    if collection_path.suffix != ".py":
        return None
    if collection_path.name == "program.py" and collection_path.with_name("run.json").is_file():
        return True
    if not page.is_file():
        return None
    with page.open(encoding="utf-8", errors="replace") as file:
        return any(file.readline().startswith("# Written by hexapla") for _ in range(2)) or None


def _mkdocs_yml(config: pytest.Config) -> Path:
    """Return the site's configuration: as it is named, or the nearest above what is tested."""
    here, root = config.invocation_params.dir, config.rootpath
    if named := config.getoption("hexapla_config"):
        return (here if (here / named).is_file() else root) / str(named)
    asked = [here / argument.partition("::")[0] for argument in config.args]
    above = (folder for one in (*asked, here) for folder in (one, *one.parents))
    found = (folder / "mkdocs.yml" for folder in (root, *above))
    return next((file for file in found if file.is_file()), root / "mkdocs.yml")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read the site before anything is collected, so that what keeps it from being read is said plainly."""
    config = session.config
    if not config.getoption("hexapla"):
        return
    from hexapla.adapters.pytest.session import Session
    from hexapla.model.errors import HexaplaError

    update, allowed = config.getoption("hexapla_update"), config.getoption("hexapla_allow")
    try:
        opened = Session(_mkdocs_yml(config), update=update, allowed=allowed)
    except HexaplaError as error:
        raise pytest.UsageError(f"hexapla cannot go on: {error}") from error
    session.stash[SESSION] = opened
    config.stash[POSTS] = opened.prefix(config.rootpath)
    if (said := opened.warning) and (terminal := config.pluginmanager.get_plugin("terminalreporter")):
        terminal.write_line(said)
    own = [str(opened.config.posts)] if config.args_source is config.ArgsSource.TESTPATHS else []
    config.args[:] = [opened.argument(arg, config.invocation_params.dir) for arg in [*config.args, *own]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect an article at the first of its posts, and what is wrong with a page that was asked for."""
    opened = parent.session.stash.get(SESSION, None)
    if opened is None or file_path.suffix != ".md":
        return None
    from hexapla.adapters.pytest.items import Post, Stranger

    name = opened.id_of(file_path, parent.config.rootpath)
    if name:
        return Post.from_parent(parent, name=name, path=file_path, nodeid=name)
    others = parent.config.getoption("markdowndocs", False)
    if others and not opened.post_of(file_path) and (problem := opened.stranger(file_path)):
        warnings.warn(pytest.PytestCollectionWarning(str(problem)), stacklevel=1)
    if others or not parent.session.isinitpath(file_path):
        return None
    return Stranger.from_parent(parent, path=file_path, problem=opened.stranger(file_path))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Start the fork server before a test's time begins, which pytest-timeout counts from here."""
    begin = getattr(item, "begin", None) if item.session.stash.get(SESSION, None) else None
    if begin and not item.config.getoption("setuponly", False):
        begin()
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the fork server."""
    if opened := session.stash.get(SESSION, None):
        opened.close()
