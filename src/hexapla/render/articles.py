"""Articles: normalized posts → articles with links that lead somewhere.

Two thirds of what a build with nothing stale would do is to find out again what is the same program as what: so
that is remembered. The files that links lead to, and older texts where a translation departs from its original,
are looked up each time.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.config.config import Config
from hexapla.config.snippets import may_include
from hexapla.ledger import git_history
from hexapla.ledger.ledger import Ledger
from hexapla.model.article import Article
from hexapla.model.errors import Crash, attempt
from hexapla.model.post import Post, Version
from hexapla.model.problem import Problem
from hexapla.model.settings import Strings
from hexapla.normalize.anchors import Known
from hexapla.normalize.rules import links
from hexapla.programs.align.article import align
from hexapla.render import markdown_docs
from hexapla.render.article_inputs import ArticleInputs, by_slug, inputs_of_articles
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
    articles = inputs_of_articles(config, posts, ledgers, known, cache, common, beside)

    def make(versions: ArticleInputs, older: Older) -> Assembly:
        return _assembly(config, versions, known, older)

    return _remembered("articles", config, posts, articles, common, cache, make)


def assemble_pages(
    config: Config, pages: Sequence[Post], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[list[Assembly], list[Crash]]:
    """Align pages of the site's own, whose links are mkdocs' matter, as `assemble` does posts."""
    articles = {
        slug: ArticleInputs(
            posts=versions, linked=(), destinations={}, outlines={}, translations=ledgers[slug].translations
        )
        for slug, versions in by_slug(pages)
    }

    def make(versions: ArticleInputs, older: Older) -> Assembly:
        article = _align(config, versions.posts, versions.translations, older)
        return Assembly(article=article, assets=(), problems=())

    return _remembered("page-articles", config, pages, articles, digest_of(config), cache, make)


def _remembered(
    stage: str,
    config: Config,
    posts: Sequence[Post],
    articles: Mapping[str, ArticleInputs],
    common: str,
    cache: Cache,
    make: Callable[[ArticleInputs, Older], Assembly],
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

    apart = cache.memo(
        stage,
        inputs,
        lambda slugs: [made(slug, _undecided) for slug in slugs],
        _Apart | str,
        jobs=config.options.jobs,
    )
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


def aligned(config: Config, posts: Sequence[Post], ledgers: Mapping[str, Ledger]) -> list[Article]:
    """Align posts as they are, with the links that their authors wrote."""
    older = functools.cache(functools.partial(git_history.committed_versions, config.root))
    return [
        _align(config, versions, ledgers[slug].translations, lambda post: older(post.path))
        for slug, versions in by_slug(posts)
    ]


def _given(versions: Sequence[Version]) -> Older:
    return lambda post: versions


def _undecided(post: Post) -> Sequence[Version]:
    raise _UndecidedError(post.path)


def _assembly(config: Config, versions: ArticleInputs, known: Known, older: Older) -> Assembly:
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
