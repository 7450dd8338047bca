"""Kept languages: those of a site of which all pages and files lie there as they would be built; mkdocs is spared them.

The i18n plugin has mkdocs build the default language, and then each other one. One of these that no edit reached is
taken over as a whole: its pages, the files copied for it, what was said of it. So is one that a copy of this process
builds beside others (`storage/forked.py`).
"""

import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.hearing import Message, hearing, say_again
from hexapla.adapters.mkdocs.i18n_files import language_built
from hexapla.adapters.mkdocs.kept_page import KeptLanguage, KeptPage, KeptSite
from hexapla.adapters.mkdocs.site_files import SiteFiles, WrittenFile
from hexapla.publish import search
from hexapla.storage.forked import CAN_FORK, Forked

_PLUGINS = frozenset(("hexapla", "i18n", "material/search", "search"))
"""Those that do nothing for a language but what is known here."""
_TEMPLATES = frozenset(("404.html",))


WORTH_A_PROCESS = 20
"""A language of so many pages takes longer to build than a process to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """What a copy of this process gives of the language that it has built."""

    language: KeptLanguage
    pages: Mapping[str, KeptPage]
    """By the page's file in the site."""
    files: Mapping[str, WrittenFile]
    """Those pages, and the files copied for it, by path in the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Awaited:
    """A language that is to be taken over behind those before it."""

    language: str
    takes_from: frozenset[str]
    """The languages of which its pages show something that is known once these are built."""
    known: KeptLanguage | None
    """Where the build before left it as it would be built."""
    forked: Forked | None
    build: Callable[[], None]
    """Builds it in this process."""


class KeptLanguages:
    """The languages of one build, and of the build before."""

    def __init__(
        self,
        before: KeptSite,
        *,
        framing: Framing,
        files: SiteFiles,
        pages: MutableMapping[str, KeptPage],
        asked: Sequence[str],
        is_untouched: Callable[[str, str, str], bool],
        jobs: int,
    ) -> None:
        """Know the build before; `pages` are those kept so far in this one, of all that mkdocs `asked` for.

        `is_untouched` returns whether no edit can have changed a page, by its file, what it is made of, its language.
        Up to `jobs` languages are built at once.
        """
        self.built: dict[str, KeptLanguage] = {}
        """What this build has of each language that the next may take over."""
        self._before = before
        self._framing = framing
        self._files = files
        self._pages = pages
        self._asked = asked
        self._is_untouched = is_untouched
        self._jobs = jobs if CAN_FORK else 1
        self._awaited: list[_Awaited] = []

    def build(self, config: MkDocsConfig, *, build: Callable[..., None], dirty: bool = False) -> None:
        """Have mkdocs `build` the language that the i18n plugin is about to have built, unless it may be kept."""
        i18n: Any = config.plugins["i18n"]
        language, is_all_known = language_built(config), _is_all_known(config)
        again = partial(self._build, language, config, build=build, dirty=dirty)
        known = self._before.languages.get(language) if is_all_known else None
        if known and not (self._is_as_built(known, language) and not (config.strict and _warned(known))):
            known = None
        if known or (is_all_known and self._is_worth_a_process(language)):
            self._await(language, known, again)
        else:
            self._take_all()
            again()
        if language == i18n.build_languages[-1]:
            self._take_all()

    def _await(self, language: str, known: KeptLanguage | None, build: Callable[[], None]) -> None:
        """Have a language built beside others, unless it is `known` as it was left; it is taken over behind them."""
        takes_from = self._framing.takes_from(language)
        if any(language in one.takes_from or one.language in takes_from for one in self._awaited):
            self._take_all()
        while sum(one.forked is not None for one in self._awaited) >= self._jobs:
            self._take_first()
        forked = Forked(partial(self._built_apart, language, build)) if not known else None
        self._awaited.append(
            _Awaited(language=language, takes_from=takes_from, known=known, forked=forked, build=build)
        )

    def _take_all(self) -> None:
        while self._awaited:
            self._take_first()

    def _is_worth_a_process(self, language: str) -> bool:
        return self._jobs > 1 and self._framing.count(language) >= WORTH_A_PROCESS

    def _take_first(self) -> None:
        """Take over the language that has been awaited for the longest time."""
        first = self._awaited.pop(0)
        if first.known:
            self._carry(first.known, first.language, self._before.pages)
            return
        data = first.forked.result() if first.forked else None
        if data is None:
            # Whatever that came from, it is told of here.
            first.build()
            return
        made = msgspec.msgpack.decode(data, type=_Built)
        self._files.take(made.files)
        self._carry(made.language, first.language, made.pages)

    def _built_apart(self, language: str, build: Callable[[], None]) -> bytes:
        """Build a language in a copy of this process; return all that is to be known of it."""
        build()
        made = self.built[language]
        pages = {name: self._pages[name] for name in made.pages}
        names = (*made.pages, *made.copied)
        files = {name: self._files.written[name] for name in names}
        return msgspec.msgpack.encode(_Built(language=made, pages=pages, files=files))

    def _build(self, language: str, config: MkDocsConfig, *, build: Callable[..., None], dirty: bool) -> None:
        """Have mkdocs build a language, in this process; the plugin may have come to a later one by now."""
        i18n: Any = config.plugins["i18n"]
        said: list[Message] = []
        first_page, first_file, later = len(self._asked), len(self._files.copied), i18n.current_language
        i18n.current_language = language
        with hearing(said):
            build(config, dirty=dirty)
        i18n.current_language = later
        pages, copied = self._asked[first_page:], self._files.copied[first_file:]
        missing, letters = self._framing.missing(language)
        if all(name in self._pages for name in pages):
            self.built[language] = KeptLanguage(
                pages=pages, copied=copied, missing=missing, letters=letters, said=tuple(said)
            )

    def _is_as_built(self, known: KeptLanguage, language: str) -> bool:
        """Return whether no edit changed anything of a language, and all of it lies there."""
        pages = self._before.pages
        return all(self._is_untouched(name, pages[name].source, language) for name in known.pages) and all(
            map(self._files.is_copied, known.copied)
        )

    def _carry(self, known: KeptLanguage, language: str, pages: Mapping[str, KeptPage]) -> None:
        """Take a language over with its `pages`, and say what is said of it."""
        say_again(known.said)
        for name in known.pages:
            page = self._pages[name] = pages[name]
            self._framing.carry(name, page.source, language, page.content)
            self._framing.use(page.letters)
        for name in (*known.pages, *known.copied):
            self._files.carry(name)
        self._framing.take_missing(known.missing, known.letters, language)
        self.built[language] = known


def _is_all_known(config: MkDocsConfig) -> bool:
    """Return whether all that is made for a language is known here: no file of another plugin's, or of a template."""
    return (
        _PLUGINS.issuperset(config.plugins)
        and _TEMPLATES.issuperset(config.theme.static_templates)
        and not config.extra_templates
        and search.pagefind() is not None
    )


def _warned(known: KeptLanguage) -> bool:
    """Return whether a strict build of a language ends with it."""
    return any(level >= logging.WARNING for _, level, _ in known.said)
