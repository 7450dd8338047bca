"""Joining: normalized posts → articles with links that lead somewhere; what did not change is remembered.

Two thirds of what a build with nothing stale would do is to find out again what is the same program as what.
So an article is kept under the digest of all that it depends on: its posts, the site's settings, this code.
The files that its links lead to are looked up each time.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hexapla.config.config import Config
from hexapla.ledger import folder, git_history
from hexapla.ledger.ledger import Ledger
from hexapla.model.article import Article
from hexapla.model.destination import Destination
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.model.settings import Strings
from hexapla.model.version import Version
from hexapla.normalize.rules import linking
from hexapla.programs.align.article import align
from hexapla.render import markdown_docs
from hexapla.storage import cache, plain
from hexapla.storage.assets import Folders

FILE = Path(".hexapla", "cache", "articles.json")
"""Below the site's folder; safe to delete, and never to be committed."""

Older = Callable[[str], Sequence[Version]]
"""Takes a post's path and returns its older texts, newest first."""
Asked = tuple[str, str, Destination]
"""The post and the target of a link, and what it leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An article whose links are the site's."""

    article: Article
    key: str
    """Equal for equal articles only; empty where nobody can tell."""
    settled: bool
    """Whether the ledger says what each translation was made from."""
    assets: tuple[str, ...]
    """What its posts show or link to, relative to the site's folder."""
    problems: tuple[Problem, ...]
    """Of its links, and of what it would be elsewhere; the article has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What is kept of one article, besides its own fields but for the posts."""

    posts: Mapping[str, int]
    """By language in the article's order, which of the given posts it is."""
    bodies: Mapping[str, str]
    """By language, where links changed it."""
    assets: tuple[str, ...]
    found: tuple[Problem, ...]
    settled: bool
    asked: tuple[Asked, ...]


def joined(config: Config, posts: Sequence[Post], ledgers: Mapping[str, Ledger]) -> list[Joined]:
    """Link and align all posts of a site; return its articles by slug. `ledgers` is by slug."""
    known = linking.Known(slugs=frozenset(post.slug for post in posts), languages=config.codes)
    find, older = functools.cache(_folders(config).destination), _older(config)
    old = cache.load(config.root / FILE)
    settings = repr((config.key, sorted(known.slugs)))
    found: list[Joined] = []
    entries: dict[str, object] = {}
    new = False
    for versions in _by_slug(posts):
        ledger = ledgers[versions[0].slug]
        key = cache.digest(settings, repr(sorted(ledger.translations.items())), *map(repr, versions))
        one = _remembered(old.get(key), key, versions, find)
        if one is None:
            one, entry = _made(config, key, versions, ledger, known, find, older)
            if entry:
                entries[key], new = [_ENCODE(entry), plain.apart(one.article, but="posts")], True
        else:
            entries[key] = old[key]
        found.append(one)
    if new or entries.keys() != old.keys():
        cache.save(config.root / FILE, entries)
    return found


def aligned(config: Config, posts: Sequence[Post], ledgers: Mapping[str, Ledger]) -> list[Article]:
    """Align posts as they are, with the links that their authors wrote."""
    older = _older(config)
    return [
        _align(config, versions, ledgers[versions[0].slug], lambda post: older(post.path))
        for versions in _by_slug(posts)
    ]


def _older(config: Config) -> Older:
    """Return what gives the older texts of a post; git is asked once for each."""
    return functools.cache(functools.partial(git_history.versions, config.root))


def _by_slug(posts: Sequence[Post]) -> list[list[Post]]:
    found: dict[str, list[Post]] = {}
    for post in posts:
        found.setdefault(post.slug, []).append(post)
    return [versions for _, versions in sorted(found.items())]


def _align(
    config: Config, posts: Sequence[Post], ledger: Ledger, versions: Callable[[Post], Sequence[Version]]
) -> Article:
    return align(
        posts,
        default_language=config.default_language,
        languages=config.codes,
        defaults=config.settings,
        versions=versions,
        strings=Strings(config.strings),
        made_from={language: made.programs for language, made in ledger.translations.items()},
    )


def _made(
    config: Config,
    key: str,
    posts: Sequence[Post],
    ledger: Ledger,
    known: linking.Known,
    find: linking.Find,
    older: Older,
) -> tuple[Joined, _Entry | None]:
    """Link and align an article; return it, and what to keep of it.

    Nothing is kept where the history was asked: what it says depends on more than the posts.
    """
    asked: dict[tuple[str, str], Destination] = {}
    looked_back: list[str] = []

    def noted(post: str, target: str) -> Destination:
        asked[post, target] = find(post, target)
        return asked[post, target]

    def versions(post: Post) -> Sequence[Version]:
        looked_back.append(post.path)
        return older(post.path)

    links = [linking.linked(post, known, noted) for post in posts]
    article = _align(config, [one.post for one in links], ledger, versions)
    assets = tuple(asset for one in links for asset in one.assets)
    found = (
        *(problem for one in links for problem in one.problems),
        *markdown_docs.left_out_problems(article),
    )
    answers = tuple((*question, answer) for question, answer in asked.items())
    whole = "" if looked_back else _whole_key(key, answers)
    settled = folder.origins(article, ledger) == ledger.translations
    one = Joined(article=article, key=whole, settled=settled, assets=assets, problems=found)
    if looked_back:
        return one, None
    index = {link.post.path: number for number, link in enumerate(links)}
    own = {language: index[post.path] for language, post in article.posts.items()}
    return one, _Entry(
        posts=own,
        bodies={
            language: article.posts[language].body
            for language, number in own.items()
            if article.posts[language].body != posts[number].body
        },
        assets=assets,
        found=found,
        settled=settled,
        asked=answers,
    )


def _remembered(known: Any, key: str, posts: Sequence[Post], find: linking.Find) -> Joined | None:
    """Return the article that was kept; None where there is none, or its links now lead elsewhere."""
    if known is None:
        return None
    entry: _Entry = _DECODE(known[0])
    if any(find(post, target) != answer for post, target, answer in entry.asked):
        return None
    own = {
        language: replace(posts[number], body=entry.bodies[language])
        if language in entry.bodies
        else posts[number]
        for language, number in entry.posts.items()
    }
    return Joined(
        article=plain.together(Article, known[1], posts=own),
        key=_whole_key(key, entry.asked),
        settled=entry.settled,
        assets=entry.assets,
        problems=entry.found,
    )


def _whole_key(key: str, asked: Sequence[Asked]) -> str:
    return cache.digest(key, repr(asked))


_ENCODE, _DECODE = plain.encoder(_Entry) or (lambda one: one), plain.decoder(_Entry) or (lambda one: one)


def _folders(config: Config) -> Folders:
    """Return where the files lie that posts may publish: what is in docs/ is published anyway."""
    return Folders(root=config.root, posts=config.posts, shared=(config.docs, *config.assets))
