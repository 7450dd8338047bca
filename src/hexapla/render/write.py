"""Write: articles and what is recorded of them → the files below docs/."""

import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from glob import glob
from pathlib import Path

from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger, Record
from hexapla.ledger.status import ArticleStatus
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.model.problem import Problem
from hexapla.model.program import Program
from hexapla.normalize.rules import links
from hexapla.render import article_page, coverage_page, lists, notebook, series_page, status_page
from hexapla.render.catalog import Catalog, catalog_of
from hexapla.render.output_edits import View
from hexapla.render.outputs import FIGURES
from hexapla.render.page import MARK, Page
from hexapla.render.summary import outlined, summaries, summarized
from hexapla.render.svg import cleaned
from hexapla.storage import attachments, files
from hexapla.storage.cache import FOLDER, Cache, digest_of

STYLE = "hexapla.css"
"""How outputs look: written with the pages, so that it comes with each version of hexapla."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the pages changed."""

    pages: int
    changed: int
    removed: int
    problems: tuple[Problem, ...] = field(default=())


def article_files(
    config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[dict[str, str], tuple[Crash, ...]]:
    """Return every file that articles give, as path below docs/ → text; `ledgers` is by slug.

    An article that cannot be shown gives none, and no page names it.
    """
    catalogs = catalogs_by_language(config, articles)
    by_slug = {article.slug: article for article in articles}
    common = digest_of(config)
    digests = {article.slug: digest_of(article) for article in articles}
    distinct = {id(catalog): (catalog, catalog.topics.of_each()) for catalog in catalogs.values()}.values()
    inputs = {
        slug: (
            common,
            digest,
            ledgers[slug],
            [(_told_of_others(catalog, slug, digests), topics.get(slug, {})) for catalog, topics in distinct],
        )
        for slug, digest in digests.items()
    }
    pages = cache.memo(
        "pages",
        inputs,
        lambda slugs: [
            attempt(_path(by_slug[slug]), partial(_files, config, by_slug[slug], ledgers[slug], catalogs))
            for slug in slugs
        ],
        dict[str, str],
    )
    if crashes := tuple(made for made in pages.values() if isinstance(made, Crash)):
        shown = [article for article in articles if not isinstance(pages[article.slug], Crash)]
        texts, more = article_files(config, shown, ledgers, cache)
        return texts, (*crashes, *more)
    of_lists = digest_of((config, [catalog.topics for catalog in catalogs.values()]))
    lists = cache.memo(
        "lists",
        {"": (of_lists, digests)},
        lambda _: [_lists(config, catalogs, of_lists, cache)],
        dict[str, str],
    )
    texts = {f"{FIGURES}/{STYLE}": files.template(STYLE)}
    for made in pages.values():
        texts |= made if isinstance(made, dict) else {}
    return texts | lists[""], ()


def _told_of_others(catalog: Catalog, slug: str, digests: Mapping[str, str]) -> tuple[object, ...]:
    """Return what an article's pages tell of others, all that these hold by their digests."""
    return (
        [digests[near.slug] for near in catalog.related_to(slug)],
        catalog.series_with(slug),
        [digests[near.slug] for near in catalog.read_beside(slug)],
    )


def _path(article: Article) -> str:
    """Return the path of an article's original."""
    return article.posts[article.original].path


def write_article(
    config: Config, article: Article, ledger: Ledger, catalogs: Mapping[str, Catalog]
) -> frozenset[str]:
    """Write the files of one article where they differ; return their paths below docs/."""
    texts = _files(config, article, ledger, catalogs).items()
    places = ((name, config.docs / name, text) for name, text in texts)
    return frozenset(
        name
        for name, path, text in places
        if (path.suffix != ".md" or _is_free(path)) and files.write(path, text, durable=False)
    )


def catalogs_by_language(config: Config, articles: Sequence[Article]) -> dict[str, Catalog]:
    """Return what pages in each language tell of other articles: of all, unless readers get only what is in theirs."""
    if config.fallback != "none":
        return dict.fromkeys(config.codes, catalog_of(articles))
    return {
        code: catalog_of([article for article in articles if code in article.posts]) for code in config.codes
    }


def _files(
    config: Config, article: Article, ledger: Ledger, catalogs: Mapping[str, Catalog]
) -> dict[str, str]:
    """Return the files of one article: in each language its page and what belongs to it, and the figures."""
    texts = {page.path: page.text for page in article_page.figure_files(article, ledger.records)}
    for language, catalog in catalogs.items():
        if language in article.posts or config.fallback == "page":
            texts |= _page(config, article, ledger, language, catalog)
    return texts


def _lists(config: Config, catalogs: Mapping[str, Catalog], common: str, cache: Cache) -> dict[str, str]:
    """Return each language's list of articles, and the pages of series: made again where they would say something else.

    `common` is the digest of what all of them show besides the articles.
    """
    whole = {slug: article for catalog in catalogs.values() for slug, article in catalog.articles.items()}
    said = cache.memo(
        "summaries",
        {slug: summarized(article) for slug, article in whole.items()},
        lambda slugs: [summaries(whole[slug]) for slug in slugs],
        dict[str, str],
    )
    outlines = {slug: outlined(article, said[slug]) for slug, article in whole.items()}
    inputs = {
        language: (language, common, {slug: outlines[slug] for slug in catalog.articles}, catalog.series)
        for language, catalog in catalogs.items()
    }

    def make(languages: Sequence[str]) -> Iterator[dict[str, str]]:
        for language in languages:
            catalog = catalogs[language]
            shown = replace(catalog, articles={slug: outlines[slug] for slug in catalog.articles})
            pages = [
                lists.list_page(shown, language),
                *(series_page.series_page(series, shown, language) for series in shown.series),
            ]
            yield {page.path: page.text for page in pages}

    made = cache.memo("listed", inputs, make, dict[str, str])
    return {path: text for texts in made.values() for path, text in texts.items()}


def coverage_files(config: Config, rows: Sequence[coverage_page.CoverageRow]) -> dict[str, str]:
    """Return the page in each language that accounts for the blocks, and the badge."""
    names = _names(config)
    made = [coverage_page.coverage_page(rows, language, names) for language in config.codes]
    share = coverage_page.share(coverage_page.total_counts(rows))
    return {page.path: page.text for page in (*made, coverage_page.coverage_badge(share))}


def status_files(config: Config, rows: Sequence[ArticleStatus], cache: Cache) -> dict[str, str]:
    """Return the page in each language that shows how translations stand; one of the user's own goes first."""
    names = _names(config)

    def make(languages: Sequence[str]) -> list[str]:
        return [status_page.status_page(rows, language, names).text for language in languages]

    known = digest_of((names, rows))
    inputs = {language: (language, known) for language in config.codes}
    texts = cache.memo("status-pages", inputs, make, str)
    paths = {f"{language}/{status_page.NAME}": text for language, text in texts.items()}
    return {path: text for path, text in paths.items() if _is_free(config.docs / path)}


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
            made = attempt(_path(article), partial(attachments.archive, article))
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


def _page(
    config: Config, article: Article, ledger: Ledger, language: str, catalog: Catalog
) -> dict[str, str]:
    """Return an article's page in a language, and what the reader may take away from it."""
    page = shown_page(config, article, ledger, language, catalog)
    texts = {page.path: page.text}
    source, program, record = _shown(article, ledger, language)
    if program and program.cells and program.is_one_script:
        stem = page.path.removesuffix(".md")
        texts[f"{stem}.ipynb"] = notebook.notebook(article, source, record)
        texts[f"{stem}.py"] = notebook.percent_script(article, source, record)
    return texts


def _shown(article: Article, ledger: Ledger, language: str) -> tuple[str, Program | None, Record]:
    """Return what readers of a language get of an article: the version, by its language, its program and its record."""
    source = language if language in article.posts else article.original
    program = article.program_of(source)
    return source, program, ledger.record_of(program) if program else Record()


def shown_page(
    config: Config,
    article: Article,
    ledger: Ledger,
    language: str,
    catalog: Catalog,
    view: View = View.READER,
) -> Page:
    """Return an article's page in a language, for whom `view` says."""
    folder = "" if language == config.default_language else f"{language}/"
    return article_page.article_page(
        article,
        language,
        _shown(article, ledger, language)[2],
        keep_claims=config.keep_claims,
        made=ledger.translations.get(language),
        catalog=catalog,
        tabs="pymdownx.blocks.tab" in config.extensions,
        templated=config.templated,
        default_language=config.default_language,
        colab=config.colab and f"{config.colab}/{folder}posts/",
        status=f"../{status_page.NAME}#{status_page.BEHIND}"
        if config.status and len(config.codes) > 1
        else "",
        view=view,
    )


def _names(config: Config) -> dict[str, str]:
    return {language.code: language.name for language in config.languages}


def _left_over(config: Config, texts: Container[str]) -> Iterator[Path]:
    """Yield what an earlier call wrote below docs/, and what is not among the files of this one."""
    pages = ("*/posts/*.md", f"*/{status_page.NAME}")
    for pattern in (*pages, "*/posts/*.ipynb", "*/posts/*.py", f"{FIGURES}/*/*.svg", f"{FIGURES}/*/*.zip"):
        for place in glob(pattern, root_dir=config.docs, include_hidden=True):  # noqa: PTH207 - half as fast
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
