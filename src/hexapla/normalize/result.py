"""Normalized: a post as the site's Markdown, with what was said about it."""

from dataclasses import dataclass

from hexapla.posts import Post
from hexapla.problems import Problem

USED = ("title", "dialect")
"""The keys of the front matter that normalizing reads, and no other: what a cached result depends on."""
NORMALIZED = "normalized"
"""What `dialect:` says in a post that was rewritten: GitHub's reading no longer holds, it is left alone."""


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
