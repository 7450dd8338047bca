"""Social: what a page's head tells search engines and the sites on which somebody shares its link.

Open Graph (ogp.me) with what X and others read of it, and schema.org's BlogPosting.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is shown beside a link to a page."""

    address: str
    """Absolute: sites that show links know no other."""
    words: str
    width: int = 0
    """In pixels; 0 where nobody looked."""
    height: int = 0


def head(
    source: Source,
    versions: Mapping[str, Source],
    addresses: Addresses,
    *,
    site: str,
    picture: Picture | None = None,
) -> str:
    """Return the lines of a page's `<head>`; `versions` are the real ones of the page, by language.

    A page that stands in for a translation tells of the page that it shows.
    """
    shown = versions.get(source.original or source.language, source)
    lines = [_named("description", shown.description)] if shown.description else []
    lines += [_property(name, value) for name, value in _card(shown, versions, addresses, site) if value]
    if picture:
        sizes = [("width", picture.width), ("height", picture.height)] if picture.width else []
        lines.append(_property("og:image", picture.address))
        lines += (
            _property(f"og:image:{name}", str(value)) for name, value in (*sizes, ("alt", picture.words))
        )
    lines.append(_named("twitter:card", "summary_large_image" if picture else "summary"))
    if shown.is_article and addresses.site_url:
        lines.append(_posting(shown, addresses, site, picture))
    return "\n".join(lines)


def _card(
    source: Source, versions: Mapping[str, Source], addresses: Addresses, site: str
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


def _posting(source: Source, addresses: Addresses, site: str, picture: Picture | None) -> str:
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
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def _named(name: str, value: str) -> str:
    return f'<meta name="{name}" content="{escape(value)}">'


def _property(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{escape(value)}">'
