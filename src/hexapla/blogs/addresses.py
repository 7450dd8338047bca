"""Addresses: where a page of an old blog was, so that its readers and links still find it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

from hexapla.blogs.generator import HUGO, JEKYLL, PELICAN, ZOLA, Generator
from hexapla.model.keys import OLD_ADDRESSES, texts_in
from hexapla.model.post import Post, stem_of
from hexapla.normalize.html_addresses import split_address

_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_PLACEHOLDER = re.compile(r":([a-z_]+)(?:\[[^\]]*\])?")


def old_addresses(generator: Generator, path: PurePosixPath, post: Post) -> tuple[str, ...]:
    """Return where a page was, the first of them first, each with a slash before it and without the blog's own path.

    `path` is relative to the blog's folder, or for Hugo to that of its language's posts; `post` has the language
    that the page was in.
    """
    matter = post.front_matter
    given = [text for key in reversed(OLD_ADDRESSES) for text in texts_in(matter.get(key))]
    if own_address := _own(generator, path, post):
        given.insert(0, own_address)
    return tuple(
        dict.fromkeys(f"/{address.lstrip('/')}" for address in given if not split_address(address).netloc)
    )


def place(address: str, generator: Generator) -> str:
    """Return an address as pages of a blog are told apart: without its host and base, endings, case and slashes."""
    local = address.removeprefix(generator.address) if generator.address else address
    local = (
        local.removeprefix(generator.base)
        if generator.base and local.startswith(f"{generator.base}/")
        else local
    )
    return re.sub(r"(?:(?:^|/)index)?(?:\.html?)?$", "", unquote(local).strip("/")).lower()


def _own(generator: Generator, path: PurePosixPath, post: Post) -> str:
    """Return the address that the generator gave a page; empty where there was no generator."""
    matter = post.front_matter
    if generator.kind == JEKYLL:
        pattern = str(matter.get("permalink") or _jekylls(generator, path))
        address = _filled(pattern, _jekyll_values(path, post))
    elif generator.kind == PELICAN:
        kind = "pages" if "pages" in path.parts[:-1] else "articles"
        return str(matter.get("url") or _filled(generator.permalinks[kind], _pelican_values(path, post)))
    elif generator.kind in (HUGO, ZOLA):
        given = matter.get("url" if generator.kind == HUGO else "path")
        address = str(given or _filled(_hugos(generator, path), _hugo_values(path, post, generator.kind)))
        address = f"{address.rstrip('/')}.html" if generator.ugly else f"{address.rstrip('/')}/"
    else:
        return ""
    if not address.strip("/"):
        return ""
    is_default = post.language == (generator.default_language or post.language)
    folder = "" if is_default and not generator.default_in_folder else f"/{post.language.lower()}"
    # Without a setting for languages, a folder or a name said the language, and the address has it already.
    several = len(generator.languages) > 1
    has_it = address.lower().startswith(f"{folder}/")
    return f"{folder if several and not has_it else ''}/{address.lstrip('/')}"


def _jekylls(generator: Generator, path: PurePosixPath) -> str:
    """Return the pattern of a page's address: that of its collection, else of pages."""
    collection = next((part[1:] for part in path.parts[:-1] if part.startswith("_")), "")
    if collection in ("posts", "drafts"):
        return generator.permalinks["posts"]
    if collection:
        return generator.permalinks.get(collection, "/:collection/:path:output_ext")
    pretty = generator.permalinks["pages"] == "pretty" or generator.permalinks["pages"].endswith("/")
    return "/:folder/:basename/" if pretty else "/:folder/:basename:output_ext"


def _jekyll_values(path: PurePosixPath, post: Post) -> dict[str, str]:
    matter, stem = post.front_matter, stem_of(path.name)
    name = _DATED.sub("", stem)
    at = next((number for number, part in enumerate(path.parts[:-1]) if part.startswith("_")), -1)
    inside = "/".join(path.parts[at + 1 : -1]) if at >= 0 else ""
    before = path.parts[:at] if at >= 0 else ()
    categories = [*before, *_words(matter.get("categories") or matter.get("category"))]
    title = str(matter.get("slug") or name)
    return {
        **_dates(post.published),
        "categories": "/".join(category.lower() for category in categories),
        "title": title,
        "slug": re.sub(r"[^\w]+", "-", title.lower()).strip("-"),
        "name": name,
        "basename": "" if stem == "index" else stem,
        "folder": "/".join(path.parts[:-1]),
        "path": f"{inside}/{stem}".strip("/"),
        "collection": path.parts[at][1:] if at >= 0 else "",
        "output_ext": "" if stem == "index" else ".html",
    }


def _hugos(generator: Generator, path: PurePosixPath) -> str:
    section = path.parts[0] if len(path.parts) > 1 else ""
    return generator.permalinks.get(section, "/:sections/:slugorcontentbasename/")


def _pelican_values(path: PurePosixPath, post: Post) -> dict[str, str]:
    """Return what Pelican's patterns ask for; no slug where it is one of letters that are not ASCII's."""
    title = str(post.front_matter.get("title") or stem_of(path.name))
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()) if title.isascii() or plain else ""
    folders = [part for part in path.parts[:-1] if part != "pages"]
    category = str(post.front_matter.get("category") or (folders[-1] if folders else "misc"))
    values = {
        "slug": str(post.front_matter.get("slug") or made),
        "category": _urlized(category),
        "lang": post.language,
        **_dates(post.published),
    }
    return {name: value for name, value in values.items() if value}


def _hugo_values(path: PurePosixPath, post: Post, kind: str) -> dict[str, str]:
    matter = post.front_matter
    bundle = stem_of(path.name).partition(".")[0] == "index"
    folders = path.parts[:-2] if bundle else path.parts[:-1]
    stem = path.parent.name if bundle else stem_of(path.name)
    tail = stem.rpartition(".")
    stem = tail[0] if tail[0] and tail[2].lower().replace("_", "-") == post.language.lower() else stem
    stem = _DATED.sub("", stem) if kind == ZOLA else stem
    slug, title = str(matter.get("slug") or ""), _urlized(str(matter.get("title") or ""))
    name = _urlized(stem)
    return {
        **_dates(post.published),
        "section": _urlized(path.parts[0]) if folders else "",
        "sections": "/".join(map(_urlized, folders)),
        "title": title or name,
        "slug": slug or title or name,
        "filename": name,
        "contentbasename": name,
        "slugorfilename": slug or name,
        "slugorcontentbasename": slug or name,
    }


def _urlized(text: str) -> str:
    """Write a name as Hugo does in addresses (https://gohugo.io/functions/urls/urlize/)."""
    kept = "".join(sign if sign.isalnum() or sign in " -_.~+/" else "" for sign in text.lower())
    return re.sub(r"\s+", "-", kept.strip())


def _dates(day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {
        "year": f"{day:%Y}",
        "short_year": f"{day:%y}",
        "month": f"{day:%m}",
        "i_month": str(day.month),
        "monthname": f"{day:%B}".lower(),
        "short_month": f"{day:%b}",
        "day": f"{day:%d}",
        "i_day": str(day.day),
        "y_day": f"{day:%j}",
        "yearday": str(int(f"{day:%j}")),
        "week": f"{day:%V}",
        "short_day": f"{day:%a}",
    }


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """Fill a pattern in; empty where it asks for what nobody here knows: no page is taken for another."""
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), pattern)
    return "" if _PLACEHOLDER.search(filled) else re.sub(r"/{2,}", "/", filled)


def _words(value: object) -> list[str]:
    """Return categories, which Jekyll takes as a list or as words."""
    if isinstance(value, str):
        return value.split()
    return [str(item) for item in value if isinstance(item, str | int)] if isinstance(value, list) else []
