"""Keys: what may stand in a post's front matter, what each is for, and which of them a page carries.

A post may come from anyone, and a theme writes what a page's front matter says into every page that names it. So
pages carry known keys only, and each of them a value of its kind.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of the front matter."""

    name: str
    meaning: str
    """A sentence for the manual; empty where another generator's key is left alone."""
    take: Callable[[object], object] | None = None
    """Takes a value of the key's kind for the page, and returns None for any other; pages lack a key without it."""


def _text(value: object) -> str | None:
    """Take words, and numbers that stand for them."""
    return str(value) if isinstance(value, str | int | float | date) else None


def _day(value: object) -> object:
    """Take a date, or a text that begins with one and holds no more than a time."""
    if isinstance(value, date):
        return value
    return (
        value if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[\d T:.+Z-]{0,30}", value) else None
    )


def _tags(value: object) -> object:
    if isinstance(value, list):
        return [tag for tag in map(_text, value) if tag is not None]
    return value if isinstance(value, str) else None


def _picture(value: object) -> object:
    """Take an address, which Jekyll's themes also write as a mapping."""
    if isinstance(value, dict):
        value = next((given for key in ("path", "src", "feature") if (given := value.get(key))), None)
    return value if isinstance(value, str) else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_-]+", value) else None


def _icon(value: object) -> str | None:
    """Take the name of a theme's icon, which is a path: it leads down only."""
    return (
        value
        if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*", value)
        else None
    )


def _hidden(value: object) -> object:
    """Take the names of what the theme is not to show."""
    words = value if isinstance(value, list) else [value]
    return value if words and all(map(_word, words)) else None


def _search(value: object) -> object:
    """Take what the search does with a page."""
    if not isinstance(value, dict):
        return None
    boost, exclude = value.get("boost"), value.get("exclude")
    number = isinstance(boost, int | float) and not isinstance(boost, bool) and 0 <= boost <= 1000
    kept = ({"boost": boost} if number else {}) | ({"exclude": exclude} if isinstance(exclude, bool) else {})
    return kept if kept.keys() == value.keys() else None


OLD_ADDRESSES = ("redirect_from", "aliases")
"""The keys by which Jekyll's and Hugo's posts say at which addresses they were: each a text or a list of texts."""


SERIES_NUMBERS = ("order", "series_order", "series_part", "series_number", "series_weight", "part")
"""The keys by which posts say where they stand in their series: ours, then those of Hugo's and Jekyll's themes."""


def texts_in(value: object) -> tuple[str, ...]:
    """Return the texts that a key was given, one or a list of them; what is empty or no text is left out."""
    given = value if isinstance(value, list) else [value]
    return tuple(text for text in given if isinstance(text, str) and text)


def _addresses(value: object) -> object:
    """Take addresses that pages of this site had: paths, of no host."""
    given = value if isinstance(value, list) else [value]
    paths = [
        path for path in texts_in(value) if len(path) < 500 and ":" not in path and not path.startswith("//")
    ]
    return paths if len(paths) == len(given) else None


def _switch(value: object) -> object:
    return value if isinstance(value, bool) else None


def _key(name: str, meaning: str, take: Callable[[object], object] | None = None) -> Key:
    return Key(name=name, meaning=meaning, take=take)


KEYS: tuple[Key, ...] = (
    _key("title", "The article's title; without it, the first heading is.", _text),
    _key("subtitle", "A line below the title.", _text),
    _key("description", "One or two sentences for lists, search engines and cards.", _text),
    _key("author", "Who wrote it.", _text),
    _key("date", "The day on which it appeared, as `2026-01-31`; lists and feeds are ordered by it.", _day),
    _key("updated", "The day of the last change; so do `last_modified_at`, `lastmod` and `revision_date`.", _day),
    _key("last_modified_at", "As `updated`, in Jekyll's word.", _day),
    _key("lastmod", "As `updated`, in Hugo's word.", _day),
    _key("revision_date", "As `updated`, in the word of mkdocs' plugins.", _day),
    _key("tags", "What it is about: a list, or words with commas between them.", _tags),
    _key("image", "The picture of the article's card on social sites, beside the post or in a folder of `assets:`.", _picture),
    _key("icon", "The name of one of the theme's icons, for the navigation.", _icon),
    _key("status", "A word that the theme shows beside the title in the navigation, such as `new`.", _word),
    _key("hide", "What the theme leaves out on the page: `navigation`, `toc`, `footer`, `tags`.", _hidden),
    _key("search", "What search does with the page: `{exclude: true}`, `{boost: 2}`.", _search),
    _key("comments", "Whether the theme's place for comments is shown, where the site has one.", _switch),
    _key("dialect", "`python-markdown` or `normalized` for a text that is the site's own Markdown already: it is shown as it is.", _word),
    _key("redirect_from", "Addresses at which the article was before, one or a list: pages there lead to it.", _addresses),
    _key("aliases", "As `redirect_from`, in Hugo's word.", _addresses),
    _key("series", "The name of the series that the article is a part of, in the post's language; a list's first, or a table with `name` and `part`, as themes of Hugo's have it."),
    _key("order", "A number: where the article stands in its series, and a page of the site's own in its folder's navigation. Parts without one follow, the oldest first."),
    *(_key(name, "") for name in SERIES_NUMBERS[1:]),
    _key("lang", "The language of the post, where the file's name does not say it or says another."),
    _key("slug", "The article's name in addresses and in `snippets/`; the file's name without its language, unless given."),
    _key("source", "The language, or the file, that this post was translated from."),
    _key("translation_of", "As `source`."),
    _key("translated", "`true` for a translation: then it is not the original."),
    _key("relation", "`translated`, or `adapted` for a free adaptation, whose program is its own."),
    _key("adapted", ""),
    _key("strings", "What a translation's own strings mean: `variant` runs its program, `freeze` refuses them, `canonical-output` shows the original's output and says so."),
    _key("rename", "`allow` lets a translation rename what the page itself defines; `deny` does not."),
    _key("execute", "`false` runs nothing; a table has the settings of `execute:` for this article."),
    _key("files", "Files and folders beside the post that its program reads, and that readers may download."),
    _key("requires", "Distributions that the program needs, as in a requirements.txt: without them the article is skipped."),
    _key("severities", "How much problems of this article weigh, by their code: `{cannot-run: error}`."),
    _key("show_errors", "Whether readers see exceptions that nobody announced."),
    _key("draft", "`true` keeps the post from the site."),
    _key("published", "`false` keeps the post from the site, as in Jekyll."),
    *(_key(name, "") for name in (
        "categories", "category", "excerpt", "layout", "locale", "math", "mermaid", "permalink", "pin", "toc",
    )),
)  # fmt: skip
"""What hexapla reads, and, with no meaning, what blogs say to generators that are not this one: no page needs it."""

_TAKERS: Mapping[str, Callable[[object], object]] = {key.name: key.take for key in KEYS if key.take}
_KNOWN = frozenset(key.name for key in KEYS if not key.take)


def on_pages(values: Mapping[str, object]) -> dict[str, Any]:
    """Return what a page carries of a post's front matter."""
    read_values = {key: take(values[key]) for key, take in _TAKERS.items() if values.get(key) is not None}
    return {key: value for key, value in read_values.items() if value is not None}


def left_out(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys that a page does not carry, and that nobody else reads."""
    kept = on_pages(values)
    return tuple(
        key for key, value in values.items() if value is not None and key not in kept and key not in _KNOWN
    )
