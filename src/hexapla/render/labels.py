"""Labels: the words that the tool itself puts on a page, in the page's language.

They are in `words/`, a YAML file a language, so that whoever knows the language can add or mend one.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from hexapla.render import locale
from hexapla.translations.freshness import State

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""LibYAML's, which reads the words of five languages in a hundredth of a second, where it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language's words. `{…}` marks what is filled in."""

    output: str
    """What a block printed."""
    value: str
    """What its last expression is."""
    error: str
    figure: str
    diagram: str
    """What a drawn diagram is called that has no title."""
    code: str
    """What a folded block is called."""
    lines: str
    """The size of a folded output: `{count}`."""
    cut: str
    """Under an output that is too long for a page: `{shown}` and `{count}` characters."""
    not_run: str
    """Under a block that is no part of the article's program."""
    canonical_output: str
    """Under an output that the original's program printed, where this block prints other words."""
    fallback: str
    """Above a page that is shown in another language: `{language}` is that one's name in the page's.

    English stands in for languages without words, and says in `{reader}` which of them.
    """
    behind: str
    """Above a translation whose original has changed since."""
    ran: str
    """At the foot of an article: `{versions}`, `{device}` and `{seed}`."""
    download: str
    """Before the links to an article's notebook and script."""
    colab: str
    """The link that opens an article's notebook in Google Colab."""
    colon: str
    """With the blanks that stand around it."""
    articles: str
    """The title of the list of articles."""
    newest: str
    """The heading of the articles in the order of their dates."""
    topics: str
    """The heading of the articles by tag."""
    all_articles: str
    """The link from a home page to the whole list."""
    page_before: str
    """The link from a page of a list to the one before it."""
    page_after: str
    series: str
    """The heading of the articles that are read in an order."""
    part: str
    """Which part of its series an article is: `{number}` and `{count}`."""
    parts: str
    """Before the number of a series' parts."""
    begin: str
    """Before the link to a series' first part."""
    builds_on: str
    """Before the link to the part that is read before this one."""
    next_part: str
    """Before the link to the part that is read after this one."""
    needs: str
    """Before the distributions that an article's program needs."""
    reference: str
    """Before the links to the official pages of what an article's program uses."""
    edit: str
    """The link to where a page's source can be edited."""
    report: str
    """The link to where a mistake can be reported."""
    changes: str
    """The link from a translation that is behind to what has changed in its original."""
    for_translators: str
    """Before the links in a page's foot to the pages for those who keep the site."""
    related: str
    """The heading above the articles that are about the same things."""
    note: str
    """The titles of alerts that have none of their own."""
    tip: str
    important: str
    warning: str
    caution: str
    permalink: str
    """What the sign behind a heading says under the pointer."""
    footnote: str
    """What the arrow behind a footnote says under the pointer: `{number}`."""
    not_found: str
    """The heading of the 404 page."""
    not_found_text: str
    """What the 404 page says."""
    home: str
    """The link from the 404 page."""
    dark: str
    """The button that switches to dark colours."""
    light: str
    """The button that switches to light colours."""
    about: str
    """What a new site's home page says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLabels:
    """One language's words for the page that shows how every translation stands."""

    title: str
    caption: str
    article: str
    original: str
    current: str
    text_behind: str
    code_behind: str
    incomplete: str
    ahead: str
    missing: str
    no_outputs: str
    """Where a version's outputs are not recorded for its present code."""
    made_with: str
    """The heading of the column that says what the outputs were made with."""
    behind: str
    """The heading of the list of what is behind."""
    nothing: str
    """Below that heading, where nothing is."""
    block: str
    section: str
    top: str
    """What stands above the first heading."""
    since: str
    """What ends a sentence with the commit since which it holds."""
    gone: str
    """Of what the original does not have."""
    differs: str
    """Of a block that holds another program."""
    lacks: str
    """Of what a translation does not have."""
    changed: str
    """Of what was changed in the original."""
    lacking: str
    """Above a translation that lacks parts of its original."""

    def of(self, state: State | None) -> str:
        """Return how a version stands, in words."""
        by_state = {
            None: self.missing,
            State.CURRENT: self.current,
            State.COMMENTS_STALE: self.text_behind,
            State.CODE_STALE: self.code_behind,
            State.INCOMPLETE: self.incomplete,
            State.AHEAD: self.ahead,
        }
        return by_state[state]


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
"""Languages written from right to left (Unicode CLDR, `characters` in each locale's layout)."""


def labels(language: str) -> Labels:
    """Return the words for a language tag, its base language's, or English ones."""
    return _labels(language_of_words(language))


def language_of_words(language: str) -> str:
    """Return the language that the words for a language tag are in: English, where it has none of its own."""
    return _nearest(language) or "en"


def borrows_words(language: str) -> bool:
    """Return whether the words for a language tag are another language's."""
    return not _nearest(language)


def fallback_sentence(source: str, language: str) -> str:
    """Return what tells a reader of `language` that a page is in the language `source`."""
    spoken = language_of_words(language)
    source_name, reader_name = (locale.language_name(code, spoken) for code in (source, language))
    return labels(language).fallback.format(language=source_name, reader=reader_name)


_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""The parts of a tag by which Chinese is written in traditional characters (CLDR's likely subtags)."""


def _nearest(language: str) -> str:
    """Return the nearest language that has words; empty where none has."""
    base, *parts = language.lower().split("-")
    if base == "zh" and _TRADITIONAL.intersection(parts):
        return "zh-TW"
    files = {name.lower(): name for name in languages_with_words()}
    return files.get(language.lower()) or files.get(base, "")


@cache
def languages_with_words() -> tuple[str, ...]:
    """Return the languages that have a file of words."""
    names = (file.name for file in (resources.files("hexapla") / "words").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml")))


@cache
def _read(language: str) -> dict[str, Any]:
    """Read a language's words; a regional file holds only what differs from its base language's."""
    base = language.split("-")[0]
    words: dict[str, Any] = {}
    for name in dict.fromkeys((base, language)):
        file = resources.files("hexapla") / "words" / f"{name}.yml"
        for key, value in yaml.load(file.read_text(encoding="utf-8"), _LOADER).items():
            words[key] = words.get(key, {}) | value if isinstance(value, dict) else value
    return words


@cache
def _labels(language: str) -> Labels:
    return Labels(**{key: value for key, value in _read(language).items() if isinstance(value, str)})


@cache
def status_labels(language: str) -> StatusLabels:
    """Return the words of the status page for a language tag, its base language's, or English ones."""
    return StatusLabels(**label_section("status", language))


def label_section(name: str, language: str) -> dict[str, str]:
    """Return the words of one page that has many of its own, for a language tag as `labels` does.

    Those of the theme (`theme`) are only there where its own are mended.
    """
    return dict(_read(language_of_words(language)).get(name, {}))


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
