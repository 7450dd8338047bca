"""Finish: what a built site needs besides its pages, made from docs/ and from what the builder wrote.

Knows no builder: a folder of HTML files with mkdocs' layout is enough. Nothing here is needed to read a page.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib import metadata
from urllib.parse import unquote

from hexapla.publish import addresses, diagrams, feeds, fonts, search
from hexapla.publish.pictures import CACHE
from hexapla.publish.publication import Publication
from hexapla.publish.sources import PageSource
from hexapla.storage import files
from hexapla.storage.cache import of_site

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


def publish(publication: Publication, missing: Mapping[str, str]) -> None:
    """Finish a built site: search, 404 pages, typefaces, sitemap, feeds, Markdown.

    `missing` has the HTML of each language's page for wrong addresses.
    """
    shown = (*publication.pages, *_lent(publication))
    _search(publication, shown)
    for language, html in missing.items():
        folder = publication.folder / publication.where.folder(language)
        files.write(folder / "404.html", html, durable=False)
    _fonts(publication)
    write_diagrams(publication)
    _sitemap(publication)
    write_markdown(publication, shown)
    _feeds(publication)


def write_markdown(publication: Publication, pages: Iterable[PageSource]) -> None:
    """Write each page's Markdown beside its HTML."""
    where, folder = publication.where, publication.folder
    for page in pages:
        if (folder / where.file(page)).is_file():
            files.write(folder / unquote(where.markdown(page)), page.text, durable=False)


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
            if (publication.folder / publication.where.file(fallback)).is_file():
                yield fallback


def _search(publication: Publication, pages: Iterable[PageSource]) -> None:
    """Write an index a language, so that a reader downloads no other."""
    config = publication.config
    if search.pagefind() is not None:
        cache = of_site(config.root, modules=config.modules, scripts=config.hooks)
        search.write_indexes(pages, publication.where, publication.folder, config.codes, cache)


def _fonts(publication: Publication) -> None:
    """Write the typefaces that pages are set in, the large ones with the characters that occur."""
    target = publication.folder / fonts.FOLDER
    for face, signs in publication.letters.items():
        whole = files.data(f"fonts/{face.file}")
        key = hashlib.sha256(whole + ",".join(map(str, sorted(signs))).encode()).hexdigest()[:32]
        cached = publication.config.root / CACHE / f"{key}.woff2"
        data = whole if face.whole else files.made_once(cached, partial(fonts.cut, whole, signs))
        files.write_bytes(target / face.file, data, durable=False)
    for languages, formulas in publication.sheets:
        if sheet := fonts.style(languages, formulas=formulas):
            files.write(target / fonts.name(languages, formulas=formulas), sheet, durable=False)


def _sitemap(publication: Publication) -> None:
    """Write the sitemap; a site without an address has none, for a sitemap's links must be absolute."""
    path = publication.folder / "sitemap.xml"
    files.remove(file for file in (path, path.with_suffix(".xml.gz")) if file.exists())
    if publication.where.site_url:
        files.write(path, addresses.sitemap(publication.pages, publication.where), durable=False)


def _feeds(publication: Publication) -> None:
    """Write a feed a language, where the site has an address to lead to, and llms.txt."""
    config, pages, where = publication.config, publication.pages, publication.where
    names = [(language.code, language.name) for language in config.languages]
    text = feeds.llms(pages, names, site=config.name, addresses=where)
    files.write(publication.folder / "llms.txt", text, durable=False)
    for language in config.codes if where.site_url else ():
        text = feeds.atom(
            pages, language, site=config.name, addresses=where, built=partial(_built, publication)
        )
        files.write(publication.folder / where.folder(language) / feeds.FEED, text, durable=False)


def _built(publication: Publication, page: PageSource) -> str:
    """Return the HTML of a page as it was built; empty where it was not."""
    file = publication.folder / publication.where.file(page)
    return files.read_post(file) if file.is_file() else ""
