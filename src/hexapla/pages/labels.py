"""Labels: the words that the tool itself puts on a page, in the page's language.

They are in `words/`, a YAML file a language, so that whoever knows the language can add or mend one.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language's words. `{…}` marks what is filled in."""

    output: str
    """What a block printed."""
    value: str
    """What its last expression is."""
    error: str
    figure: str
    code: str
    """What a folded block is called."""
    lines: str
    """The size of a folded output: `{count}`."""
    cut: str
    """Under an output that is too long for a page: `{shown}` and `{count}` characters."""
    no_output: str
    """Under a block whose output is not recorded."""
    older: str
    """Under a block whose recorded output is older than its code."""
    not_run: str
    """Under a block that is no part of the article's program."""
    canonical_output: str
    """Under an output that the original's program printed, where this block prints other words."""
    fallback: str
    """Above a page that is shown in another language: `{language}` is that one's name in the page's."""
    behind: str
    """Above a translation whose original has changed since."""
    ran: str
    """At the foot of an article: `{versions}`, `{device}` and `{seed}`."""
    download: str
    """Before the links to an article's notebook and script."""
    colon: str
    articles: str
    """The title of the list of articles."""
    newest: str
    """The heading of the articles in the order of their dates."""
    topics: str
    """The heading of the articles by tag."""
    all_articles: str
    """The link from a home page to the whole list."""
    related: str
    """The heading above the articles that are about the same things."""
    note: str
    """The titles of alerts that have none of their own."""
    tip: str
    important: str
    warning: str
    caution: str
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


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
"""Languages written from right to left (Unicode CLDR, `characters` in each locale's layout)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """One language's words on the page that accounts for every block."""

    title: str
    ran: str
    notest: str
    other: str
    unknown: str
    all: str
    badge: str = "blocks run"
    """On the badge, which is one for all languages."""


def _states(*words: str) -> States:
    return States(**dict(zip(("title", "ran", "notest", "other", "unknown", "all"), words, strict=True)))


_STATES = {
    "en": _states("Every block", "ran", "not run on purpose", "not Python", "unknown", "All"),
    "de": _states(
        "Jeder Block", "ausgeführt", "mit Absicht nicht ausgeführt", "kein Python", "unbekannt", "Alle"
    ),
    "es": _states(
        "Todos los bloques",
        "ejecutados",
        "no ejecutados a propósito",
        "no son Python",
        "desconocidos",
        "Total",
    ),
    "fr": _states(
        "Tous les blocs", "exécutés", "non exécutés à dessein", "pas du Python", "inconnus", "Total"
    ),
    "hi": _states("हर ब्लॉक", "चलाए गए", "जान-बूझकर नहीं चलाए गए", "Python नहीं", "अज्ञात", "कुल"),
    "ar": _states("كل الكتل", "نُفّذت", "لم تُنفَّذ عمدًا", "ليست Python", "غير معروفة", "المجموع"),
    "zh": _states("全部代码块", "已运行", "有意不运行", "非 Python", "未知", "合计"),
    "ja": _states("すべてのブロック", "実行済み", "意図的に未実行", "Python 以外", "不明", "合計"),
    "pt": _states(
        "Todos os blocos",
        "executados",
        "não executados de propósito",
        "não são Python",
        "desconhecidos",
        "Total",
    ),
    "it": _states(
        "Tutti i blocchi", "eseguiti", "non eseguiti di proposito", "non Python", "sconosciuti", "Totale"
    ),
    "ru": _states("Все блоки", "выполнены", "намеренно не выполнены", "не Python", "неизвестны", "Всего"),
    "ko": _states("모든 블록", "실행됨", "의도적으로 실행하지 않음", "Python 아님", "알 수 없음", "합계"),
}


def labels(language: str) -> Labels:
    """Return the words for a language tag, its base language's, or English ones."""
    return _labels(_known(language) or "en")


_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""The parts of a tag by which Chinese is written in traditional characters (CLDR's likely subtags)."""


def _known(language: str) -> str:
    """Return the nearest language that has words; empty where none has."""
    base, *parts = language.lower().split("-")
    if base == "zh" and _TRADITIONAL.intersection(parts):
        return "zh-TW"
    files = {name.lower(): name for name in _files()}
    return files.get(language.lower()) or files.get(base, "")


@cache
def _files() -> tuple[str, ...]:
    """Return the languages that have a file of words."""
    found = (entry.name for entry in (resources.files("hexapla") / "words").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml")))


@cache
def _read(language: str) -> dict[str, Any]:
    """Read a language's words; a regional file holds only what differs from its base language's."""
    base = language.split("-")[0]
    words: dict[str, Any] = {}
    for name in dict.fromkeys((base, language)):
        file = resources.files("hexapla") / "words" / f"{name}.yml"
        for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            words[key] = words.get(key, {}) | value if isinstance(value, dict) else value
    return words


@cache
def _labels(language: str) -> Labels:
    return Labels(**{key: value for key, value in _read(language).items() if isinstance(value, str)})


def section(name: str, language: str) -> dict[str, str]:
    """Return the words of one page that has many of its own, for a language tag as `labels` does."""
    return dict(_read(_known(language) or "en")[name])


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def states(language: str) -> States:
    """Return the words of the accounting for a language tag, its base language's, or English ones."""
    return _STATES.get(language) or _STATES.get(language.split("-")[0]) or _STATES["en"]
