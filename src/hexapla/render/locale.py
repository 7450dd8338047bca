"""Locale: dates, numbers and the names of languages as a language writes them (Unicode CLDR, by way of Babel)."""

import difflib
import functools
import re
from datetime import date
from importlib import resources

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_NAMES = {"id": "Bahasa Indonesia", "zh-CN": "简体中文", "zh-TW": "繁體中文", "zh-Hant": "繁體中文"}
"""Names that readers know better than CLDR's."""


def day(value: date, language: str) -> str:
    """Return a date in words, such as `20. November 2026`."""
    return format_date(value, "long", _locale(language))


@functools.lru_cache(maxsize=1024)
def number(value: int, language: str) -> str:
    """Return a number with the language's own marks between thousands."""
    return format_decimal(value, locale=_locale(language))


def percent(value: float, language: str) -> str:
    """Return a share as the language writes percentages, with all of its digits."""
    return format_percent(value, locale=_locale(language), decimal_quantization=False)


@functools.lru_cache(maxsize=1024)
def duration(value: int, language: str) -> str:
    """Return a time in whole minutes, such as `7 minutes`."""
    long, short = (
        format_unit(value, "duration-minute", length, locale=_locale(language))
        for length in ("long", "short")
    )
    # Babel has no long form where a language's is the short one.
    return short if "duration-minute" in long else long


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another one, as in the middle of a sentence; its tag where nobody knows."""
    try:
        return Locale.parse(code, sep="-").get_display_name(_locale(language)) or code
    except (UnknownLocaleError, ValueError):
        return code


def fault_of_tag(code: str) -> str:
    """Return what is wrong with a language's tag, as a sentence that says what to write; empty for nothing."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        return f"`{code}` is not a language tag such as `en` or `pt-BR`: {_meant(code)}"
    if not _is_known(code):
        return f"Nobody knows a language `{code}`: {_meant(code)}"
    language, *others = code.split("-")
    tag = "-".join((language.lower(), *others))
    return "" if tag == code else f"Languages are written in small letters: write `{tag}`, not `{code}`."


def _is_known(code: str) -> bool:
    """Return whether a tag's language is one that Unicode's CLDR has a name or words for."""
    language = code.split("-")[0].lower()
    return language in Locale("en").languages or language in localedata.locale_identifiers()


def _meant(code: str) -> str:
    """Say what to write for a language that is named by its name, in English or in itself, or by no tag."""
    name = code.casefold()
    for tag in sorted(localedata.locale_identifiers(), key=len):
        locale = Locale.parse(tag)
        names = (locale.get_language_name("en"), locale.get_language_name())
        if name in (known.casefold() for known in names if known):
            return f"write `{tag.replace('_', '-')}` in `--languages`."
    near = difflib.get_close_matches(
        name.split("-")[0], sorted(localedata.locale_identifiers()), n=1, cutoff=0.5
    )
    return f"did you mean `{near[0].replace('_', '-')}`?" if near else "correct `--languages`."


def autonym(code: str) -> str:
    """Return a language's own name, capitalized as in a menu; the tag where nobody knows it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = ""
    name = _NAMES.get(code) or name or code
    return name[0].upper() + name[1:]


def theme_language(code: str) -> str:
    """Return the language in which the theme has its own words: this one, its base language, or English."""
    folder = resources.files("material") / "templates" / "partials" / "languages"
    return next((tag for tag in (code, code.split("-")[0]) if (folder / f"{tag}.html").is_file()), "en")


def _locale(language: str) -> Locale:
    """Return the locale of a tag, its base language's, or the English one."""
    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
