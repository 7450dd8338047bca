"""Post: one source file in one language, and what its name and front matter say it is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from hexapla.model import front_matter
from hexapla.model.front_matter import FrontMatter
from hexapla.model.problem import Problem

_DATE = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?=.)")
_TAG = re.compile(r"^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?$")
"""A language tag as in BCP 47 (RFC 5646): a language, a script and a region. `crates.io-incident` is none."""
ENDINGS = (".md", ".markdown", ".mdown", ".mdx", ".mkd", ".mkdn")
"""How Markdown files' names end; MDX is Markdown with components in it."""
_EACH_FOLDERS_OWN = ("index", "_index", "readme")
"""Names, in lower case, that a file has in every folder."""
_OF_LANGUAGES = frozenset(
    {"i18n", "l10n", "lang", "langs", "languages", "locales", "translation", "translations"}
)
"""Folders that hold one for each language, and so name no article."""
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


def parse_post(
    path: str,
    text: str,
    *,
    languages: Sequence[str],
    default_language: str,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> Post | Problem:
    """Read a post.

    `path` is relative to the site's folder; its first part is the posts' folder. `aliases` are tags that names and
    front matter may use for languages of the site. Returns the problem where the file cannot be a post of this site.
    """
    head = front_matter.read_front_matter(path, text)
    if isinstance(head, Problem):
        return head
    known = {**{_tag(code): code for code in languages}, **{_tag(tag): code for tag, code in aliases.items()}}
    named = _named(path, head.values, known)
    language = _language(path, head, named, known, default_language)
    if isinstance(language, Problem):
        return language
    slug = _slug(path, head, named, language)
    if isinstance(slug, Problem):
        return slug
    return _post(path, head, slug=slug, language=language, published=named.published)


def document(path: str, text: str, *, slug: str = "", language: str = "") -> Post | Problem:
    """Read Markdown that is no post, whatever its name and front matter say: its path is its slug, if none is given.

    Returns the problem where the front matter cannot be read.
    """
    head = front_matter.read_front_matter(path, text)
    if isinstance(head, Problem):
        return head
    return _post(path, head, slug=slug or path, language=language or str(head.values.get("lang") or "en"))


def _post(path: str, head: FrontMatter, *, slug: str, language: str, published: date | None = None) -> Post:
    count = head.body.count("\n") + (not head.body.endswith("\n"))
    return Post(
        path=path,
        slug=slug,
        language=language,
        title=str(head.values.get("title") or "").strip(),
        body=head.body.replace("\0", "\ufffd"),  # as CommonMark wants it (2.3, insecure characters)
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


def _named(path: str, values: Mapping[str, object], known: Mapping[str, str]) -> _Name:
    """Read `<lang>/<date>-<slug>-<lang>.md` and its shorter forms; `known` has languages by their tags."""
    parts = PurePosixPath(path)
    given = str(values.get("lang") or "")
    known = known if _tag(given) in known or not given else {**known, _tag(given): given}
    published, stem = _dated(unicodedata.normalize("NFC", stem_of(parts.name)))
    stem, language, foreign = _without_language(stem, known)
    folders = [
        folder
        for folder in reversed(parts.parts[1:-1])
        if _tag(folder) not in known and folder.lower() not in _OF_LANGUAGES
    ]
    if not language and not foreign:
        tags = map(_tag, reversed(parts.parts[1:-1]))
        language = next((known[tag] for tag in tags if tag in known), "")
    if stem.lower() in _EACH_FOLDERS_OWN and folders:
        # A folder that holds one article, with its files: what tells it from others is the folder's name.
        in_folder, stem = _dated(unicodedata.normalize("NFC", folders[0]))
        published = published or in_folder
    slug = re.sub(r"[^\w-]+", "-", stem, flags=re.UNICODE).strip("-_") or "post"
    return _Name(slug=_with_marks(stem, slug), language=language, published=published, foreign=foreign)


def is_markdown(name: str) -> bool:
    """Return whether a file is Markdown by the end of its name."""
    return PurePosixPath(name).suffix.lower() in ENDINGS


def stem_of(name: str) -> str:
    """Return a Markdown file's name without its ending."""
    return name[: -len(PurePosixPath(name).suffix)] if is_markdown(name) else name


def _tag(written: str) -> str:
    """Return a language tag as tags are compared: `zh_CN` is `zh-cn`."""
    return written.lower().replace("_", "-")


def _dated(stem: str) -> tuple[date | None, str]:
    """Split the date from what follows it."""
    dated = _DATE.match(stem)
    published = _published(dated["date"]) if dated else None
    return published, stem[dated.end() :] if dated and published else stem


def _without_language(stem: str, known: Mapping[str, str]) -> tuple[str, str, str]:
    """Split the language from a name: return what is left, the language, and a tag that the site does not have."""
    head, dot, tail = stem.rpartition(".")
    if dot and head and _tag(tail) in known:
        return head, known[_tag(tail)], ""
    if dot and head and _TAG.match(tail):
        return head, "", tail
    compared = _tag(stem)
    for tag in sorted(known, key=len, reverse=True):
        if len(stem) > len(tag) + 1 and compared.endswith(f"-{tag}"):
            return stem[: -len(tag) - 1], known[tag], ""
    return stem, "", ""


def _with_marks(stem: str, slug: str) -> str:
    """Keep combining marks (Devanagari vowel signs), which `\\w` leaves out."""
    if slug == stem:
        return slug
    kept = "".join(sign if _is_word(sign) else "-" for sign in stem)
    return re.sub(r"-{2,}", "-", kept).strip("-_") or "post"


def _is_word(sign: str) -> bool:
    return sign in "-_" or unicodedata.category(sign)[0] in "LMN"


def _language(
    path: str, head: FrontMatter, named: _Name, known: Mapping[str, str], default_language: str
) -> str | Problem:
    """Decide the language: the front matter's `lang`, else the name's, else the site's default."""
    given = head.values.get("lang")
    line = head.key_lines.get("lang", 1)
    wanted = str(given) if given is not None else named.language or named.foreign or default_language
    language = known.get(_tag(wanted))
    if language is None:
        listed = ", ".join(dict.fromkeys(known.values()))
        rename = (
            "" if given is not None else f"; where it names none, call the file `{named.slug}-{wanted}.md`"
        )
        return Problem(
            path=path,
            line=line,
            code="unknown-language",
            message=f"The site has no language `{wanted}`; it has {listed}.",
            hint="Add it under `plugins: i18n: languages:` in mkdocs.yml, or say under `language_aliases:` which "
            f"language it is{rename}.",
        )
    said = named.language or named.foreign
    if said and known.get(_tag(said), said) != language and "slug" not in head.values:
        return Problem(
            path=path,
            line=line,
            code="language-disagrees",
            message=f"The front matter says `lang: {wanted}`, the file's name says `{said}`.",
            hint="Correct the one that is wrong; `slug:` in the front matter says that the name holds no language.",
        )
    return language


def _slug(path: str, head: FrontMatter, named: _Name, language: str) -> str | Problem:
    given = head.values.get("slug")
    slug = unicodedata.normalize("NFC", named.slug if given is None else str(given))
    # mkdocs makes a folder's index of a `README.md`.
    slug = "readme" if slug == "README" else slug
    line = head.key_lines.get("slug", 1)
    if len(slug.encode(errors="replace")) > _LONG:
        return Problem(
            path=path,
            line=line,
            code="bad-slug",
            message=f"`{slug[:40]}…` cannot be an article's slug: no file system has room for what is named after it.",
            hint=f"Set `slug:` in the front matter to a shorter one, of at most {_LONG} bytes: "
            f"`slug: {slug[:40].strip('-_')}`.",
        )
    if slug == "index":
        return Problem(
            path=path,
            line=line,
            code="bad-slug",
            message="`index` cannot be an article's slug: that is the list of articles.",
            hint=f"If it is the site's home page, move it to `docs/{language}/index.md`; if it is an article, call it "
            f"after what it is about, such as `{_suggested(head, 'welcome')}.{language}.md`.",
        )
    if given is None or (slug and slug[0] not in "-_" and all(map(_is_word, slug))):
        return slug
    return Problem(
        path=path,
        line=line,
        code="bad-slug",
        message=f"`{slug}` cannot be an article's slug: that names a folder.",
        hint=f"Write letters, digits, `-` and `_`: `slug: {_suggested(head, named.slug, slug)}`.",
    )


def _suggested(head: FrontMatter, otherwise: str, given: str = "") -> str:
    """Return a slug made of what was given, else of the title."""
    words = given or str(head.values.get("title") or "")
    kept = "".join(sign if _is_word(sign) else "-" for sign in unicodedata.normalize("NFC", words.lower()))
    return re.sub(r"-{2,}", "-", kept).strip("-_")[:60] or otherwise


def _published(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An older text of a post."""

    commit: str
    """What names it: a commit's short hash."""
    text: str
