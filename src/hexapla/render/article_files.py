"""Article files: articles and what is recorded of them → every file that they give, as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger, Record
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.model.program import Program
from hexapla.render import article_page, lists, notebook, series_page, status_page
from hexapla.render.catalog import Catalog, catalog_of
from hexapla.render.output_edits import View
from hexapla.render.outputs import FIGURES
from hexapla.render.page import Page
from hexapla.render.paged_lists import paged_lists
from hexapla.render.paging import folders_of
from hexapla.render.related import library_names, program_code
from hexapla.render.summary import outlined, summaries, summarized
from hexapla.storage import files
from hexapla.storage.cache import Cache, digest_of

STYLE = "hexapla.css"
"""How outputs look: written with the pages, so that it comes with each version of hexapla."""


def article_files(
    config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[dict[str, str], tuple[Crash, ...]]:
    """Return every file that articles give, as path below docs/ → text; `ledgers` is by slug.

    An article that cannot be shown gives none, and no page names it.
    """
    catalogs = catalogs_by_language(config, articles, cache)
    by_slug = {article.slug: article for article in articles}
    digests = {article.slug: digest_of(article) for article in articles}

    def make(slugs: Sequence[str]) -> Iterator[dict[str, str] | Crash]:
        for article in map(by_slug.__getitem__, slugs):
            made = partial(files_of_article, config, article, ledgers[article.slug], catalogs)
            yield attempt(article.posts[article.original].path, made)

    inputs = _inputs(config, ledgers, catalogs, digests)
    pages = cache.memo("pages", inputs, make, dict[str, str], jobs=config.options.jobs)
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


def _inputs(
    config: Config,
    ledgers: Mapping[str, Ledger],
    catalogs: Mapping[str, Catalog],
    digests: Mapping[str, str],
) -> dict[str, tuple[object, ...]]:
    """Return all that the files of each article depend on, by slug; `digests` are those of the articles."""
    common = digest_of(config)
    distinct = {id(catalog): (catalog, catalog.topics.of_each()) for catalog in catalogs.values()}.values()
    return {
        slug: (
            common,
            digest,
            ledgers[slug],
            [
                (_told_of_others(catalog, slug, digests), topics.get(slug, {}), catalog.topics.apart)
                for catalog, topics in distinct
            ],
        )
        for slug, digest in digests.items()
    }


def _told_of_others(catalog: Catalog, slug: str, digests: Mapping[str, str]) -> tuple[object, ...]:
    """Return what an article's pages tell of others, all that these hold by their digests."""
    return (
        [digests[near.slug] for near in catalog.related_to(slug)],
        catalog.series_with(slug),
        [digests[near.slug] for near in catalog.read_beside(slug)],
        catalog.states.get(slug),
    )


def catalogs_by_language(config: Config, articles: Sequence[Article], cache: Cache) -> dict[str, Catalog]:
    """Return what pages in each language tell of other articles: of all, unless readers get only what is in theirs."""
    by_slug = {article.slug: article for article in articles}
    names = cache.memo(
        "libraries",
        {slug: program_code(article) for slug, article in by_slug.items()},
        lambda slugs: [library_names(by_slug[slug]) for slug in slugs],
        frozenset[str],
    )

    states = folders_of(status_page.FOLDER, articles)

    def of(code: str) -> Catalog:
        shown = (article for article in articles if not code or code in article.posts)
        return replace(catalog_of(shown, lambda article: names[article.slug]), states=states)

    if config.fallback != "none":
        return dict.fromkeys(config.codes, of(""))
    return {code: of(code) for code in config.codes}


def files_of_article(
    config: Config, article: Article, ledger: Ledger, catalogs: Mapping[str, Catalog]
) -> dict[str, str]:
    """Return the files of one article: in each language its page and what belongs to it, and the figures."""
    texts = {page.path: page.text for page in article_page.figure_files(article, ledger.records)}
    for language, catalog in catalogs.items():
        if language in article.posts or config.fallback == "page":
            texts |= _page(config, article, ledger, language, catalog)
    return texts


def _page(
    config: Config, article: Article, ledger: Ledger, language: str, catalog: Catalog
) -> dict[str, str]:
    """Return an article's page in a language, and what the reader may take away from it."""
    page = shown_page(config, article, ledger, language, catalog)
    texts = {page.path: page.text}
    source, program, record = _shown(article, ledger, language)
    if program and program.cells and program.is_one_script:
        stem = page.path.removesuffix(".md")
        texts[f"{stem}.ipynb"], texts[f"{stem}.py"] = notebook.downloads(article, source, record)
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
                *paged_lists(shown, language),
                *(series_page.series_page(series, shown, language) for series in shown.series),
            ]
            yield {page.path: page.text for page in pages}

    made = cache.memo("listed", inputs, make, dict[str, str])
    return {path: text for texts in made.values() for path, text in texts.items()}


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
    states = status_page.place_of(catalog.states.get(article.slug))
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
        status=f"../{states}#{status_page.behind_anchor(article.slug, language)}"
        if config.status and len(config.codes) > 1
        else "",
        view=view,
    )
