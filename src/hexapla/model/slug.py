"""Slugs: a heading's id, by GitHub's rule, which keeps the letters and vowel signs of every script."""

import re
import unicodedata

_TAG = re.compile(r"<[^>]*+>|(?P<unclosed><[^>]*+\Z)")


def slugify(text: str, separator: str = "-") -> str:
    """Return a heading's id: lower case; letters, marks, digits, `-` and `_` kept; spaces to `separator`.

    The rule is that of GitHub's own anchors: punctuation and symbols go, nothing is transliterated.
    Python-Markdown calls this as the `slugify` option of its `toc` extension.
    """
    words = _TAG.sub(r"\g<unclosed>", unicodedata.normalize("NFC", text)).strip().lower()
    kept = "".join(sign for sign in words if sign in "-_ " or unicodedata.category(sign)[0] in "LMN")
    return kept.replace(" ", separator)
