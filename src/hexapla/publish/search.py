"""Search index: one a language out of mkdocs' single one, with the forms under which words are looked for.

Material's search finds words by their beginnings. What a reader types is often another part of a word: the
second noun of a German compound, an Arabic noun without its article, two characters in the middle of a
Chinese sentence. Such forms go into a field of their own, which is searched and never shown.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from selectolax.lexbor import LexborHTMLParser

PARTS = "parts"
"""The field with the further forms."""

_SEPARATOR = (
    "[\\s\\-\u200b.,;:!?()\\[\\]{}\"'`„“”‚‘’«»…/\\\\=<>|&*+^~#@%।॥،؛؟。，、；：！？（）《》「」【】·—–]+"
)
_WORD = re.compile(r"[^\W\d](?:[\w\u0900-\u0dff\u200c\u200d])+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han."""
_ARABIC = re.compile("^(?:[وف]?(?:ال|لل|بال|كال)|[وفبكل])(?=.{3})")
"""The article, and the conjunctions and prepositions that are written as part of the next word."""
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "nn", "no", "fi", "hu", "is"})
_LINKING = ("", "s", "es", "n", "en", "er", "e")
"""What stands between the two halves of a compound."""


def by_language(
    index: Mapping[str, Any],
    languages: Sequence[str],
    default: str,
    fallbacks: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, dict[str, Any]]:
    """Return each language's own index; its locations are relative to that language's folder.

    `fallbacks` has, by language, the locations of the pages that are shown in another one, with its name: they
    are found too, under a title that says so.
    """
    sorted_out: dict[str, dict[str, Mapping[str, Any]]] = {language: {} for language in languages}
    for entry in index["docs"]:
        folder, _, rest = entry["location"].partition("/")
        language = folder if folder in languages and folder != default else default
        location = rest if language != default else entry["location"]
        # Served again and again, a site's entries pile up: the last one holds.
        other = (fallbacks or {}).get(language, {}).get(location)
        marked = {"title": f"{entry['title']} ({other})"} if other else {}
        sorted_out[language][location] = entry | {"location": location} | marked
    return {
        language: _index(index, tuple(entries.values()), language) for language, entries in sorted_out.items()
    }


def _index(whole: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    config = dict(whole["config"])
    # No stemmers: they are a download of their own, and take more words together than a reader means.
    english = language.split("-")[0] == "en"
    config |= {"lang": ["en"], "pipeline": ["stopWordFilter"] if english else [], "separator": _SEPARATOR}
    config["fields"] = dict(config.get("fields") or {"title": {"boost": 1000.0}, "text": {"boost": 1.0}})
    config["fields"] |= {PARTS: {"boost": 0.5}}
    vocabulary = {word for entry in entries for word in words(_text(entry))}
    stems = {stem(word) for word in vocabulary}
    known = {word: frozenset(forms(word, language, stems)) for word in vocabulary}
    docs = []
    for entry in entries:
        said = words(_text(entry))
        further = sorted(frozenset[str]().union(*(known[word] for word in said)) - said)
        docs.append(dict(entry) | ({PARTS: " ".join(further)} if further else {}))
    return {**whole, "config": config, "docs": docs}


def _text(entry: Mapping[str, Any]) -> str:
    shown = LexborHTMLParser(f"{entry.get('title', '')} {entry.get('text', '')}").body
    return shown.text(separator=" ") if shown is not None else ""


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return {match.lower() for match in _WORD.findall(text)}


def forms(word: str, language: str, stems: set[str]) -> Iterator[str]:
    """Yield further forms under which a word may be looked for; `stems` are those of the site's words."""
    if runs := _UNSPACED.findall(word):
        yield from (first + second for run in runs for first, second in pairwise(run))
        return
    yield _plain(word)
    yield from (part for part in word.split("_") if len(part) > 2)
    if language.split("-")[0] in _COMPOUNDING:
        yield from _halves(word, stems)
    if "\u0600" <= word[0] <= "\u06ff":
        bare = _ARABIC.sub("", _plain(word))
        yield from (bare, f"ال{bare}")


def _plain(word: str) -> str:
    """Return a word without the marks that readers leave out when they type: accents, nuktas, vowel points."""
    marks = {"\u093c", "\u0640", *map(chr, range(0x0300, 0x0370)), *map(chr, range(0x064B, 0x0656))}
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in marks))


def _halves(word: str, stems: set[str]) -> Iterator[str]:
    """Yield what may be the second half of a compound; its first half is found as its beginning."""
    for cut in range(3, len(word) - 3):
        first, second = word[:cut], word[cut:]
        if stem(second) not in stems:
            continue
        heads = (first.removesuffix(link) for link in _LINKING if first.endswith(link))
        if len(second) > 4 or any(stem(head) in stems for head in heads):
            yield second


def stem(word: str) -> str:
    """Return a word without what compounding languages may put at its end; crude, and the same for all forms."""
    return word[:3] + word[3:].rstrip("ens")
