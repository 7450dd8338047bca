"""Summary: what a post says of itself in lists, in search results and where somebody shares its link."""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hexapla.model.article import Article
from hexapla.model.post import Post

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LENGTH = 200
"""Search engines and social sites show about as many characters."""

_READ = 4000
"""The first paragraph is not further down than this."""

_NEAR = 800
"""And most often no further than this."""

_MARK = re.compile(
    r'!!! |\?\?\?\+? |===[!+]? "|/// |\{:|\[\[?TOC\]|--8<--|(?:\*\[|\[\^)[^\]\n]{1,99}\]:|\$\$|\\\[|\\begin\{'
)
"""What begins a block of the site's own Markdown that is no paragraph: a note, a tab, a definition, a formula."""


def summary(post: Post) -> str:
    """Return a post's `description`, or the beginning of its first paragraph; empty where it has neither."""
    given = " ".join(str(post.front_matter.get("description") or "").split())
    return given or _beginning(post.body[:_READ])


def summarized(article: Article) -> dict[str, object]:
    """Return what the `summaries` of an article depend on."""
    return {
        code: (post.front_matter.get("description"), post.body[:_READ])
        for code, post in article.posts.items()
    }


def summaries(article: Article) -> dict[str, str]:
    """Return the summary of each version of an article, by language."""
    return {code: summary(post) for code, post in article.posts.items()}


def outlined(article: Article, said: Mapping[str, str]) -> Article:
    """Return an article as lists show it: without texts and programs; `said` are its summaries."""
    posts = {
        code: replace(
            post, body="", lines=(), head="", front_matter={**post.front_matter, "description": said[code]}
        )
        for code, post in article.posts.items()
    }
    return replace(article, posts=posts, placed={}, programs=(), problems=())


@functools.lru_cache(maxsize=8192)
def _beginning(text: str) -> str:
    """Return the beginning of the first paragraph that says something. A list asks for that of every post."""
    # What follows a block changes nothing of it, but for what its links lead to: most texts need not be read whole.
    end = text.find("\n", _NEAR) + 1
    near = _paragraphs(text[:end], goes_on=True) if end and "]:" not in text else ()
    return next(filter(None, itertools.chain(near, _paragraphs(text))), "")


def _paragraphs(text: str, *, goes_on: bool = False) -> Iterator[str]:
    """Yield the words of each paragraph; of a text that `goes_on`, without its last block, which is not whole."""
    blocks, whole = _parsers()
    links: dict[str, Any] = {}
    tokens = blocks.parse(text, links)
    last = next(
        (at for at in reversed(range(len(tokens))) if tokens[at].level == 0 and tokens[at].nesting >= 0), 0
    )
    for token, after in itertools.pairwise(tokens[:last] if goes_on else tokens):
        if token.type == "paragraph_open" and token.level == 0 and not _MARK.match(after.content):
            yield _words_of(whole, after.content, links)


@functools.cache
def _parsers() -> "tuple[MarkdownIt, MarkdownIt]":
    """Return a parser that finds paragraphs and leaves what is in them alone, and one that does not."""
    # Not above: where nothing has changed, no list is made.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"]), MarkdownIt("commonmark")


def _words_of(parser: "MarkdownIt", paragraph: str, links: dict[str, Any]) -> str:
    """Return a paragraph's words, cut where they are too many: between two words, or in scripts without any."""
    parts = []
    for token in parser.parseInline(paragraph, links)[0].children or ():
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    text = " ".join("".join(parts).split())
    if len(text) <= LENGTH:
        # What a colon announces, a list or a formula, is not there.
        return f"{text[:-1].rstrip()}…" if text.endswith((":", "：")) else text
    start = text[: LENGTH - 1]
    return f"{(start.rpartition(' ')[0] if ' ' in start[LENGTH // 2 :] else start).rstrip(' ,;:')}…"
