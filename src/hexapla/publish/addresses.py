"""Addresses: where each language's version of a page is, and what search engines are told of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import relpath
from urllib.parse import quote, unquote

from hexapla.publish.sources import PageSource

SITEMAP = "sitemap.xml"
LISTED = 10_000
"""So many pages stand in a sitemap: a search engine reads 50,000 and 50 MB of one, and each page names its versions."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of a built site."""

    default_language: str
    site_url: str = ""
    """Ends with a slash; empty where the configuration names none, and links are relative."""
    directory_urls: bool = True

    def file(self, source: PageSource) -> str:
        """Return where a page's HTML is, relative to the site's folder."""
        folder = self.folder(source.language)
        stem = source.name
        if stem.rpartition("/")[2] == "index" or not self.directory_urls:
            return f"{folder}{stem}.html"
        return f"{folder}{stem}/index.html"

    def folder(self, language: str) -> str:
        """Return a language's folder below the site's, with a slash at its end; empty for the default."""
        return "" if language == self.default_language else f"{language}/"

    def path(self, source: PageSource) -> str:
        """Return a page's address below the site's root; empty for the default language's home page."""
        return quote(
            self.file(source).removesuffix("index.html") if self.directory_urls else self.file(source)
        )

    def markdown(self, source: PageSource) -> str:
        """Return where a page's Markdown is, below the site's root: where its links to others hold."""
        return quote(f"{self.folder(source.language)}{source.name}.md")

    def link(self, source: PageSource, *, seen_from: str) -> str:
        """Return an absolute address where the site has one, else one relative to a file of the site."""
        if self.site_url:
            return self.site_url + self.path(source)
        folder = quote(seen_from.rpartition("/")[0])
        path = self.path(source)
        return relpath(f"/{path}", f"/{folder}") + ("/" if not path or path.endswith("/") else "")


def versions_by_page(sources: Iterable[PageSource]) -> dict[str, dict[str, PageSource]]:
    """Return the real versions of each page, by name and language: what only stands in for one is left out."""
    by_name: dict[str, dict[str, PageSource]] = {}
    for source in sources:
        if not source.original:
            by_name.setdefault(source.name, {})[source.language] = source
    return by_name


def first_version(
    page: PageSource, versions: Mapping[str, PageSource], languages: Iterable[str]
) -> PageSource | None:
    """Return the first of a page's versions; None for that version itself.

    It is the original's; where nothing says which that is, the one in the first of `languages` that has one.
    """
    shown = page.original or page.language
    code = next((code for code in (page.translates, *languages) if code in versions), shown)
    return versions[code] if code != shown else None


def alternates(
    source: PageSource, known: Mapping[str, Mapping[str, PageSource]], default_language: str
) -> dict[str, PageSource]:
    """Return a page's versions by `hreflang`, with `x-default`; none for a page that stands in for one."""
    real = dict(known.get(source.name, {}))
    if source.original or not real:
        return {}
    return real | {"x-default": real.get(default_language) or next(iter(real.values()))}


def canonical(source: PageSource, known: Mapping[str, Mapping[str, PageSource]], addresses: Addresses) -> str:
    """Return the address that a page is known by: that of the page that it shows; empty where none is needed."""
    shown = known.get(source.name, {}).get(source.original or source.language)
    if shown and (addresses.site_url or source.original):
        # Relative where the site has no address: a canonical link may be (RFC 6596, section 3).
        return addresses.link(shown, seen_from=addresses.file(source))
    return ""


def beside(source: PageSource, addresses: Addresses) -> str:
    """Return the address of a page's Markdown, seen from the page."""
    folder = quote(addresses.file(source).rpartition("/")[0])
    return relpath(f"/{addresses.markdown(source)}", f"/{folder}")


def redirects(sources: Iterable[PageSource], addresses: Addresses) -> Iterator[tuple[PageSource, str, str]]:
    """Yield the pages that were elsewhere: each with a file to lead there from, and the link to the page."""
    here = replace(addresses, site_url="")
    for source in sources:
        # An imported post may say one address in two keys.
        for file in dict.fromkeys(map(_file_of, source.old_addresses if not source.original else ())):
            if file:
                yield source, file, here.link(source, seen_from=file)


def _file_of(address: str) -> str:
    """Return the file that a server shows at an old address; empty where it would be no file of the site's own."""
    path = unquote(address.partition("?")[0].partition("#")[0]).strip("/")
    if not path or any(part.startswith(".") or "\\" in part or "\0" in part for part in path.split("/")):
        return ""
    return path if path.lower().endswith((".html", ".htm")) else f"{path}/index.html"


def sitemaps(sources: Iterable[PageSource], addresses: Addresses) -> dict[str, str]:
    """Return the sitemap of a site that has an address, by file: every page with its translations, no fallback pages.

    Of very many pages there are several, and `sitemap.xml` lists those.
    """
    entries = list(_entries(tuple(sources), addresses))
    if len(entries) <= LISTED:
        return {SITEMAP: _urlset(entries)}
    starts = range(0, len(entries), LISTED)
    parts = {
        f"sitemap-{number}.xml": _urlset(entries[start : start + LISTED])
        for number, start in enumerate(starts, 1)
    }
    listed = "".join(f"<sitemap><loc>{addresses.site_url}{name}</loc></sitemap>\n" for name in parts)
    return parts | {SITEMAP: f"{_XML}<sitemapindex {_SCHEMA}>\n{listed}</sitemapindex>\n"}


def _urlset(entries: Sequence[str]) -> str:
    links = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_XML}<urlset {_SCHEMA} {links}>\n{''.join(entries)}</urlset>\n"


def _entries(sources: Sequence[PageSource], addresses: Addresses) -> Iterator[str]:
    known = versions_by_page(sources)
    for source in sources:
        if source.original:
            continue
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{addresses.link(other, seen_from="")}"/>'
            for code, other in alternates(source, known, addresses.default_language).items()
        )
        changed = f"<lastmod>{source.changed}</lastmod>" if source.changed else ""
        yield f"<url><loc>{addresses.link(source, seen_from='')}</loc>{changed}{links}</url>\n"
