"""Kept page: what is known of a page, and of a whole site, as a build left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.docs_texts import DocsTexts
from hexapla.adapters.mkdocs.hearing import Said
from hexapla.adapters.mkdocs.site_files import State, WrittenFile
from hexapla.publish.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was built, and what it was made of."""

    source: str
    """The file below docs/ that it is made of."""
    text: str
    """The digest of what its content was made of."""
    names: str
    """The digest of the names of all files when its links were last followed."""
    asked: Mapping[str, str]
    """The files that mkdocs looked for, and what it found."""
    surroundings: str
    """The digest of what the theme shows around its content."""
    title: str | None
    """The title that its Markdown gave it."""
    ids: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...]
    """Its links to sections: the file, the section and the link."""
    entries: tuple[dict[str, Any], ...]
    """What the search finds in it."""
    said: Said
    title_shown: str | None
    """The title that other pages show of it."""
    named: str
    """The digest of what it takes from another version of it: names of sections, and a description."""
    listing: bool
    """Whether it takes in something of the list of articles beside it, or of one of these."""
    content: Content
    """Its content without the text."""
    letters: Mapping[str, frozenset[int]]
    """The characters that it has in typefaces that are cut, by the typeface's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLanguage:
    """What one language has of a site, as it was built."""

    pages: Sequence[str]
    """Its pages' files in the site, all of which are known, in the order in which they were built."""
    copied: Sequence[str]
    """The files that were copied for it."""
    missing: str
    """The page for wrong addresses."""
    letters: Mapping[str, frozenset[int]]
    """The characters of that one, as pages have theirs."""
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSite:
    """What is known of a site as it was built."""

    pages: Mapping[str, KeptPage]
    """By the page's file in the site."""
    files: Mapping[str, WrittenFile]
    """What it is made of, those pages too, by path in the site."""
    finished: Mapping[str, State]
    """The files that were made of all others, as they lie there."""
    docs: DocsTexts
    """What it was made from."""
    languages: Mapping[str, KeptLanguage]
    """Those that need not be built where nothing of them changed."""


def found_as(file: File | None) -> str:
    """Return what a link takes from the file that it leads to."""
    return f"{file.src_uri} {file.url} {file.inclusion.name}" if file else ""


def sections_linked(page: Page) -> tuple[tuple[str, str, str], ...]:
    """Return the links of a page to sections: the file, the section and the link."""
    return tuple(
        (file.src_uri, fragment, link)
        for file, links in (page.links_to_anchors or {}).items()
        for fragment, link in links.items()
    )


def links_to_sections(linked: tuple[tuple[str, str, str], ...], files: Files) -> dict[File, dict[str, str]]:
    """Return links to sections as mkdocs keeps them."""
    links: dict[File, dict[str, str]] = {}
    for path, fragment, link in linked:
        if file := files.src_uris.get(path):
            links.setdefault(file, {})[fragment] = link
    return links


def search_entries(config: MkDocsConfig) -> list[dict[str, Any]]:
    """Return the list into which the search plugin puts what is found on a page."""
    plugin: Any = config.plugins.get("material/search") or config.plugins.get("search")
    index = getattr(plugin, "search_index", None)
    entries: list[dict[str, Any]] = getattr(index, "_entries", None) or getattr(index, "entries", [])
    return entries
