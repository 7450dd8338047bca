"""The pytest adapter: `pytest --hexapla` collects one test a cell.

pytest loads it for everyone who has hexapla installed, so it imports nothing of hexapla until it is asked to.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hexapla.adapters.pytest.document_session import DocumentSession
    from hexapla.adapters.pytest.session import SiteSession

SITE_SESSION: pytest.StashKey[SiteSession] = pytest.StashKey()
DOCUMENTS: pytest.StashKey[DocumentSession] = pytest.StashKey()
POSTS_PREFIX: pytest.StashKey[str] = pytest.StashKey()
"""What the ids of all posts' cells begin with; empty where no site is. Those of other cells begin with a file."""


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
    prefix = config.stash.get(POSTS_PREFIX, None)
    if prefix is None or config.getoption("dist") not in ("load", "worksteal", "loadgroup"):
        return None
    from hexapla.adapters.pytest.xdist_scheduler import ArticleScheduling

    return ArticleScheduling(config, log, prefix)


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


def _mkdocs_yml(config: pytest.Config) -> Path | None:
    """Return the site's configuration: as it is named, or the nearest above what is tested that has our plugin.

    None where there is none, and files are named, which need no site.
    """
    here, root = config.invocation_params.dir, config.rootpath
    if named := config.getoption("hexapla_config"):
        return (here if (here / named).is_file() else root) / str(named)
    tested = [here / argument.partition("::")[0] for argument in config.args]
    above = (folder for path in (*tested, here) for folder in (path, *path.parents))
    candidates = [file for folder in (root, *above) if (file := folder / "mkdocs.yml").is_file()]
    if ours := next((file for file in candidates if _is_ours(file)), None):
        return ours
    # Files that are named need no site.
    is_named = config.args_source is config.ArgsSource.ARGS
    return None if is_named else next(iter(candidates), root / "mkdocs.yml")


def _is_ours(file: Path) -> bool:
    """Return whether a mkdocs.yml may be one of a site of ours; it is read when it is."""
    text = file.read_text(encoding="utf-8", errors="replace")
    return "hexapla" in text or "INHERIT" in text


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read the site before anything is collected, so that what keeps it from being read is said plainly."""
    config = session.config
    if not config.getoption("hexapla"):
        return
    from hexapla.adapters.pytest.document_session import DocumentSession
    from hexapla.adapters.pytest.session import SiteSession
    from hexapla.model.errors import HexaplaError

    update, allowed = config.getoption("hexapla_update"), config.getoption("hexapla_allow")
    session.stash[DOCUMENTS] = DocumentSession(update=update, allowed=allowed)
    config.stash[POSTS_PREFIX] = ""
    file = _mkdocs_yml(config)
    if file is None:
        return
    try:
        site_session = SiteSession(file, update=update, allowed=allowed)
    except HexaplaError as error:
        raise pytest.UsageError(f"hexapla cannot go on: {error}") from error
    session.stash[SITE_SESSION] = site_session
    config.stash[POSTS_PREFIX] = site_session.prefix(config.rootpath)
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and (warning := site_session.warning):
        terminal.write_line(warning)
    # `testpaths` says where other tests are, and hides no posts.
    posts = site_session.places if config.args_source is config.ArgsSource.TESTPATHS else []
    folder = config.invocation_params.dir
    config.args[:] = [site_session.argument(argument, folder) for argument in [*config.args, *posts]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect an article at the first of its posts, any other Markdown by its cells, and what is wrong with a page."""
    documents = parent.session.stash.get(DOCUMENTS, None)
    if documents is None or not documents.takes(file_path):
        return None
    from hexapla.adapters.pytest.items import NotAPostFile, PostCollector

    site_session = parent.session.stash.get(SITE_SESSION, None)
    if site_session and (name := site_session.id_of(file_path, parent.config.rootpath)):
        return PostCollector.from_parent(
            parent, name=name, path=file_path, nodeid=name, site_session=site_session
        )
    of_markdown_docs = parent.config.getoption("markdowndocs", False)
    is_named = parent.session.isinitpath(file_path)
    if site_session and of_markdown_docs and not site_session.post_of(file_path):
        problem = site_session.not_a_post(file_path)
        if problem:
            warnings.warn(pytest.PytestCollectionWarning(str(problem)), stacklevel=1)
    if of_markdown_docs or (site_session and not is_named):
        return None
    if site_session and site_session.post_of(file_path):
        return NotAPostFile.from_parent(parent, path=file_path, site_session=site_session)
    name = Path(os.path.relpath(file_path, parent.config.rootpath)).as_posix()
    return PostCollector.from_parent(parent, name=name, path=file_path, nodeid=name, site_session=documents)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Start the fork server before a test's time begins, which pytest-timeout counts from here."""
    begin = getattr(item, "begin", None) if item.session.stash.get(DOCUMENTS, None) else None
    if begin and not item.config.getoption("setuponly", False):
        begin()
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the fork servers."""
    if site_session := session.stash.get(SITE_SESSION, None):
        site_session.runs.close()
    if documents := session.stash.get(DOCUMENTS, None):
        documents.runs.close()
