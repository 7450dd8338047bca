"""Original: which version of an article the others were translated from, and why."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from hexapla.model.block import blocks
from hexapla.model.post import Post
from hexapla.programs.fingerprint import fingerprint_of


def original_of(
    posts: Mapping[str, Post], *, default_language: str, languages: Sequence[str]
) -> tuple[str, str]:
    """Return the original's language and a clause that says why.

    What the front matter says comes first: `source:` or `translation_of:` names a language or a post, and
    `translated: true` rules a post out. Then the site's default language; then the post whose code most
    others agree with.
    """
    if len(posts) == 1:
        return next(iter(posts)), "the only version"
    named = _named(posts)
    if named:
        return named, "the others name it as their source"
    candidates = [language for language, post in posts.items() if not _is_translated(post)]
    if len(candidates) == 1:
        return candidates[0], "the others say that they are translated"
    if default_language in candidates:
        return default_language, "it is in the site's default language"
    if default_language in posts and not candidates:
        return default_language, "all say that they are translated; it is in the site's default language"
    ordered = sorted(candidates or posts, key=lambda tag: _place(tag, languages))
    best = max(ordered, key=lambda tag: _agreement(posts, tag))
    return best, "most of the others hold the same code"


def _named(posts: Mapping[str, Post]) -> str:
    """Return the language that most posts name as their source; empty where none does."""
    votes: dict[str, int] = {}
    for post in posts.values():
        for key in ("translation_of", "source"):
            language = _language(post.front_matter.get(key), posts)
            if language and language != post.language:
                votes[language] = votes.get(language, 0) + 1
                break
    return max(sorted(votes), key=lambda language: votes[language], default="")


def _language(value: object, posts: Mapping[str, Post]) -> str:
    """Read `source:`: a language, a post's path, or its file name."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    for language, post in posts.items():
        path = PurePosixPath(post.path)
        if text.casefold() == language.casefold() or text in (post.path, path.name, path.stem):
            return language
        if post.path.endswith(f"/{text.lstrip('./')}"):
            return language
    return ""


def _is_translated(post: Post) -> bool:
    given = post.front_matter
    return given.get("translated") is True or bool(given.get("translation_of"))


def _place(language: str, languages: Sequence[str]) -> tuple[int, str]:
    return (languages.index(language) if language in languages else len(languages), language)


def _agreement(posts: Mapping[str, Post], language: str) -> int:
    """Return how many blocks of other versions are also in this one."""
    keys = {tag: _keys(post) for tag, post in posts.items()}
    here = set(keys[language])
    return sum(key in here for tag, others in keys.items() if tag != language for key in others)


def _keys(post: Post) -> list[str]:
    codes = [block.code for block in blocks(post.body) if block.directives.is_python]
    return [fingerprint.exact for fingerprint in map(fingerprint_of, codes) if fingerprint is not None]
