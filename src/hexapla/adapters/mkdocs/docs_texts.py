"""Docs texts: what lies below docs/ as a build finds it, and which of its texts an earlier build found otherwise.

What a page shows of others, its navigation and its frame, comes from the names of files and from what stands at their
heads. While these are as they were, an edit of a text changes that page, those that take the text in, and no other.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.utils import is_markdown_file

from hexapla.publish.sources import PageSource
from hexapla.render import items, lists
from hexapla.storage.cache import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DocsTexts:
    """What lies below docs/."""

    names: str = ""
    """The digest of the names of all files."""
    shape: str = ""
    """The digest of all that pages show of others."""
    texts: dict[str, str] = field(default_factory=dict)
    """The digest of each text, by path below docs/; of those that are in the shape as a whole, none."""

    def same(self, path: str, before: "DocsTexts") -> bool:
        """Return whether the text of a file below docs/ is what it was, as long as the shape is."""
        return self.texts.get(path) == before.texts.get(path)

    def changed_folders(self, before: "DocsTexts") -> frozenset[str]:
        """Return the folders in which the text of a file is not what it was, as long as the shape is."""
        changed = (path for path in self.texts if not self.same(path, before))
        return frozenset(path.rpartition("/")[0] for path in changed)


def docs_texts(docs: Path, pages: Iterable[PageSource]) -> DocsTexts:
    """Return what lies below docs/, of which the site has these pages."""
    names = sorted(_names(docs))
    texts: dict[str, str] = {}
    heads: list[tuple[str, object]] = []
    for page in pages:
        path = f"{page.language}/{page.name}.md"
        if head := _head(page):
            heads.append((path, (head, _order(path, page.text))))
            texts[path] = digest_of(page.text)
        else:
            heads.append((path, page.text))
    read = {path for path, _ in heads}
    others = [(name, _content(docs / name)) for name in names if is_markdown_file(name) and name not in read]
    return DocsTexts(names=digest_of(names), shape=digest_of((names, heads, others)), texts=texts)


def _head(page: PageSource) -> str:
    """Return the front matter of a page, without what only its versions show of it: its description.

    Empty where its text, too, says what other pages show, such as its title.
    """
    head, mark, _ = page.text.partition("\n---\n")
    if not (mark and head.startswith("---\n") and page.title):
        return ""
    kept, is_described = [], False
    for line in head.split("\n"):
        # What goes on with the value of a key is indented (YAML 1.2, 8.2.2).
        is_described = line.startswith("description:") or (is_described and line.startswith(" "))
        if not is_described:
            kept.append(line)
    return "\n".join(kept)


def _order(path: str, text: str) -> object:
    """Return what a list of articles says of the order in which they stand; nothing of another page."""
    _, _, place = path.partition("/posts/")
    if place != items.LIST and not lists.is_dated(place):
        return ()
    return lists.order_in(text), lists.series_in(text)


def _names(docs: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder, relative to it."""
    start = len(os.fspath(docs)) + 1
    for parent, _, names in os.walk(docs, followlinks=True):
        inside = parent[start:].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in names)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        return type(error).__name__.encode()
