"""Head: what a page tells search engines and the sites on which somebody shares its link.

Open Graph (ogp.me) with what X and others read of it, and schema.org's BlogPosting.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import PageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is shown beside a link to a page."""

    address: str
    """Absolute: sites that show links know no other."""
    words: str
    width: int = 0
    """In pixels; 0 where nobody looked."""
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page tells of itself; text that is not escaped yet, empty where nothing is known."""

    description: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    """Open Graph's, in order, each with its value."""
    card: str = ""
    """The kind of card that X shows."""
    posting: str = ""
    """A BlogPosting in JSON, as it may stand in a script."""


def head(
    source: PageSource,
    versions: Mapping[str, PageSource],
    addresses: Addresses,
    *,
    site: str,
    picture: Picture | None = None,
) -> Head:
    """Return the head of a page; `versions` are the real ones of the page, by language.

    A page that stands in for a translation tells of the page that it shows.
    """
    shown = versions.get(source.original or source.language, source)
    properties = [*_card(shown, versions, addresses, site), *(_picture(picture) if picture else ())]
    posting = shown.is_article and addresses.site_url
    return Head(
        description=shown.description,
        properties=tuple((name, value) for name, value in properties if value),
        card="summary_large_image" if picture else "summary",
        posting=_posting(shown, addresses, site, picture) if posting else "",
    )


def _card(
    source: PageSource, versions: Mapping[str, PageSource], addresses: Addresses, site: str
) -> Iterator[tuple[str, str]]:
    yield "og:site_name", site
    yield "og:type", "article" if source.is_article else "website"
    yield "og:title", source.title or site
    yield "og:description", source.description
    yield "og:locale", locale(source.language)
    yield from (("og:locale:alternate", locale(code)) for code in versions if code != source.language)
    if addresses.site_url:
        yield "og:url", addresses.link(source, seen_from="")
    if source.is_article:
        yield "article:published_time", source.published
        yield from (("article:tag", tag) for tag in source.tags)


def _picture(picture: Picture) -> Iterator[tuple[str, str]]:
    yield "og:image", picture.address
    yield "og:image:width", str(picture.width or "")
    yield "og:image:height", str(picture.height or "")
    yield "og:image:alt", picture.words


def locale(language: str) -> str:
    """Return a language as Open Graph names it, with a territory: the likely one (CLDR) where none is said."""
    try:
        known = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language.replace("-", "_")
    territory = known.territory
    if not territory:
        likely = get_global("likely_subtags")
        tag = "_".join(part for part in (known.language, known.script) if part)
        territory = str(likely.get(tag) or likely.get(known.language) or "").rpartition("_")[2]
    return "_".join(part for part in (known.language, territory) if part)


def _posting(source: PageSource, addresses: Addresses, site: str, picture: Picture | None) -> str:
    address = addresses.link(source, seen_from="")
    posting = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": source.title,
        "description": source.description,
        "inLanguage": source.language,
        "datePublished": source.published,
        "keywords": ", ".join(source.tags),
        "url": address,
        "mainEntityOfPage": address,
        "image": picture.address if picture else "",
        "isPartOf": {"@type": "Blog", "name": site, "url": addresses.site_url},
    }
    text = json.dumps({key: value for key, value in posting.items() if value}, ensure_ascii=False)
    # Nothing that a post says may end the script.
    return text.replace("<", chr(92) + "u003c")
