"""Surroundings: what a theme shows around a page's content, as one digest: navigation, neighbours, versions, frame."""

from dataclasses import replace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import near
from hexapla.publish.frame import Frame
from hexapla.storage.cache import digest_of


class Surroundings:
    """What surrounds the pages of one site, language by language."""

    def __init__(self) -> None:
        self._nav: Navigation | None = None
        """That of the language which is being built."""
        self._digests: dict[int, str] = {}
        """Of its items, by identity; not of sections that show something else on each page."""
        self._open: frozenset[int] = frozenset()

    def digest(self, page: Page, nav: Navigation, config: MkDocsConfig, frame: Frame) -> str:
        """Return the digest of what surrounds a page that is about to be built; `frame` is its own."""
        near.show_near(nav, page, config)
        if nav is not self._nav:
            self._nav, self._digests = nav, {}
            self._open = frozenset(map(id, near.changing(nav, config)))
        file: Any = page.file
        neighbours = (page.previous_page, page.next_page, nav.homepage)
        return digest_of(
            (
                [self._item(item) for item in nav.items],
                [self._item(item) if item else "" for item in neighbours],
                [item.title for item in page.ancestors],
                (page.url, page.canonical_url, page.edit_url, file.locale, file.locale_alternate_of),
                sorted((code, other.url) for code, other in file.alternates.items()),
                # A place that is another in each process stands for the policy.
                replace(frame, policy=str(bool(frame.policy))),
            )
        )

    def _item(self, item: Any) -> str:
        """Return the digest of an item of the navigation."""
        digest = self._digests.get(id(item))
        if digest is None:
            meta = getattr(item, "meta", None) or {}
            shown = {name: value for name, value in meta.items() if name != "description"}
            below = [self._item(child) for child in item.children or ()]
            digest = digest_of((type(item).__name__, item.title, getattr(item, "url", ""), shown, below))
            # A link to all articles is another object on each page.
            if id(item) not in self._open and not isinstance(item, Link):
                self._digests[id(item)] = digest
        return digest
