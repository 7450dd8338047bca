"""Post: one source file in one language, and what its name and front matter say it is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath

from hexapla.model import front_matter
from hexapla.model.front_matter import FrontMatter
from hexapla.model.problem import Problem

_DATE = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?=.)")
_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
"""A language tag as in BCP 47 (RFC 5646), without its rarer parts."""
_LONG = 180
"""Names of files take 255 bytes at most, and files are named after slugs, with endings."""


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
    head: str = ""
    """The front matter as its author wrote it, between its marks."""
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


def parse_post(path: str, text: str, *, languages: Sequence[str], default_language: str) -> Post | Problem:
    """Read a post.

    `path` is relative to the site's folder; its first part is the posts' folder. Returns the problem
    where the file cannot be a post of this site.
    """
    head = front_matter.read_front_matter(path, text)
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
    head = front_matter.read_front_matter(path, text)
    if isinstance(head, Problem):
        return head
    return _post(path, head, slug=path, language=str(head.values.get("lang") or "en"))


def _post(path: str, head: FrontMatter, *, slug: str, language: str, published: date | None = None) -> Post:
    count = head.body.count("\n") + (not head.body.endswith("\n"))
    return Post(
        path=path,
        slug=slug,
        language=language,
        title=str(head.values.get("title") or "").strip(),
        body=head.body,
        lines=range(head.body_line, head.body_line + count),
        head=head.text,
        front_matter=head.values,
        key_lines=head.key_lines,
        published=_published(head.values.get("date")) or published,
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
    path: str, head: FrontMatter, named: _Name, languages: Sequence[str], default_language: str
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


def _slug(path: str, head: FrontMatter, named: _Name) -> str | Problem:
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
