"""Dates and numbers as languages write them."""

from datetime import date

import pytest

from hexapla.render import locale


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("en", "November 20, 2026", "1,234,567"),
        ("de", "20. November 2026", "1.234.567"),
        ("fr", "20 novembre 2026", "1\u202f234\u202f567"),
        ("hi", "20 नवंबर 2026", "12,34,567"),
        ("ar", "20 نوفمبر 2026", "1,234,567"),
        ("zh-TW", "2026年11月20日", "1,234,567"),
        ("pt-BR", "20 de novembro de 2026", "1.234.567"),
        ("xx-no-such", "November 20, 2026", "1,234,567"),
        ("de-XX", "20. November 2026", "1.234.567"),
    ],
)
def test_dates_and_numbers(language, day, number):
    assert locale.day(date(2026, 11, 20), language) == day
    assert locale.number(1234567, language) == number


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("en", "de", "Englisch"),
        ("en", "ar", "الإنجليزية"),
        ("en", "zh", "英语"),
        ("zh", "fr", "chinois"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("en", "xx-no-such", "English"),
        ("xx-no-such", "en", "xx-no-such"),
    ],
)
def test_names_of_languages(code, language, name):
    assert locale.language_name(code, language) == name


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [(1, "en", "1 minute"), (7, "de", "7 Minuten"), (5, "ru", "5 минут"), (7, "zh", "7分钟"), (7, "fa", "7 دقیقه"), (3, "xx", "3 minutes")],
)  # fmt: skip
def test_minutes_are_written_as_the_language_writes_them(value, language, expected):
    assert locale.duration(value, language) == expected
