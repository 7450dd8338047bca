"""Finish: what a built site needs besides its pages, made from docs/ and from what the builder wrote.

Knows no builder: a folder of HTML files with mkdocs' layout is enough. Nothing here is needed to read a page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib import metadata
from urllib.parse import unquote

from hexapla.publish import addresses, diagrams, feeds, fonts, search
from hexapla.publish.publication import Publication
from hexapla.publish.sources import PageSource
from hexapla.storage import files

TESTED = {"mkdocs": "1.6.", "mkdocs-material": "9.8.", "mkdocs-static-i18n": "1.3."}
"""The versions that this was tested with."""


def untested() -> str:
    """Return a sentence about packages of versions that this was not tested with; empty if there is none."""
    versions = {name: metadata.version(name) for name in TESTED}
    strange = [
        f"{name} is {version}, not {TESTED[name]}x"
        for name, version in versions.items()
        if not version.startswith(TESTED[name])
    ]
    if not strange:
        return ""
    return (
        f"{', '.join(strange)}: hexapla was not tested with that. Look at some pages before you publish them."
    )


def publish(publication: Publication, missing: Mapping[str, str], *, searched: bool = True) -> frozenset[str]:
    """Finish a built site: search, 404 pages, typefaces, sitemap, feeds, Markdown.

    `missing` has the HTML of each language's page for wrong addresses; `searched` says whether the search is ours.
    Returns the files that are many: those of the search, and the Markdown.
    """
    shown = (*publication.pages, *_lent(publication))
    written = write_search(publication) if searched else frozenset()
    _missing(publication, missing)
    _fonts(publication)
    write_diagrams(publication)
    _sitemap(publication)
    written |= write_markdown(publication, shown)
    _llms(publication)
    for language in publication.config.codes if publication.where.site_url else ():
        _feed(publication, language)
    return written


def asked(
    publication: Publication, missing: Mapping[str, str], ask: Callable[[str], object]
) -> Iterator[tuple[str, Callable[[Publication], None]]]:
    """Yield what else a site has whose pages are made when they are asked for: each file, and what writes it.

    All but the search, of which nobody can ask for a part; `ask` makes another file of the site.
    """
    where = publication.where
    _missing(publication, missing)
    if where.site_url:
        yield addresses.SITEMAP, _sitemap
    yield "llms.txt", _llms
    for language in publication.config.codes if where.site_url else ():
        yield f"{where.folder(language)}{feeds.FEED}", partial(_feed, language=language, ask=ask)
    default = publication.config.default_language
    shown = [(page, page.language) for page in publication.pages]
    for page, folder in (*shown, *((page, default) for page in _lent(publication))):
        write = partial(_write_markdown_of, path=f"{folder}/{page.name}.md", language=page.language)
        yield unquote(where.markdown(page)), write


def _write_markdown_of(publication: Publication, *, path: str, language: str) -> None:
    """Write the Markdown that readers of a language get of a file below docs/."""
    write_markdown(publication, [publication.source(path, language)])


def write_for_page(publication: Publication) -> None:
    """Write what the pages load that were made so far, of a site whose pages are made when they are asked for.

    Typefaces are whole: nobody knows yet which characters the other pages have.
    """
    write_diagrams(publication)
    _sheets(publication)
    for languages, formulas in publication.sheets:
        for face in fonts.needed(languages, formulas=formulas):
            target = publication.folder / fonts.FOLDER / face.file
            if not target.exists():
                files.write_bytes(target, files.data(f"fonts/{face.file}"), durable=False)


def write_markdown(publication: Publication, pages: Iterable[PageSource]) -> frozenset[str]:
    """Write each page's Markdown beside its HTML; return the files."""
    where, folder = publication.where, publication.folder
    texts = {
        unquote(where.markdown(page)): page.text for page in pages if publication.is_there(where.file(page))
    }
    for name, text in texts.items():
        files.write(folder / name, text, durable=False)
    return frozenset(texts)


def write_diagrams(publication: Publication) -> None:
    """Write what draws diagrams, where a page has one."""
    for name in diagrams.FILES if publication.has_diagrams else ():
        target = publication.folder / diagrams.FOLDER / name
        files.write_bytes(target, files.data(f"mermaid/{name}"), durable=False)


def _lent(publication: Publication) -> Iterator[PageSource]:
    """Yield the pages that the i18n plugin shows in a language that has none (`fallback_to_default`)."""
    config = publication.config
    there = {(page.name, page.language) for page in publication.pages}
    for page in publication.pages:
        for language in config.codes if page.language == config.default_language else ():
            fallback = replace(page, language=language, original=page.original or page.language)
            if (page.name, language) in there:
                continue
            if publication.is_there(publication.where.file(fallback)):
                yield fallback


def _missing(publication: Publication, missing: Mapping[str, str]) -> None:
    """Write the page for wrong addresses of each language."""
    for language, html in missing.items():
        folder = publication.folder / publication.where.folder(language)
        files.write(folder / "404.html", html, durable=False)


def write_search(publication: Publication) -> frozenset[str]:
    """Write an index a language, so that a reader downloads no other; return the files."""
    config, pages = publication.config, (*publication.pages, *_lent(publication))
    if search.pagefind() is None:
        return frozenset()
    where, jobs = publication.where, config.options.jobs
    return search.write_indexes(pages, where, publication.folder, config.codes, publication.cache, jobs=jobs)


def _fonts(publication: Publication) -> None:
    """Write the typefaces that pages are set in, the large ones with the characters that occur."""
    target = publication.folder / fonts.FOLDER
    signs = {face.file: sorted(signs) for face, signs in publication.letters.items() if not face.whole}

    def make(names: Iterable[str]) -> Iterator[bytes]:
        return (fonts.cut(files.data(f"fonts/{name}"), signs[name]) for name in names)

    cut = publication.cache.memo("fonts", signs, make, bytes)
    for face in publication.letters:
        data = cut[face.file] if face.file in cut else files.data(f"fonts/{face.file}")
        files.write_bytes(target / face.file, data, durable=False)
    _sheets(publication)


def _sheets(publication: Publication) -> None:
    """Write the style sheets of the typefaces."""
    target = publication.folder / fonts.FOLDER
    for languages, formulas in publication.sheets:
        if sheet := fonts.style(languages, formulas=formulas):
            files.write(target / fonts.name(languages, formulas=formulas), sheet, durable=False)


def _sitemap(publication: Publication) -> None:
    """Write the sitemap; a site without an address has none, for a sitemap's links must be absolute."""
    path = publication.folder / addresses.SITEMAP
    files.remove(file for file in (path, path.with_suffix(".xml.gz")) if file.exists())
    maps = addresses.sitemaps(publication.pages, publication.where) if publication.where.site_url else {}
    for name, text in maps.items():
        files.write(publication.folder / name, text, durable=False)


def _llms(publication: Publication) -> None:
    """Write llms.txt."""
    config, pages, where = publication.config, publication.pages, publication.where
    names = [(language.code, language.name) for language in config.languages]
    text = feeds.llms(pages, names, site=config.name, addresses=where)
    files.write(publication.folder / "llms.txt", text, durable=False)


def _feed(publication: Publication, language: str, ask: Callable[[str], object] = lambda file: None) -> None:
    """Write the feed of a language, where the site has an address to lead to; `ask` makes a page that it takes in."""

    def built(page: PageSource) -> str:
        name = publication.where.file(page)
        ask(name)
        file = publication.folder / name
        return files.read_post(file) if file.is_file() else ""

    where = publication.where
    text = feeds.atom(publication.pages, language, site=publication.config.name, addresses=where, built=built)
    files.write(publication.folder / where.folder(language) / feeds.FEED, text, durable=False)
