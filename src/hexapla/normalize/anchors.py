"""Anchors: what links may lead to within a site: its posts, and the sections of each in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hexapla.model.post import Post, is_markdown, parse_post, stem_of
from hexapla.model.slug import slugify

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PERMALINK = "headerlink"
"""The class of the sign beside a heading that links to it: no part of its text."""
HEADINGS = "h1, h2, h3, h4, h5, h6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a link can lead to."""

    slugs: frozenset[str]
    languages: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other tags of the languages, by which names of posts may end."""
    includes: bool = True
    """Whether posts may take files in by a line with `--8<--` (pymdownx.snippets), should the site know that."""

    @property
    def tags(self) -> frozenset[str]:
        """The tags of languages, in lower case, that names of posts may end with."""
        return frozenset(tag.lower() for tag in (*self.languages, *self.aliases))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A heading of a page, as links name it."""

    level: int
    id: str
    github: str
    """Its id on GitHub: of headings with one text the later have `-1`, `-2` at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """What links to a page may lead to."""

    ids: frozenset[str]
    sections: tuple[Anchor, ...]

    def section(self, fragment: str) -> int | None:
        """Return which section a link's fragment means; None where it means none."""
        names = (fragment, fragment.lower())
        for number, section in enumerate(self.sections):
            if section.id in names or section.github in names:
                return number
        return None

    def has(self, fragment: str) -> bool:
        """Return whether a link with this fragment leads somewhere on the page: its top is always there."""
        # What stands behind that is for the browser alone (https://wicg.github.io/scroll-to-text-fragment/).
        fragment = fragment.partition(":~:")[0]
        return fragment.lower() in ("", "top") or fragment in self.ids or self.section(fragment) is not None

    def counterparts(self, other: Anchors) -> tuple[Anchor | None, ...]:
        """Return the section of another version for each of this one; none where they have not the same sections.

        The same are as many, of the same levels. A title above them may be the page's in one version, and the
        text's own in the other.
        """
        ours, theirs = self._below_title, other._below_title
        if [section.level for section in ours] != [section.level for section in theirs]:
            return ()
        above = other.sections[: len(other.sections) - len(theirs)]
        titles = (above or (None,))[: len(self.sections) - len(ours)]
        return (*titles, *theirs)

    @property
    def _below_title(self) -> tuple[Anchor, ...]:
        return self.sections[1:] if self.sections and self.sections[0].level == 1 else self.sections


def anchors_of(html: str) -> Anchors:
    """Return the anchors of a page's content."""
    from selectolax.lexbor import LexborHTMLParser  # Where all is remembered, no HTML is read.

    tree = LexborHTMLParser(html)
    assert tree.body is not None
    return anchors_in(tree.body)


def anchors_in(content: LexborNode) -> Anchors:
    """Return the anchors of a content's tree. A heading without an id of its own is reached by GitHub's."""
    ids = {node.attributes.get("id") or "" for node in content.css("[id]")}
    ids |= {node.attributes.get("name") or "" for node in content.css("a[name]")}
    return Anchors(ids=frozenset(ids - {""}), sections=tuple(section for _, section in sections_in(content)))


def sections_in(content: LexborNode) -> Iterator[tuple[LexborNode, Anchor]]:
    """Yield the headings of a content, wherever they stand, in order."""
    seen: Counter[str] = Counter()
    for heading in content.css(HEADINGS):
        text = heading.text()
        for sign in heading.css(f".{PERMALINK}"):
            text = text.removesuffix(sign.text())
        slug = slugify(text)
        # https://github.com/gjtorikian/html-pipeline, TableOfContentsFilter
        github = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
        yield (
            heading,
            Anchor(
                level=int((heading.tag or "h1")[1]), id=heading.attributes.get("id") or github, github=github
            ),
        )


def in_version(fragment: str, shown: Anchors, others: Iterator[Anchors]) -> str | None:
    """Return the fragment by which a page has what a link means; None where no version of the page has that.

    `fragment` is as in an address; `others` are the versions in other languages, one of which the author may have
    had before them.
    """
    wanted = unquote(fragment)
    number = shown.section(wanted)
    if shown.has(wanted):
        return fragment if wanted in shown.ids or number is None else shown.sections[number].id
    for other in others:
        number = other.section(wanted)
        if number is not None:
            # Where the versions differ, the page has its own anchors only, and the original's text is a link away.
            counterparts = other.counterparts(shown)
            section = counterparts[number] if counterparts else None
            return section.id if section else None
    return None


def slug_of(target: str, known: Known, post: str = "posts/post.md") -> str:
    """Return the slug that a link names: `../2025-01-01-other-en.md`, `/notes/other-en/`, `../other/index.de.md`.

    `post` is the path of the post that the link stands in.
    """
    path = normpath(join(dirname(post), unquote(target).lstrip("/")))
    stem = re.sub(r"(?:(?<=/)index)?\.html?$", "", path).rstrip("/")
    name = PurePosixPath(stem_of(stem)).name
    if not is_markdown(path) and "." in name and name.rpartition(".")[2].lower() not in known.tags:
        return ""
    # Only a file may be called after its folder.
    file = stem if is_markdown(path) else f"{name}.md"
    named = parse_post(
        f"posts/{file.lstrip('./')}",
        "",
        languages=known.languages,
        default_language=known.languages[0],
        aliases=known.aliases,
    )
    return named.slug if isinstance(named, Post) else ""
