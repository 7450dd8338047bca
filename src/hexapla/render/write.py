"""Writing: articles and what is recorded of them → the files below docs/."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

from hexapla.config.config import Config
from hexapla.ledger import status
from hexapla.ledger.ledger import Ledger, Record
from hexapla.model.article import Article
from hexapla.model.problem import Problem
from hexapla.render import article_page, coverage_page, lists, notebook, status_page
from hexapla.render.catalog import Catalog, catalog_of
from hexapla.render.outputs import FIGURES
from hexapla.render.page import MARK
from hexapla.storage import cache, files

FILE = Path(".hexapla", "cache", "pages.json")
"""The digests of what was written, below the site's folder; safe to delete, and never to be committed."""
STYLE = "hexapla.css"
"""How outputs look: written with the pages, so that it comes with each version of hexapla."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the pages changed."""

    pages: int
    changed: int
    removed: int
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Files that are made together, as path below docs/ → text."""

    texts: Mapping[str, str] = field(default_factory=dict)
    steady: bool = True
    """Whether the same articles always make the same; not so where git was asked."""


def pages(
    config: Config,
    articles: Sequence[Article],
    ledgers: Mapping[str, Ledger],
    keys: Mapping[str, str] = MappingProxyType({}),
    together: Callable[[], Together] = Together,
) -> dict[str, str | None]:
    """Return every file that articles give, as path below docs/ → text; None where the file there is that text.

    `ledgers` and `keys` are by slug; an article's key is equal for equal articles only, or empty. `together`
    gives further files that are made of all articles.
    """
    texts: dict[str, str | None] = {f"{FIGURES}/{STYLE}": files.template(STYLE)}
    catalog = catalog_of(articles)
    known = _Known(config)
    told = config.key + repr(catalog.topics)
    parts = {article.slug: _part(article, ledgers[article.slug], catalog, keys, told) for article in articles}
    taken = [name for name in _overviews(config) if not _is_free(config.docs / name)]
    whole = repr((parts, taken)) if all(parts.values()) else ""
    texts |= known.files(whole, together)
    for article in articles:
        make = partial(_files, config, article, ledgers[article.slug], catalog)
        texts |= known.files(parts[article.slug], make)
    texts |= known.files(f"lists {whole}" if whole else "", partial(_lists, config, catalog))
    known.keep()
    return texts


def _part(article: Article, ledger: Ledger, catalog: Catalog, keys: Mapping[str, str], told: str) -> str:
    """Return the digest of all that an article's files depend on, `told` for all; empty where nobody can tell."""
    shown = [keys.get(one.slug, "") for one in (article, *catalog.related_to(article.slug))]
    if not all(shown):
        return ""
    return cache.digest(*shown, told, repr(ledger))


class _Known:
    """Which files were written for which key, and still are as they were written."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._old = cache.load(config.root / FILE)
        self._new: dict[str, Mapping[str, str]] = {}

    def files(self, key: str, make: Callable[[], Together]) -> dict[str, str | None]:
        """Return the files of a key: None for each where all are written, else what `make` makes."""
        key = cache.digest(key) if key else ""
        if key in self._old and self._are_written(self._old[key]):
            self._new[key] = self._old[key]
            return dict.fromkeys(self._old[key])
        made = make()
        if key and made.steady:
            self._new[key] = {name: cache.digest(text) for name, text in made.texts.items()}
        return dict(made.texts)

    def keep(self) -> None:
        """Keep what is known now for the next time."""
        if self._new != self._old:
            cache.save(self._config.root / FILE, self._new)

    def _are_written(self, digests: Mapping[str, str]) -> bool:
        docs = self._config.docs
        return all(
            cache.digest(files.read_if_there(docs / name)) == digest for name, digest in digests.items()
        )


def _files(config: Config, article: Article, ledger: Ledger, catalog: Catalog) -> Together:
    """Return the files of one article: in each language its page and what belongs to it, and the figures."""
    texts: dict[str, str] = {}
    for language in config.codes:
        texts |= _page(config, article, ledger, language, catalog)
    texts |= {page.path: page.text for page in article_page.figure_files(article, ledger.records)}
    return Together(texts=texts)


def _lists(config: Config, catalog: Catalog) -> Together:
    """Return each language's list of articles."""
    found = (lists.list_page(catalog, language) for language in config.codes)
    return Together(texts={page.path: page.text for page in found})


def _overviews(config: Config) -> Iterator[str]:
    return (f"{language}/{status_page.NAME}" for language in config.codes)


def account(config: Config, rows: Sequence[coverage_page.CoverageRow]) -> dict[str, str]:
    """Return the page in each language that accounts for the blocks, and the badge."""
    names = _names(config)
    found = [coverage_page.coverage_page(rows, language, names) for language in config.codes]
    share = coverage_page.share(coverage_page.total_counts(rows))
    return {page.path: page.text for page in (*found, coverage_page.coverage_badge(share))}


def standings(config: Config, rows: Sequence[status.Row]) -> dict[str, str]:
    """Return the page in each language that shows how translations stand; one of the user's own goes first."""
    names = _names(config)
    found = [status_page.status_page(rows, language, names) for language in config.codes]
    return {page.path: page.text for page in found if _is_free(config.docs / page.path)}


def write(config: Config, texts: Mapping[str, str | None]) -> Written:
    """Write files below docs/ (None: it is there) and remove what an earlier call wrote and nothing gives any more.

    A page that hexapla did not write is left alone, and is a problem.
    """
    problems, changed = [], 0
    for name, text in texts.items():
        if text is None:
            continue
        path = config.docs / name
        if path.suffix == ".md" and not _is_free(path):
            problems.append(_not_ours(config, path))
            continue
        changed += files.write(path, text)
    cache = {config.docs / name for name in texts}
    removed = files.remove(path for path in _generated(config) if path not in cache)
    return Written(pages=len(texts), changed=changed, removed=removed, problems=tuple(problems))


def _page(
    config: Config, article: Article, ledger: Ledger, language: str, catalog: Catalog
) -> dict[str, str]:
    """Return an article's page in a language, and what the reader may take away from it."""
    source = language if language in article.posts else article.original
    program = article.program_of(source)
    record = ledger.record_of(program) if program else Record()
    page = article_page.article_page(
        article,
        language,
        record,
        keep_claims=config.keep_claims,
        made=ledger.translations.get(language),
        catalog=catalog,
        tabs="pymdownx.blocks.tab" in config.extensions,
    )
    texts = {page.path: page.text}
    if program and program.cells:
        stem = page.path.removesuffix(".md")
        texts[f"{stem}.ipynb"] = notebook.notebook(article, source, record)
        texts[f"{stem}.py"] = notebook.percent_script(article, source, record)
    return texts


def _names(config: Config) -> dict[str, str]:
    return {language.code: language.name for language in config.languages}


def _generated(config: Config) -> Iterator[Path]:
    """Yield what an earlier call wrote below docs/."""
    for pattern in ("*/posts/*.md", f"*/{status_page.NAME}"):
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
