"""Writing: articles and what is recorded of them → the files below docs/."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hexapla import accounting, files, listing, notebooks, overview, render, standing
from hexapla.articles import Article
from hexapla.config import Config
from hexapla.labels import states
from hexapla.ledger import Ledger, Record
from hexapla.page import MARK
from hexapla.problems import Problem
from hexapla.shelf import Shelf, shelve
from hexapla.shown import FIGURES

STYLE = "hexapla.css"
"""How outputs look: written with the pages, so that it comes with each version of hexapla."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the pages changed."""

    pages: int
    changed: int
    removed: int
    problems: tuple[Problem, ...] = field(default=())


def pages(config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger]) -> dict[str, str]:
    """Return every file that articles give, as path below docs/ → text; `ledgers` is by slug."""
    texts = {f"{FIGURES}/{STYLE}": files.template(STYLE)}
    shelf = shelve(articles)
    for article in articles:
        ledger = ledgers[article.slug]
        for language in config.codes:
            texts |= _page(config, article, ledger, language, shelf)
        texts |= {page.path: page.text for page in render.figures(article, ledger.records)}
    lists = (listing.page(shelf, language, names=_names(config)) for language in config.codes)
    return texts | {page.path: page.text for page in lists}


def account(config: Config, rows: Sequence[accounting.Row]) -> dict[str, str]:
    """Return the page in each language that accounts for the blocks, and the badge."""
    names = _names(config)
    found = [accounting.page(rows, language, names) for language in config.codes]
    share = accounting.share(accounting.total(rows))
    return {page.path: page.text for page in (*found, accounting.badge(share, states("en")))}


def standings(config: Config, rows: Sequence[standing.Row]) -> dict[str, str]:
    """Return the page in each language that shows how translations stand; one of the user's own goes first."""
    names = _names(config)
    found = [overview.page(rows, language, names) for language in config.codes]
    return {page.path: page.text for page in found if _is_free(config.docs / page.path)}


def write(config: Config, texts: Mapping[str, str]) -> Written:
    """Write files below docs/ and remove what an earlier call wrote and nothing gives any more.

    A page that hexapla did not write is left alone, and is a problem.
    """
    problems, changed = [], 0
    for name, text in texts.items():
        path = config.docs / name
        if path.suffix == ".md" and not _is_free(path):
            problems.append(_not_ours(config, path))
            continue
        changed += files.write(path, text)
    kept = {config.docs / name for name in texts}
    removed = files.remove(path for path in _generated(config) if path not in kept)
    return Written(pages=len(texts), changed=changed, removed=removed, problems=tuple(problems))


def _page(config: Config, article: Article, ledger: Ledger, language: str, shelf: Shelf) -> dict[str, str]:
    """Return an article's page in a language, and what the reader may take away from it."""
    source = language if language in article.posts else article.original
    program = article.program_of(source)
    record = ledger.record_of(program) if program else Record()
    page = render.render(
        article,
        language,
        record,
        names=_names(config),
        keep_claims=config.keep_claims,
        made=ledger.translations.get(language),
        shelf=shelf,
        tabs="pymdownx.blocks.tab" in config.extensions,
    )
    texts = {page.path: page.text}
    if program and program.cells:
        stem = page.path.removesuffix(".md")
        texts[f"{stem}.ipynb"] = notebooks.notebook(article, source, record)
        texts[f"{stem}.py"] = notebooks.script(article, source)
    return texts


def _names(config: Config) -> dict[str, str]:
    return {language.code: language.name for language in config.languages}


def _generated(config: Config) -> Iterator[Path]:
    """Yield what an earlier call wrote below docs/."""
    for pattern in ("*/posts/*.md", f"*/{overview.NAME}"):
        yield from (path for path in sorted(config.docs.glob(pattern)) if is_ours(path))
    yield from (
        path for suffix in ("ipynb", "py") for path in sorted(config.docs.glob(f"*/posts/*.{suffix}"))
    )
    yield from sorted((config.docs / FIGURES).glob("*/*.svg"))


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
