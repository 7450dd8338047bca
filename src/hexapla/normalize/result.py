"""Normalized: a post as the site's Markdown, with what was said about it."""

import re
from dataclasses import dataclass

from hexapla.model.post import Post
from hexapla.model.problem import Problem

_ALWAYS = ("title", "dialect", "layout")
_PAGE = re.compile(r"\{\{-?\s*page\.(\w+)")
NORMALIZED = "normalized"
"""What `dialect:` says in a post that was rewritten: GitHub's reading no longer holds, it is left alone."""


def used(post: Post) -> dict[str, object]:
    """Return what normalizing reads of a post's front matter, and no more: what a cached result depends on.

    That is a few keys, and those that the body asks for by `{{ page.KEY }}`; a date may be the file name's.
    """
    matter = {"date": post.published, **post.front_matter} if post.published else post.front_matter
    names = (*_ALWAYS, *_PAGE.findall(post.body)) if "page." in post.body else _ALWAYS
    return {name: matter[name] for name in dict.fromkeys(names) if name in matter}


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalized:
    """What normalizing returns."""

    post: Post
    """With the new body, its lines' numbers, and the plain title; the given post where nothing changed."""
    problems: tuple[Problem, ...]
    """Notes on what was changed; warnings on what could not be kept."""
    blocks: int = 0
    """How many blocks the post has."""
    lost: int = 0
    """How many of them could not be kept."""
