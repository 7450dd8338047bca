"""Articles: normalized posts → articles with links that lead somewhere.

Two thirds of what a build with nothing stale would do is to find out again what is the same program as what: so
that is remembered. The files that links lead to, and older texts where a translation departs from its original,
are looked up each time.
"""

import functools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from hexapla.config.config import Config
from hexapla.config.snippets import may_include
from hexapla.ledger import git_history
from hexapla.ledger.ledger import Ledger
from hexapla.model.article import Article
from hexapla.model.destination import Destination
from hexapla.model.errors import Crash, attempt
from hexapla.model.post import Post, Version
from hexapla.model.problem import Problem
from hexapla.model.settings import Strings
from hexapla.normalize.anchors import Anchors, Known, anchors_of
from hexapla.normalize.rules import links
from hexapla.normalize.target.dialect import Dialect, dialect_of
from hexapla.programs.align.article import align
from hexapla.render import markdown_docs
from hexapla.storage.assets import Folders
from hexapla.storage.cache import Cache, digest_of
from hexapla.translations.freshness import Made

Older = Callable[[Post], Sequence[Version]]
"""Takes a post and returns its older texts, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """An article whose links are the site's."""

    article: Article
    assets: tuple[str, ...]
    """What its posts show or link to, relative to the site's folder."""
    problems: tuple[Problem, ...]
    """Of its links, and of what it would be elsewhere; the article has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """An assembly without what its posts have."""

    assembly: Assembly
    """Its article has no posts."""
    paths: Mapping[str, str]
    """By language in the article's order, the path of its post."""
    bodies: Mapping[str, str]
    """By language, where links changed it."""

    @staticmethod
    def of(assembly: Assembly, posts: Mapping[str, Post]) -> "_Apart":
        """Take away what the posts have, which are by path."""
        linked = assembly.article.posts
        return _Apart(
            assembly=replace(assembly, article=replace(assembly.article, posts={})),
            paths={language: post.path for language, post in linked.items()},
            bodies={
                language: post.body for language, post in linked.items() if post.body != posts[post.path].body
            },
        )

    def with_posts(self, posts: Mapping[str, Post]) -> Assembly:
        """Return the whole."""
        linked = {
            language: replace(posts[path], body=self.bodies[language])
            if language in self.bodies
            else posts[path]
            for language, path in self.paths.items()
        }
        return replace(self.assembly, article=replace(self.assembly.article, posts=linked))


class _UndecidedError(Exception):
    """A translation departs from its original, given by its path: only older texts tell whether it is behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posts:
    """The versions of one article, with all that its assembly depends on."""

    posts: Sequence[Post]
    linked: Sequence[str]
    """The slugs of the posts that their links lead to."""
    destinations: Mapping[tuple[str, str], Destination]
    """By a post's path and a link's target."""
    outlines: links.Outlines
    """The anchors of the articles to whose sections its links lead."""
    translations: Mapping[str, Made]
    """What each translation was made from, by language."""


def assemble(
    config: Config,
    posts: Sequence[Post],
    ledgers: Mapping[str, Ledger],
    cache: Cache,
    beside: Sequence[Post] = (),
) -> tuple[list[Assembly], list[Crash]]:
    """Link and align posts of a site, all but those `beside`; return their articles by slug. `ledgers` is by slug.

    Articles that cannot be made are not among them, but among the crashes.
    """
    known = Known(
        slugs=frozenset(post.slug for post in (*posts, *beside)),
        languages=config.codes,
        aliases=config.language_aliases,
        includes=may_include(config),
    )
    common = digest_of(config)
    articles = _with_destinations(config, posts, ledgers, known, cache, common, beside)

    def make(versions: _Posts, older: Older) -> Assembly:
        return _assembly(config, versions, known, older)

    return _remembered("articles", config, posts, articles, common, cache, make)


def assemble_pages(
    config: Config, pages: Sequence[Post], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[list[Assembly], list[Crash]]:
    """Align pages of the site's own, whose links are mkdocs' matter, as `assemble` does posts."""
    articles = {
        slug: _Posts(
            posts=versions, linked=(), destinations={}, outlines={}, translations=ledgers[slug].translations
        )
        for slug, versions in _by_slug(pages)
    }

    def make(versions: _Posts, older: Older) -> Assembly:
        article = _align(config, versions.posts, versions.translations, older)
        return Assembly(article=article, assets=(), problems=())

    return _remembered("page-articles", config, pages, articles, digest_of(config), cache, make)


def _remembered(
    stage: str,
    config: Config,
    posts: Sequence[Post],
    articles: Mapping[str, _Posts],
    common: str,
    cache: Cache,
    make: Callable[[_Posts, Older], Assembly],
) -> tuple[list[Assembly], list[Crash]]:
    """Return what `make` makes of articles, once, and the crashes; `common` decides about all of them."""
    by_path = {post.path: post for post in posts}
    inputs = {slug: (common, article) for slug, article in articles.items()}

    def made(slug: str, older: Older) -> _Apart | str | Crash:
        def assembly() -> _Apart | str:
            try:
                return _Apart.of(make(articles[slug], older), by_path)
            except _UndecidedError as error:
                return str(error)

        return attempt(articles[slug].posts[0].path, assembly)

    apart = cache.memo(stage, inputs, lambda slugs: [made(slug, _undecided) for slug in slugs], _Apart | str)
    older = {
        slug: git_history.committed_versions(config.root, path)
        for slug, path in apart.items()
        if isinstance(path, str)
    }
    apart |= cache.memo(
        f"{stage}-with-history",
        {slug: (inputs[slug], versions) for slug, versions in older.items()},
        lambda slugs: [made(slug, _given(older[slug])) for slug in slugs],
        _Apart,
    )
    assemblies = [part.with_posts(by_path) for part in apart.values() if isinstance(part, _Apart)]
    return assemblies, [part for part in apart.values() if isinstance(part, Crash)]


def _with_destinations(
    config: Config,
    posts: Sequence[Post],
    ledgers: Mapping[str, Ledger],
    known: Known,
    cache: Cache,
    common: str,
    beside: Sequence[Post],
) -> dict[str, _Posts]:
    """Return the posts of each article by slug, with what their links lead to now; `common` decides about all."""
    by_path = {post.path: post for post in posts}
    targets = cache.memo(
        "links",
        {path: (common, path, post.body) for path, post in by_path.items()},
        lambda paths: [links.targets(by_path[path], known) for path in paths],
        links.Targets,
    )
    sectioned = {path: known.slugs.intersection(found.sectioned) for path, found in targets.items()}
    outlines = _outlines(config, (*posts, *beside), frozenset().union(*sectioned.values()), cache)
    destination = functools.cache(_folders(config).destination)
    return {
        slug: _Posts(
            posts=versions,
            linked=sorted(
                {named for post in versions for named in targets[post.path].slugs.values()} & known.slugs
            ),
            destinations={
                (post.path, target): destination(post.path, target)
                for post in versions
                for target, named in targets[post.path].slugs.items()
                if named not in known.slugs
            },
            outlines={slug: outlines[slug] for post in versions for slug in sorted(sectioned[post.path])},
            translations=ledgers[slug].translations,
        )
        for slug, versions in _by_slug(posts)
    }


def _outlines(
    config: Config, posts: Sequence[Post], slugs: Set[str], cache: Cache
) -> dict[str, dict[str, Anchors]]:
    """Return the anchors of each version of articles, as the site renders them."""
    by_path = {post.path: post for post in posts if post.slug in slugs}
    dialect = dialect_of(config)
    common = digest_of((config.extensions, config.extension_configs))
    anchors = cache.memo(
        "outlines",
        {path: (common, post.body) for path, post in by_path.items()},
        lambda paths: [_anchors(by_path[path], dialect) for path in paths],
        Anchors,
    )
    outlines: dict[str, dict[str, Anchors]] = {}
    for path, post in by_path.items():
        outlines.setdefault(post.slug, {})[post.language] = anchors[path]
    return outlines


def _anchors(post: Post, dialect: Dialect) -> Anchors:
    # Nothing stale needs it: loading it takes longer than reading what is remembered.
    from hexapla.normalize.target.renderer import renderer

    return anchors_of(renderer(dialect).html(post.body))


def aligned(config: Config, posts: Sequence[Post], ledgers: Mapping[str, Ledger]) -> list[Article]:
    """Align posts as they are, with the links that their authors wrote."""
    older = functools.cache(functools.partial(git_history.committed_versions, config.root))
    return [
        _align(config, versions, ledgers[slug].translations, lambda post: older(post.path))
        for slug, versions in _by_slug(posts)
    ]


def _by_slug(posts: Sequence[Post]) -> list[tuple[str, list[Post]]]:
    versions: dict[str, list[Post]] = {}
    for post in posts:
        versions.setdefault(post.slug, []).append(post)
    return sorted(versions.items())


def _given(versions: Sequence[Version]) -> Older:
    return lambda post: versions


def _undecided(post: Post) -> Sequence[Version]:
    raise _UndecidedError(post.path)


def _assembly(config: Config, versions: _Posts, known: Known, older: Older) -> Assembly:
    """Link and align an article."""
    known = replace(known, slugs=frozenset(versions.linked))
    linked_posts = [
        links.linked(post, known, lambda path, target: versions.destinations[path, target], versions.outlines)
        for post in versions.posts
    ]
    article = _align(config, [linked.post for linked in linked_posts], versions.translations, older)
    return Assembly(
        article=article,
        assets=tuple(asset for linked in linked_posts for asset in linked.assets),
        problems=(
            *(problem for linked in linked_posts for problem in linked.problems),
            *markdown_docs.untested_problems(article),
        ),
    )


def _align(
    config: Config, posts: Sequence[Post], translations: Mapping[str, Made], versions: Older
) -> Article:
    return align(
        posts,
        default_language=config.default_language,
        languages=config.codes,
        defaults=config.settings,
        versions=versions,
        strings=Strings(config.strings),
        made_from={language: made.programs for language, made in translations.items()},
    )


def _folders(config: Config) -> Folders:
    """Return where the files lie that posts may publish: what is in docs/ is published anyway."""
    return Folders(
        root=config.root,
        posts=config.posts,
        shared=(config.docs, *config.assets),
        pages=config.docs,
        languages=config.codes,
    )
