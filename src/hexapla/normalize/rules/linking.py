"""Linking: where the links and images of a post lead on the site.

A link to another post leads to that article's page in the reader's language, which always exists; a file
comes along into docs/; what is neither is a problem.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from hexapla.model.post import Post, parse
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.rules.links import Rewritten, rewrite_links

ASSETS = "assets/posts"
"""Where the files that posts show go below docs/."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a link can lead to."""

    slugs: frozenset[str]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A post whose links are the site's, and the files that it needs."""

    post: Post
    assets: tuple[str, ...]
    """Relative to the site's folder."""
    problems: tuple[Problem, ...]


def linked(post: Post, known: Known, find: Callable[[str, str], str | None]) -> Linked:
    """Return the post with its links rewritten.

    `find` takes a post's path and a target, and returns the file that is meant, relative to the site's
    folder; None where there is none.
    """
    assets: list[str] = []
    rewritten = rewrite_links(post.body, partial(_resolve, post, known, find, assets))
    changed = post if rewritten.body == post.body else replace(post, body=rewritten.body)
    return Linked(post=changed, assets=tuple(assets), problems=broken(post, rewritten))


def broken(post: Post, rewritten: Rewritten) -> tuple[Problem, ...]:
    """Return a problem for each link of a post that leads nowhere."""
    return tuple(
        Problem(
            path=post.path,
            line=post.line_at(start),
            code="broken-link",
            message=f"The link leads to `{target}`, and there is no such post or file.",
            hint="Correct it, or put the file beside the post.",
            severity=Severity.WARNING,
        )
        for start, target in rewritten.broken
    )


def _resolve(
    post: Post, known: Known, find: Callable[[str, str], str | None], assets: list[str], target: str
) -> str | None:
    if not target:
        return target
    slug = slug_of(target, known)
    if slug in known.slugs:
        return f"{slug}.md"
    found = find(post.path, target)
    if found is None:
        return None
    assets.append(found)
    return f"../../{ASSETS}/{found}"


def slug_of(target: str, known: Known) -> str:
    """Return the slug that a link's last part names: `../2025-01-01-other-en.md`, `/notes/other-en/`."""
    name = PurePosixPath(re.sub(r"(?:/index)?\.(?:md|html?)$", "", target.rstrip("/"))).name
    if "." in name and name.rpartition(".")[2] not in known.languages:
        return ""
    named = parse(f"posts/{name}.md", "", languages=known.languages, default_language=known.languages[0])
    return named.slug if isinstance(named, Post) else ""
