"""Source: what the Markdown of a page says of the page, whichever builder made its HTML."""

import functools
from dataclasses import dataclass
from html import unescape
from typing import Any

import yaml

from hexapla.model.keys import OLD_ADDRESSES, texts_in
from hexapla.render import topics
from hexapla.render.page import MARK

_OURS = MARK.partition("{")[0]
"""What every page carries that hexapla wrote."""
_OF_ALL = MARK.format(source="posts/")
"""What the pages carry that tell of all articles together."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CHANGED = ("updated", "last_modified_at", "lastmod")
"""The keys by which blogs say when a post was last changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """One Markdown file below docs/, read."""

    language: str
    name: str
    """Its path below the language's folder, without `.md`: the same in every language."""
    text: str
    title: str = ""
    description: str = ""
    published: str = ""
    """A date as in ISO 8601; empty where there is none."""
    changed: str = ""
    """When it was last changed, as its author says; else the day of its publication."""
    tags: tuple[str, ...] = ()
    image: str = ""
    """What its author wants to be shown beside links to it: an address, or a path below the site's root."""
    old_addresses: tuple[str, ...] = ()
    """Where the page was, on this site or before it."""
    original: str = ""
    """The language that is shown because the article has no version in `language`."""
    translates: str = ""
    """The language of the original, on the page of a translation."""
    weight: float = 1
    """How much a search makes of it; 0 where it is not to be found."""

    @property
    def is_ours(self) -> bool:
        """Whether hexapla wrote it."""
        return _OURS in self.text.partition("\n---\n")[0]

    @property
    def source(self) -> str:
        """The post that hexapla wrote it from, relative to the site's folder; empty where it is from none alone."""
        before, after = MARK.split("{source}")
        line = next((line for line in self.text.split("\n", 3)[:3] if line.startswith(before)), "")
        return line.removeprefix(before).removesuffix(after) if not line.endswith(_OF_ALL) else ""

    @property
    def is_article(self) -> bool:
        """Whether it is an article's page in its own language."""
        folder, _, slug = self.name.rpartition("/")
        return folder == "posts" and slug != "index" and not self.original and _OF_ALL not in self.text


@functools.lru_cache(maxsize=1 << 17)
def page_source(path: str, text: str) -> PageSource:
    """Read a page; `path` is relative to docs/, with forward slashes."""
    language, _, name = path.removesuffix(".md").partition("/")
    head = text.partition("\n---\n")[0] if text.startswith("---\n") else ""
    try:
        values = yaml.load(head, _LOADER) or {}
    except yaml.YAMLError:
        values = {}
    values = values if isinstance(values, dict) else {}
    published = _day(values.get("date"))
    # What hexapla wrote, it wrote as HTML.
    said = unescape if _OURS in head else str
    return PageSource(
        language=language,
        name=name,
        text=text,
        title=said(str(values.get("title") or "")),
        description=said(str(values.get("description") or "")),
        published=published,
        changed=next((day for key in _CHANGED if (day := _day(values.get(key)))), published),
        tags=tuple(map(said, topics.parse_tags(values.get("tags")))),
        image=said(_image(values.get("image"))),
        old_addresses=tuple(said(old) for key in OLD_ADDRESSES for old in texts_in(values.get(key))),
        original=str(values.get("hexapla_original") or ""),
        translates=str(values.get("hexapla_translates") or ""),
        weight=_weight(values.get("search")),
    )


def body_of(text: str) -> str:
    """Return a page's Markdown without its front matter."""
    return text.partition("\n---\n")[2] if text.startswith("---\n") else text


def _weight(given: object) -> float:
    """Return how much a search makes of a page, as `search:` says it: `exclude` and `boost`."""
    if not isinstance(given, dict):
        return 1
    boost = given.get("boost", 1)
    return 0 if given.get("exclude") else float(boost) if isinstance(boost, int | float) else 1


def _day(given: object) -> str:
    """Return a day as in ISO 8601; empty where none is given."""
    return str(given or "")[:10]


def _image(given: object) -> str:
    """Return the path of an image, which Jekyll's themes also write as a mapping."""
    if isinstance(given, dict):
        given = given.get("path") or given.get("src") or given.get("feature")
    return given if isinstance(given, str) else ""
