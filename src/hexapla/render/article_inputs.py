"""Article inputs: the versions of each article, with what their links lead to: all that its assembly depends on."""

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from hexapla.config.config import Config
from hexapla.ledger.ledger import Ledger
from hexapla.model.destination import Destination
from hexapla.model.post import Post
from hexapla.normalize.anchors import Anchors, Known, anchors_of
from hexapla.normalize.rules import links
from hexapla.normalize.target.dialect import Dialect, dialect_of
from hexapla.programs.align.original import original_of
from hexapla.storage.assets import Folders
from hexapla.storage.cache import Cache, digest_of
from hexapla.translations.freshness import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInputs:
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


def inputs_of_articles(
    config: Config,
    posts: Sequence[Post],
    ledgers: Mapping[str, Ledger],
    known: Known,
    cache: Cache,
    common: str,
    beside: Sequence[Post],
) -> dict[str, ArticleInputs]:
    """Return the posts of each article by slug, with what their links lead to now; `common` decides about all."""
    by_path = {post.path: post for post in posts}
    targets = cache.memo(
        "links",
        {path: (common, path, post.body) for path, post in by_path.items()},
        lambda paths: [links.targets(by_path[path], known) for path in paths],
        links.Targets,
        jobs=config.options.jobs,
        worth=60,
    )
    sectioned = {path: known.slugs.intersection(target.sectioned) for path, target in targets.items()}
    outlines = _outlines(config, (*posts, *beside), frozenset().union(*sectioned.values()), cache)
    destination = functools.cache(_folders(config).destination)
    return {
        slug: ArticleInputs(
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
        for slug, versions in by_slug(posts)
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
    return {
        slug: {post.language: anchors[post.path] for post in _original_first(versions, config)}
        for slug, versions in by_slug(list(by_path.values()))
    }


def _original_first(versions: Sequence[Post], config: Config) -> list[Post]:
    """Put the original first: it is what readers are lent of a page that their language lacks."""
    original, _ = original_of(
        {post.language: post for post in versions},
        default_language=config.default_language,
        languages=config.codes,
    )
    return sorted(versions, key=lambda post: post.language != original)


def _anchors(post: Post, dialect: Dialect) -> Anchors:
    # Nothing stale needs it: loading it takes longer than reading what is remembered.
    from hexapla.normalize.target.renderer import renderer

    return anchors_of(renderer(dialect).html(post.body))


def by_slug(posts: Sequence[Post]) -> list[tuple[str, list[Post]]]:
    """Return the versions of each article with its slug, in the order of slugs."""
    versions: dict[str, list[Post]] = {}
    for post in posts:
        versions.setdefault(post.slug, []).append(post)
    return sorted(versions.items())


def _folders(config: Config) -> Folders:
    """Return where the files lie that posts may publish: what is in docs/ is published anyway."""
    return Folders(
        root=config.root,
        posts=config.posts,
        shared=(config.docs, *config.assets),
        pages=config.docs,
        languages=config.codes,
    )
