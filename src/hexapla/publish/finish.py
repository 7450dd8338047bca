"""Published: what a built site needs besides its pages, made from docs/ and from what the builder wrote.

Knows no builder: a folder of HTML files with mkdocs' layout is enough. Nothing here is needed to read a page.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote, unquote, urlsplit

from hexapla.config.config import Config
from hexapla.publish import (
    accessible,
    addresses,
    built_page,
    cards,
    feeds,
    fonts,
    head,
    not_found,
    search,
    sources,
)
from hexapla.publish.addresses import Addresses
from hexapla.publish.fonts import Typeface
from hexapla.publish.head import Picture
from hexapla.publish.sources import Source
from hexapla.render import locale
from hexapla.storage import files

TESTED = {"mkdocs": "1.6.", "mkdocs-material": "9.8.", "mkdocs-static-i18n": "1.3."}
"""The versions whose HTML this was tested with."""


CACHE = Path(".hexapla", "cache", "site")
"""Below the site's folder: typefaces with the characters that its pages have, and cards."""

CARDS = "assets/hexapla/cards"
"""Where the cards of articles are in a built site, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a builder made."""

    folder: Path
    site_url: str = ""
    """Where the site will be; empty where its configuration does not say."""
    not_found: Mapping[str, str] = field(default_factory=dict)
    """The theme's 404 page in each language."""


def publish(config: Config, built: Built) -> str:
    """Finish a built site: links between languages, search, 404 pages, sitemap, feeds, Markdown.

    Returns why nothing was done, as a sentence; empty where all was.
    """
    if changed := _untested():
        return f"{changed}: search, links between languages and 404 pages stay as the theme made them."
    where = _addresses(config, built)
    pages = _sources(config)
    known = addresses.versions(pages)
    shown = (*pages, *_borrowed(pages, config, where, built.folder))
    letters = _heads(config, shown, where, built.folder, known=known)
    _search(config, pages, where, built.folder)
    _not_found(config, where, built, letters)
    _fonts(config, built.folder, letters)
    _sitemap(pages, where, built.folder)
    _beside(shown, where, built.folder)
    _feeds(config, pages, where, built.folder)
    return ""


def refresh(config: Config, built: Built, names: Set[str]) -> None:
    """Finish the pages made of these sources (paths below docs/), where the rest of the site is as it was."""
    if _untested():
        return
    where = _addresses(config, built)
    pages = _sources(config)
    chosen = tuple(page for page in pages if f"{page.language}/{page.name}.md" in names)
    _heads(config, chosen, where, built.folder, known=addresses.versions(pages))
    _beside(chosen, where, built.folder)


def _addresses(config: Config, built: Built) -> Addresses:
    return Addresses(
        default_language=config.default_language,
        site_url=f"{built.site_url.rstrip('/')}/" if built.site_url else "",
        directory_urls=config.directory_urls,
    )


def _untested() -> str:
    """Return which packages are of versions that this was not tested with, as a clause; empty if none is."""
    found = []
    for name, prefix in TESTED.items():
        version = metadata.version(name)
        if not version.startswith(prefix):
            found.append(f"{name} is {version}, not {prefix}x")
    return ", ".join(found)


def _sources(config: Config) -> tuple[Source, ...]:
    """Read the Markdown of every page, language by language."""
    return tuple(
        sources.parse(path.relative_to(config.docs).as_posix(), files.read_post(path))
        for language in config.codes
        for path in files.posts_below(config.docs / language)
    )


def _borrowed(pages: tuple[Source, ...], config: Config, where: Addresses, folder: Path) -> Iterator[Source]:
    """Yield the pages that the i18n plugin shows in a language that has none (`fallback_to_default`)."""
    there = {(page.name, page.language) for page in pages}
    for page in pages:
        for language in config.codes if page.language == config.default_language else ():
            stand_in = replace(page, language=language, original=page.original or page.language)
            if (page.name, language) not in there and (folder / where.file(stand_in)).is_file():
                yield stand_in


def _heads(
    config: Config,
    pages: tuple[Source, ...],
    where: Addresses,
    folder: Path,
    *,
    known: Mapping[str, Mapping[str, Source]],
) -> dict[Typeface, set[int]]:
    """Write the head of every page; return the characters that are set in each typeface.

    `known` has the real versions of every page of the site, by name and language.
    """
    letters: dict[Typeface, set[int]] = {}
    for page in pages:
        path = folder / where.file(page)
        if not path.is_file():
            continue
        html = files.read_post(path)
        versions = known.get(page.name, {})
        languages = tuple(dict.fromkeys(filter(None, (page.language, page.original))))
        lines = (
            addresses.head(page, known, where),
            head.head(
                page,
                versions,
                where,
                site=config.name,
                picture=_picture(config, versions.get(page.original, page), where, folder),
            ),
            _style(html, languages, relpath("/", f"/{where.file(page).rpartition('/')[0]}"), letters),
        )
        html = built_page.with_head(html, "\n".join(filter(None, lines)))
        html = accessible.completed(built_page.with_search_of(html, where.folder(page.language)))
        files.write(path, addresses.led_across(html, page, config.codes, where), durable=False)
    return letters


def _style(html: str, languages: tuple[str, ...], root: str, letters: dict[Typeface, set[int]]) -> str:
    """Return what a page's head says of its typefaces, and add its characters to those that they must have."""
    faces = fonts.needed(html, languages)
    for face in faces:
        letters.setdefault(face, set()).update(fonts.characters(face, html))
    return fonts.style({face: f"{root}/{fonts.FOLDER}/{face.file}" for face in faces}, languages)


def _drawn(page: Source, site: str) -> bytes:
    faces = cards.faces(page.language, lambda file: files.data(f"fonts/{file}"))
    return cards.card(page.title, page.language, site=site, faces=faces) or b""


def _fonts(config: Config, folder: Path, letters: Mapping[Typeface, set[int]]) -> None:
    """Write the typefaces that pages are set in, the large ones with the characters that occur."""
    for face, signs in letters.items():
        whole = files.data(f"fonts/{face.file}")
        key = hashlib.sha256(whole + ",".join(map(str, sorted(signs))).encode()).hexdigest()[:32]
        kept = config.root / CACHE / f"{key}.woff2"
        data = whole if face.whole else files.made_once(kept, partial(fonts.cut, whole, signs))
        files.write_bytes(folder / fonts.FOLDER / face.file, data, durable=False)


def _picture(config: Config, page: Source, where: Addresses, folder: Path) -> Picture | None:
    """Return the picture that a post's author chose, or a card; none where no address would lead to it."""
    if page.image.startswith(("https://", "http://")):
        return Picture(address=page.image, words=page.title)
    path = page.image.lstrip("/")
    if path and where.site_url and (folder / path).is_file():
        return Picture(address=where.site_url + quote(path), words=page.title)
    path = f"{CARDS}/{page.language}/{page.name.rpartition('/')[2]}.png"
    if not where.site_url or not page.is_article or not _card(config, page, folder / path):
        return None
    width, height = cards.SIZE
    return Picture(address=where.site_url + quote(path), words=page.title, width=width, height=height)


def _card(config: Config, page: Source, target: Path) -> bool:
    """Write the card of an article; return whether it has one."""
    said = f"{cards.VERSION}\0{page.language}\0{page.title}\0{config.name}"
    kept = config.root / CACHE / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.png"
    # Nothing at all says that the title cannot be drawn.
    data = files.made_once(kept, lambda: _drawn(page, config.name))
    if data:
        files.write_bytes(target, data, durable=False)
    return bool(data)


def _search(config: Config, pages: tuple[Source, ...], where: Addresses, folder: Path) -> None:
    """Write an index a language, so that a reader downloads no other."""
    path = folder / "search" / "search_index.json"
    if not path.is_file():
        return
    whole = json.loads(files.read_post(path))
    stand_ins: dict[str, dict[str, str]] = {}
    for page in pages:
        if page.original:
            place = where.path(page).removeprefix(where.folder(page.language))
            stand_ins.setdefault(page.language, {})[place] = locale.name(page.original, page.language)
    found = search.by_language(whole, config.codes, config.default_language, stand_ins)
    for language, index in found.items():
        own = folder / where.folder(language) / "search" / "search_index.json"
        files.write(own, json.dumps(index, ensure_ascii=False, separators=(",", ":")), durable=False)


def _not_found(config: Config, where: Addresses, built: Built, letters: dict[Typeface, set[int]]) -> None:
    """Write a 404 page a language: the default's at the root, where most servers look for the only one."""
    root = urlsplit(where.site_url).path or "/"
    others = [code for code in config.codes if code != config.default_language]
    folders = [(code, where.folder(code)) for code in (config.default_language, *others)]
    for language, html in built.not_found.items():
        own = where.folder(language)
        text = not_found.page(html, language, root=root, folders=folders)
        text = accessible.completed(built_page.with_search_of(text, own))
        languages = tuple(code for code, _ in folders) if language == config.default_language else (language,)
        style = _style(text, languages, root.rstrip("/"), letters)
        text = built_page.with_head(text, f'<meta name="robots" content="noindex">\n{style}')
        files.write(built.folder / own / "404.html", text, durable=False)


def _sitemap(pages: tuple[Source, ...], where: Addresses, folder: Path) -> None:
    """Write the sitemap; a site without an address has none, for a sitemap's links must be absolute."""
    path = folder / "sitemap.xml"
    files.remove(one for one in (path, path.with_suffix(".xml.gz")) if one.exists())
    if where.site_url:
        files.write(path, addresses.sitemap(pages, where), durable=False)


def _beside(pages: tuple[Source, ...], where: Addresses, folder: Path) -> None:
    """Write each page's Markdown beside its HTML."""
    for page in pages:
        if (folder / where.file(page)).is_file():
            files.write(folder / unquote(where.markdown(page)), page.text, durable=False)


def _feeds(config: Config, pages: tuple[Source, ...], where: Addresses, folder: Path) -> None:
    """Write a feed a language, where the site has an address to lead to, and llms.txt."""
    names = [(language.code, language.name) for language in config.languages]
    files.write(
        folder / "llms.txt", feeds.llms(pages, names, site=config.name, addresses=where), durable=False
    )
    for language in config.codes if where.site_url else ():
        text = feeds.atom(pages, language, site=config.name, addresses=where)
        files.write(folder / where.folder(language) / feeds.FEED, text, durable=False)
