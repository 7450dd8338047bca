"""Each distinct code is parsed once in a process, whatever asks for it: counted for our own posts."""

import ast
import builtins
import functools
import re
from collections import Counter
from pathlib import Path

import pytest

from hexapla.model.article import Article
from hexapla.model.block import blocks
from hexapla.model.post import Post, parse_post
from hexapla.model.settings import Settings
from hexapla.programs import fingerprint, parse
from hexapla.programs import parse as parsing
from hexapla.programs.align import scope
from hexapla.programs.align.article import align
from hexapla.programs.align.program import cells_in
from hexapla.translations.freshness import freshness, made

POSTS = Path(__file__).parents[2] / "posts"
LANGUAGES = ("en", "de", "es", "fr", "hi", "ar", "zh")


@pytest.fixture
def forgotten():
    """Empty what earlier tests left in memory."""
    for module in (parsing, fingerprint, parse, scope):
        for value in vars(module).values():
            if isinstance(value, functools._lru_cache_wrapper):
                value.cache_clear()


@pytest.fixture
def parsed(monkeypatch, forgotten) -> Counter[str]:
    """Count the texts that Python parses, as modules and as expressions."""
    counts: Counter[str] = Counter()
    real = builtins.compile

    def counted(source, *args, **kwargs):
        if isinstance(source, str):
            counts[source] += 1
        return real(source, *args, **kwargs)

    monkeypatch.setattr(builtins, "compile", counted)
    return counts


def articles() -> list[Article]:
    by_slug: dict[str, list[Post]] = {}
    for path in sorted(POSTS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        post = parse_post(f"posts/{path.name}", text, languages=LANGUAGES, default_language="en")
        assert isinstance(post, Post)
        by_slug.setdefault(post.slug, []).append(post)
    return [
        align(posts, default_language="en", languages=LANGUAGES, defaults=Settings())
        for posts in by_slug.values()
    ]


def test_our_posts_are_parsed_once(parsed):
    codes = set()
    for article in articles():
        for language, post in article.posts.items():
            freshness(article, language, made(article, language))
            cells_in(article, language)
            codes |= {block.code for block in blocks(post.body) if block.directives.is_python}
    modules = {text: count for text, count in parsed.items() if "\n" in text}
    assert len(codes) > 100
    assert max(modules.values()) == 1
    # Translated comments cost no parse of their own.
    assert len(modules) < len({re.sub(r"#.*", "", code) for code in codes}) + 20
    assert all(ast.parse(text) for text in modules)
