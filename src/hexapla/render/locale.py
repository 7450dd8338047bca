"""Locale: dates, numbers and the names of languages as a language writes them (Unicode CLDR, by way of Babel)."""

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit


def day(value: date, language: str) -> str:
    """Return a date in words, such as `20. November 2026`."""
    return format_date(value, "long", _locale(language))


def number(value: int, language: str) -> str:
    """Return a number with the language's own marks between thousands."""
    return format_decimal(value, locale=_locale(language))


def percent(value: float, language: str) -> str:
    """Return a share as the language writes percentages, with all of its digits."""
    return format_percent(value, locale=_locale(language), decimal_quantization=False)


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


def _locale(language: str) -> Locale:
    """Return the locale of a tag, its base language's, or the English one."""
    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
