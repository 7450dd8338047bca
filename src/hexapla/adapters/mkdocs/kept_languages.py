"""Kept languages: those of a site of which all pages and files lie there as they would be built; mkdocs is spared them.

The i18n plugin has mkdocs build the default language, and then each other one. One of these that no edit reached is
taken over as a whole: its pages, the files copied for it, what was said of it.
"""

import logging
from collections.abc import Callable, MutableMapping, Sequence

from mkdocs.config.defaults import MkDocsConfig

from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.hearing import Message, hearing, say_again
from hexapla.adapters.mkdocs.i18n_files import language_built
from hexapla.adapters.mkdocs.kept_page import KeptLanguage, KeptPage, KeptSite
from hexapla.adapters.mkdocs.site_files import SiteFiles
from hexapla.publish import search

_PLUGINS = frozenset(("hexapla", "i18n", "material/search", "search"))
"""Those that do nothing for a language but what is known here."""
_TEMPLATES = frozenset(("404.html",))


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
    ) -> None:
        """Know the build before; `pages` are those kept so far in this one, of all that mkdocs `asked` for.

        `is_untouched` returns whether no edit can have changed a page, by its file, what it is made of, its language.
        """
        self.built: dict[str, KeptLanguage] = {}
        """What this build has of each language that the next may take over."""
        self._before = before
        self._framing = framing
        self._files = files
        self._pages = pages
        self._asked = asked
        self._is_untouched = is_untouched

    def build(self, config: MkDocsConfig, *, build: Callable[..., None], dirty: bool = False) -> None:
        """Have mkdocs `build` the language that the i18n plugin is about to have built, unless it may be kept."""
        language = language_built(config)
        known = self._before.languages.get(language) if _is_all_known(config) else None
        if known and self._is_as_built(known, language) and not (config.strict and _warned(known)):
            self._carry(known, language)
            return
        said: list[Message] = []
        first_page, first_file = len(self._asked), len(self._files.copied)
        with hearing(said):
            build(config, dirty=dirty)
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

    def _carry(self, known: KeptLanguage, language: str) -> None:
        """Take a language over, and say what is said of it."""
        say_again(known.said)
        for name in known.pages:
            page = self._pages[name] = self._before.pages[name]
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
