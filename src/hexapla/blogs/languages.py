"""Languages: what people write for one, and which a text's letters speak for."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

TAGS = {
    "cn": "zh", "cz": "cs", "dk": "da", "farsi": "fa", "gr": "el", "hans": "zh-Hans", "hant": "zh-Hant", "jp": "ja",
    "kr": "ko", "se": "sv", "tw": "zh-TW", "ua": "uk", "vn": "vi", "zh-cn": "zh-CN", "zhcn": "zh-CN",
}  # fmt: skip
"""Tags that people write, which are no languages', and what they mean."""
_SCRIPTS = (("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("CYRILLIC", "ru"),
    ("DEVANAGARI", "hi"), ("ARABIC", "ar"), ("HEBREW", "he"), ("GREEK", "el"), ("THAI", "th"))  # fmt: skip
"""What letters' names begin with, and the language that most blogs in them are in."""


def usual_tag(tag: str) -> str:
    """Write a language tag as usual: `zh_cn` is `zh-CN`, `zh-hant` is `zh-Hant` (RFC 5646, section 2.1.1)."""
    first, *rest = re.split(r"[-_]", tag.partition(".")[0])
    kinds = {2: str.upper, 4: str.title}
    return "-".join((first.lower(), *(kinds.get(len(part), str.lower)(part) for part in rest)))


def is_rare(tag: str) -> bool:
    """Return whether a tag has three letters, as many words have that are no language's."""
    return len(re.split(r"[-_]", tag)[0]) == 3


def meant(tag: str) -> str:
    """Return the language that a tag, a name or both stand for: `cn`, `german`, `ru-russian`; empty where none is."""
    written = tag.strip().lower().replace("_", "-")
    names, (first, _, rest) = _names(), written.partition("-")
    return names.get(written) or (usual_tag(first) if rest and names.get(rest) == usual_tag(first) else "")


@functools.cache
def _names() -> Mapping[str, str]:
    """Return the languages that have a tag of two letters, by their names in English and in themselves."""
    codes = [code for code in locale_identifiers() if len(code) == 2]
    in_english = {str(Locale(code).get_language_name("en")).lower(): code for code in codes}
    return {**{str(Locale(code).language_name).lower(): code for code in codes}, **in_english, **TAGS}


def _is_known(code: str) -> bool:
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def is_language(tag: str) -> bool:
    """Return whether a tag is a language's, or what people write for one."""
    if meant(tag):
        return True
    code = usual_tag(tag)
    first, *rest = code.split("-")
    return (
        2 <= len(first) <= 3
        and code.isascii()
        and all(len(part) in (2, 4) for part in rest)
        and _is_known(code)
    )


def guessed_language(text: str) -> str:
    """Return the language that most texts in these letters are in; English for Latin ones."""
    sample = [sign for sign in text[:5000] if sign.isalpha()]
    letters = Counter(
        language
        for sign in sample
        if not sign.isascii()
        for name, language in _SCRIPTS
        if unicodedata.name(sign, "").startswith(name)
    )
    if letters["ja"] * 20 > letters["zh"] > 0:
        return "ja"
    language, count = letters.most_common(1)[0] if letters else ("en", 0)
    # A sign of Chinese stands for a word, and there is code between them.
    return language if count * 20 > len(sample) else "en"
