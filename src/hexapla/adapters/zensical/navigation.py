"""Navigation: the order in which a reader goes through a language's pages, as a configuration of Zensical lists it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from hexapla.render import lists, status_page

ALL = 40
"""So many articles that are in no series are named, the newest: what each page names must not grow with the site."""
_LIST = "posts/index.md"
_STATES = (status_page.NAME, f"{status_page.FOLDER}/")

Entries = list[Any]
"""Paths, or titles with a path or more entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The pages of one language, by their paths in its folder."""

    titles: Mapping[str, str]
    """Empty for a page that has its title in its text."""
    orders: Mapping[str, float]
    """What `order:` says, where it says something."""
    listing: str = ""
    """The text of the page that lists the articles."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What folders are called in this language."""


def navigation(pages: Listed) -> Entries:
    """Return a language's navigation: its own pages as their `order:` says, the articles below their list."""
    return _level(pages, PurePosixPath())


def in_words(entries: Sequence[Any], words: Mapping[str, str]) -> Entries:
    """Return a navigation that mkdocs.yml lists, with its titles in a language's words."""
    return [
        {
            words.get(str(title), str(title)): in_words(inner, words) if isinstance(inner, list) else inner
            for title, inner in entry.items()
        }
        if isinstance(entry, dict)
        else entry
        for entry in entries
    ]


def _level(pages: Listed, folder: PurePosixPath) -> Entries:
    """Return what stands in a folder: its index, then what has a number, then the others by name."""
    placed: list[tuple[bool, float, str, Any]] = []
    names = {PurePosixPath(path) for path in pages.titles if not path.startswith(_STATES)}
    for path in sorted(path for path in names if path.parent == folder):
        order = pages.orders.get(str(path), math.inf)
        placed.append((path.stem != "index", order, str(path), _entry(pages, str(path))))
    inside = {path.relative_to(folder).parts for path in names if path.is_relative_to(folder)}
    for name in sorted({parts[0] for parts in inside if len(parts) > 1}):
        below = folder / name
        order = pages.orders.get(f"{below}/index.md", 0 if f"{below}/index.md" == _LIST else math.inf)
        entries = _articles(pages) if f"{below}/index.md" == _LIST else _level(pages, below)
        placed.append((True, order, f"{below}/", {_title(pages, below): entries}))
    # Files before folders, as mkdocs has them.
    return [
        entry for *_, entry in sorted(placed, key=lambda one: (one[0], one[1], one[2].endswith("/"), one[2]))
    ]


def _articles(pages: Listed) -> Entries:
    """Return a language's articles: the page that lists them, each series, then the newest of the others."""
    order, series = lists.order_in(pages.listing), lists.series_in(pages.listing)
    parts = {
        f"posts/{file}": [path for slug in slugs if (path := f"posts/{slug}.md") in pages.titles]
        for file, slugs in series.items()
        if f"posts/{file}" in pages.titles
    }
    taken = {path for paths in parts.values() for path in paths}
    newest = (f"posts/{slug}.md" for slug in sorted(order, key=order.__getitem__))
    loose = [path for path in newest if path in pages.titles and path not in taken]
    sections = [
        {pages.titles[file]: [_entry(pages, path) for path in (file, *paths)]}
        for file, paths in parts.items()
    ]
    return [_entry(pages, _LIST), *sections, *(_entry(pages, path) for path in loose[:ALL])]


def _entry(pages: Listed, path: str) -> Any:
    title = pages.titles[path]
    return {title: path} if title else path


def _title(pages: Listed, folder: PurePosixPath) -> str:
    """Return what a folder is called: as the page that lists the articles, or after its name."""
    if str(folder / "index.md") == _LIST and (title := pages.titles.get(_LIST)):
        return title
    # As mkdocs does it.
    title = folder.name.replace("-", " ").replace("_", " ")
    title = title.capitalize() if title.lower() == title else title
    return pages.words.get(title, title)
