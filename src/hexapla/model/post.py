"""Post: one source file in one language, and how its name and front matter are read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from hexapla.model.problem import Problem

_DATE = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?=.)")
_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
"""A language tag as in BCP 47 (RFC 5646), without its rarer parts."""
_LONG = 180
"""Names of files take 255 bytes at most, and files are named after slugs, with endings."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: ten times faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as text, before or after normalizing (normalizing returns another `Post`)."""

    path: str
    """Relative to the site's folder, with forward slashes, as shown to the user."""
    slug: str
    """Names the article: the same in every language. Safe as a folder's name."""
    language: str
    """A BCP 47 tag of the site, such as `hi` or `pt-BR`."""
    title: str
    """From the front matter; empty where there is none."""
    body: str
    """Markdown below the front matter; lines end with `\\n`."""
    lines: Sequence[int]
    """The 1-based line of the source file from which each line of `body` came."""
    front_matter: Mapping[str, object] = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict)
    """The 1-based line of each key of the front matter."""
    published: date | None = None

    def line_at(self, offset: int) -> int:
        """Return the source file's line for a character offset in `body`."""
        index = self.body.count("\n", 0, offset)
        return self.lines[min(index, len(self.lines) - 1)] if self.lines else 1

    def line_of(self, key: str) -> int:
        """Return the source file's line of a front matter key; 1 where it isn't there."""
        return self.key_lines.get(key, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The front matter, and where the body begins."""

    values: Mapping[str, object]
    key_lines: Mapping[str, int]
    body: str
    body_line: int


def parse(path: str, text: str, *, languages: Sequence[str], default_language: str) -> Post | Problem:
    """Read a post.

    `path` is relative to the site's folder; its first part is the posts' folder. Returns the problem
    where the file cannot be a post of this site.
    """
    head = _head(path, text)
    if isinstance(head, Problem):
        return head
    named = _named(path, head.values, languages)
    language = _language(path, head, named, languages, default_language)
    if isinstance(language, Problem):
        return language
    slug = _slug(path, head, named)
    if isinstance(slug, Problem):
        return slug
    return _post(path, head, slug=slug, language=language, published=named.published)


def document(path: str, text: str) -> Post | Problem:
    """Read Markdown that belongs to no site: its path is its slug, whatever its name and front matter say.

    Returns the problem where the front matter cannot be read.
    """
    head = _head(path, text)
    if isinstance(head, Problem):
        return head
    return _post(path, head, slug=path, language=str(head.values.get("lang") or "en"))


def _post(path: str, head: _Head, *, slug: str, language: str, published: date | None = None) -> Post:
    count = head.body.count("\n") + (not head.body.endswith("\n"))
    return Post(
        path=path,
        slug=slug,
        language=language,
        title=str(head.values.get("title") or "").strip(),
        body=head.body,
        lines=range(head.body_line, head.body_line + count),
        front_matter=head.values,
        key_lines=head.key_lines,
        published=_published(head.values.get("date")) or published,
    )


def _head(path: str, text: str) -> _Head | Problem:
    """Split the front matter from the body."""
    match = re.match(
        r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE
    )
    if match is None and re.match(r"---[ \t]*\n[\w-]+:(?:[ \t]|\n)", text):
        return Problem(
            path=path,
            line=1,
            code="front-matter",
            message="The front matter is never closed.",
            hint="Write `---` on a line of its own below the last key.",
        )
    if match is None:
        return _Head(values={}, key_lines={}, body=text, body_line=1)
    try:
        loader = _LOADER(match["yaml"])
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        return _broken(path, error)
    if values is not None and not isinstance(values, dict):
        return Problem(
            path=path,
            line=2,
            code="front-matter",
            message="The front matter is not a mapping of keys to values.",
            hint="Write one `key: value` a line between the two `---`.",
        )
    keys = node.value if isinstance(node, yaml.MappingNode) else []
    return _Head(
        values={str(key): value for key, value in (values or {}).items()},
        key_lines={key.value: key.start_mark.line + 2 for key, _ in keys},
        body=text[match.end() :],
        body_line=text.count("\n", 0, match.end()) + 1,
    )


def _broken(path: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Problem(
        path=path,
        line=mark.line + 2 if mark else 1,
        code="front-matter",
        message=f"The front matter is not YAML: {what}.",
        hint="Put quotes around a value that holds a colon or begins with a special character.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """What a file's name says."""

    slug: str
    language: str
    published: date | None
    foreign: str = ""
    """A language tag in the name that the site does not have."""


def _named(path: str, values: Mapping[str, object], languages: Sequence[str]) -> _Name:
    """Read `<lang>/<date>-<slug>-<lang>.md` and its shorter forms."""
    parts = PurePosixPath(path)
    stem = unicodedata.normalize("NFC", parts.name.removesuffix(".md"))
    known = {code.lower(): code for code in languages} | {
        str(values.get("lang", "")).lower(): str(values.get("lang"))
    }
    known.pop("", None)
    published = None
    if dated := _DATE.match(stem):
        published = _published(dated["date"])
        stem = stem[dated.end() :] if published else stem
    language = foreign = ""
    head, dot, tail = stem.rpartition(".")
    if dot and head and tail.lower() in known:
        stem, language = head, known[tail.lower()]
    elif dot and head and _TAG.match(tail):
        stem, foreign = head, tail
    else:
        for code in sorted(known, key=len, reverse=True):
            if len(stem) > len(code) + 1 and stem.lower().endswith(f"-{code}"):
                stem, language = stem[: -len(code) - 1], known[code]
                break
    folder = parts.parent.name.lower()
    if not language and len(parts.parts) > 2 and folder in known:
        language = known[folder]
    slug = re.sub(r"[^\w-]+", "-", stem, flags=re.UNICODE).strip("-_") or "post"
    return _Name(slug=_with_marks(stem, slug), language=language, published=published, foreign=foreign)


def _with_marks(stem: str, slug: str) -> str:
    """Keep combining marks (Devanagari vowel signs), which `\\w` leaves out."""
    if slug == stem:
        return slug
    kept = "".join(sign if _is_word(sign) else "-" for sign in stem)
    return re.sub(r"-{2,}", "-", kept).strip("-_") or "post"


def _is_word(sign: str) -> bool:
    return sign in "-_" or unicodedata.category(sign)[0] in "LMN"


def _language(
    path: str, head: _Head, named: _Name, languages: Sequence[str], default_language: str
) -> str | Problem:
    """Decide the language: the front matter's `lang`, else the name's, else the site's default."""
    given = head.values.get("lang")
    line = head.key_lines.get("lang", 1)
    wanted = str(given) if given is not None else named.language or named.foreign or default_language
    known = {code.lower(): code for code in languages}
    language = known.get(wanted.lower().replace("_", "-"))
    if language is None:
        return Problem(
            path=path,
            line=line,
            code="unknown-language",
            message=f"The site has no language `{wanted}`; it has {', '.join(languages)}.",
            hint="Add it under `plugins: i18n: languages:` in mkdocs.yml, or correct `lang:`.",
        )
    said = named.language or named.foreign
    if said and said.lower() != language.lower() and "slug" not in head.values:
        return Problem(
            path=path,
            line=line,
            code="language-disagrees",
            message=f"The front matter says `lang: {wanted}`, the file's name says `{said}`.",
            hint="Correct the one that is wrong; `slug:` in the front matter says that the name holds no language.",
        )
    return language


def _slug(path: str, head: _Head, named: _Name) -> str | Problem:
    given = head.values.get("slug")
    slug = unicodedata.normalize("NFC", named.slug if given is None else str(given))
    if len(slug.encode(errors="replace")) > _LONG:
        return Problem(
            path=path,
            line=head.key_lines.get("slug", 1),
            code="bad-slug",
            message=f"`{slug[:40]}…` cannot be an article's slug: no file system has room for what is named after it.",
            hint=f"Set `slug:` in the front matter to a shorter one, of at most {_LONG} bytes.",
        )
    if given is None and slug != "index":
        return slug
    if slug and slug != "index" and slug[0] not in "-_" and all(map(_is_word, slug)):
        return slug
    return Problem(
        path=path,
        line=head.key_lines.get("slug", 1),
        code="bad-slug",
        message=f"`{slug}` cannot be an article's slug: that names a folder, and `index` is the list of articles.",
        hint="Set `slug:` in the front matter to letters, digits, `-` and `_`.",
    )


def _published(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
