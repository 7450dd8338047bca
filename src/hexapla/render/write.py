"""Write: the files of a site's articles, below docs/."""

import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from glob import glob
from pathlib import Path

from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger
from hexapla.ledger.status import ArticleStatus
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.model.problem import Problem
from hexapla.normalize.rules import links
from hexapla.render import coverage_page, status_page
from hexapla.render.article_files import files_of_article
from hexapla.render.catalog import Catalog
from hexapla.render.outputs import FIGURES
from hexapla.render.page import MARK
from hexapla.render.svg import cleaned
from hexapla.storage import attachments, files
from hexapla.storage.cache import FOLDER, Cache, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the pages changed."""

    pages: int
    changed: int
    removed: int
    problems: tuple[Problem, ...] = field(default=())


def write_article(
    config: Config, article: Article, ledger: Ledger, catalogs: Mapping[str, Catalog]
) -> frozenset[str]:
    """Write the files of one article where they differ; return their paths below docs/."""
    texts = files_of_article(config, article, ledger, catalogs).items()
    places = ((name, config.docs / name, text) for name, text in texts)
    return frozenset(
        name
        for name, path, text in places
        if (path.suffix != ".md" or _is_free(path)) and files.write(path, text, durable=False)
    )


def coverage_files(config: Config, rows: Sequence[coverage_page.CoverageRow]) -> dict[str, str]:
    """Return the page in each language that accounts for the blocks, and the badge."""
    names = _names(config)
    made = [coverage_page.coverage_page(rows, language, names) for language in config.codes]
    share = coverage_page.share(coverage_page.total_counts(rows))
    return {page.path: page.text for page in (*made, coverage_page.coverage_badge(share))}


def status_files(
    config: Config, rows: Sequence[ArticleStatus], states: Mapping[str, str], cache: Cache
) -> dict[str, str]:
    """Return the pages in each language that show how translations stand; one of the user's own goes first.

    `states` says in which folder the page is that tells of an article, by slug, where one page does not tell of all.
    """
    names = _names(config)

    def make(languages: Sequence[str]) -> list[dict[str, str]]:
        made = (status_page.status_pages(rows, language, names, states) for language in languages)
        return [{page.path: page.text for page in pages} for pages in made]

    known = digest_of((names, rows, states))
    inputs = {language: (language, known) for language in config.codes}
    texts = cache.memo("status-pages", inputs, make, dict[str, str])
    return {
        path: text for pages in texts.values() for path, text in pages.items() if _is_free(config.docs / path)
    }


@contextmanager
def building(config: Config, on_wait: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Hold a site against other builds on this machine, where that can be; `on_wait` is told of a wait."""
    with ExitStack() as stack:
        with suppress(OSError):
            said = "Another hexapla is building this site; this one goes on when that has ended."
            stack.enter_context(files.locked(config.root / FOLDER.parent, lambda: on_wait(said)))
        yield


def write_archives(config: Config, articles: Sequence[Article]) -> tuple[frozenset[str], tuple[Crash, ...]]:
    """Write the files that articles bring along, as an archive each; return the archives' paths below docs/."""
    names, crashes = set(), []
    for article in articles:
        if not (called := attachments.archive_name(article)):
            continue
        names.add(name := f"{FIGURES}/{called}")
        if not (config.docs / name).exists():
            made = attempt(article.posts[article.original].path, partial(attachments.archive, article))
            if isinstance(made, Crash):
                crashes.append(made)
            else:
                files.write_bytes(config.docs / name, made, durable=False)
    return frozenset(names), tuple(crashes)


def write_files(config: Config, texts: Mapping[str, str], archives: Set[str] = frozenset()) -> Written:
    """Write files below docs/ where they differ, and remove what an earlier call wrote and nothing gives any more.

    `archives` are the paths of what `write_archives` wrote.

    A page that hexapla did not write is left alone, and is a problem.
    """
    problems, changed = [], 0
    files.remove_asides(config.docs)
    for name, text in texts.items():
        path = config.docs / name
        if files.holds(path, text):
            continue
        if path.suffix == ".md" and not _is_free(path):
            problems.append(_not_ours(config, path))
            continue
        changed += files.write(path, text, durable=False)
    removed = files.remove(_left_over(config, texts.keys() | archives))
    return Written(pages=len(texts), changed=changed, removed=removed, problems=tuple(problems))


def copy_asset(config: Config, asset: str) -> None:
    """Copy a file that posts show into docs/: a path relative to the site's folder. A drawing is cleaned."""
    source, target = config.root / asset, config.docs / links.ASSETS / asset
    if source.suffix.lower() == ".svg":
        files.write_bytes(target, cleaned(source.read_bytes()))
    else:
        files.copy(source, target)


def _names(config: Config) -> dict[str, str]:
    return {language.code: language.name for language in config.languages}


def _left_over(config: Config, texts: Container[str]) -> Iterator[Path]:
    """Yield what an earlier call wrote below docs/, and what is not among the files of this one."""
    pages = ("*/posts/**/*.md", f"*/{status_page.NAME}", f"*/{status_page.FOLDER}/**/*.md")
    for pattern in (*pages, "*/posts/*.ipynb", "*/posts/*.py", f"{FIGURES}/*/*.svg", f"{FIGURES}/*/*.zip"):
        for place in glob(pattern, root_dir=config.docs, recursive=True, include_hidden=True):  # noqa: PTH207 - half as fast
            name = place.replace(os.sep, "/")
            if name not in texts and (pattern not in pages or is_ours(config.docs / name)):
                yield config.docs / name


def _is_free(path: Path) -> bool:
    return not path.exists() or is_ours(path)


def is_ours(path: Path) -> bool:
    """Return whether hexapla wrote a page."""
    mark = MARK.split("{")[0]
    with path.open(encoding="utf-8", errors="replace") as file:
        return any(line.startswith(mark) for line in (file.readline(), file.readline()))


def _not_ours(config: Config, path: Path) -> Problem:
    return Problem(
        path=path.relative_to(config.root).as_posix(),
        line=1,
        code="page-in-the-way",
        message="A page that hexapla did not write stands where a generated page belongs; it was left alone.",
        hint="Move it out of this folder.",
    )
