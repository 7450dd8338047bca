"""Summary: what a post says of itself in lists, in search results and where somebody shares its link."""

import itertools
from typing import TYPE_CHECKING

from hexapla.posts import Post

if TYPE_CHECKING:
    from markdown_it.token import Token

LENGTH = 200
"""Search engines and social sites show about as many characters."""

_READ = 4000
"""The first paragraph is not further down than this."""

_MARKS = ("!!! ", "??? ", "???+ ", "{:", "[TOC]")


def summary(post: Post) -> str:
    """Return a post's `description`, or the beginning of its first paragraph; empty where it has neither."""
    given = " ".join(str(post.front_matter.get("description") or "").split())
    return given or next(filter(None, map(_plain, _paragraphs(post.body))), "")


def _paragraphs(body: str) -> "list[Token]":
    # Not above: where nothing has changed, no list is made.
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(body[:_READ])
    return [
        after
        for token, after in itertools.pairwise(tokens)
        if token.type == "paragraph_open" and token.level == 0 and not after.content.startswith(_MARKS)
    ]


def _plain(paragraph: "Token") -> str:
    """Return a paragraph's words, cut where they are too many: between two words, or in scripts without any."""
    parts = []
    for token in paragraph.children or ():
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    text = " ".join("".join(parts).split())
    if len(text) <= LENGTH:
        return text
    start = text[: LENGTH - 1]
    return f"{(start.rpartition(' ')[0] if ' ' in start[LENGTH // 2 :] else start).rstrip(' ,;:')}…"
