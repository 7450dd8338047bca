"""Language names: what is a language's tag, its own name, and the theme's words for it. By Unicode's CLDR."""

import difflib
import re
from importlib import resources

from babel import Locale, UnknownLocaleError, localedata

_NAMES = {"id": "Bahasa Indonesia", "zh-CN": "简体中文", "zh-TW": "繁體中文", "zh-Hant": "繁體中文"}
"""Names that readers know better than CLDR's."""


def fault(code: str) -> str:
    """Return what is wrong with a language's tag, as a sentence that says what to write; empty for nothing."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        return f"`{code}` is not a language tag such as `en` or `pt-BR`: {_meant(code)}"
    return "" if _is_known(code) else f"Nobody knows a language `{code}`: {_meant(code)}"


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
