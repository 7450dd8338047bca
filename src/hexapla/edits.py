"""Edits: changes to the posts themselves, when their author asks for them."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.blogs.tree import tree_at
from hexapla.config.config import Config
from hexapla.config.snippets import with_code
from hexapla.ledger import folder
from hexapla.ledger.ledger import Ledger
from hexapla.ledger.notest import marked_blocks, with_notest
from hexapla.model.article import Article
from hexapla.model.block import Block, blocks, splice
from hexapla.model.post import Post
from hexapla.normalize.target.dialect import dialect_of
from hexapla.render import articles, write
from hexapla.storage import files, posts_folder, site_pages
from hexapla.storage.attachments import with_files
from hexapla.translations.fix import repaired


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChange:
    """What is to change in one post."""

    path: str
    """Relative to the site's folder."""
    before: str
    after: str
    """The whole file."""
    remarks: tuple[str, ...]

    @property
    def diff(self) -> str:
        """Show it as a unified diff, and why."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join((*lines, *(f"{remark}\n" for remark in self.remarks)))


def fixes(config: Config, slugs: Sequence[str], *, edited: bool) -> Iterator[PostChange]:
    """Yield the safe repairs of translations: code and fences, never prose. Changes nothing.

    A change without a difference tells of blocks that were edited on purpose; `edited` repairs those too.
    """
    chosen = [post for post in (*_posts(config), *_pages(config)) if not slugs or post.slug in slugs]
    ledgers = {post.slug: folder.read_ledger(config, post.slug) for post in chosen}
    for article in articles.aligned(config, chosen, ledgers):
        for post in article.posts.values():
            yield from _fix(config, article, post, ledgers[article.slug], edited=edited)


def _posts(config: Config) -> list[Post]:
    """Return the posts as they are, not normalized: the edits are of the author's own text."""
    return posts_folder.posts(config.posts_folder)[0] if config.publishes_posts else []


def _pages(config: Config) -> list[Post]:
    """Return the pages of the site's own."""
    return site_pages.site_pages(config.site_pages, write.is_ours)[0]


def _fix(
    config: Config, article: Article, post: Post, ledger: Ledger, *, edited: bool
) -> Iterator[PostChange]:
    """Yield the change of one translation, if there is anything to change or to tell."""

    def realign(changed: Post) -> Article:
        versions = {**article.posts, changed.language: changed}
        (again,) = articles.aligned(config, list(versions.values()), {article.slug: ledger})
        return again

    made = ledger.translations.get(post.language)
    after, repairs = repaired(article, post.language, realign, made, edited=edited)
    if not repairs:
        return
    before = files.read_post(config.root / post.path)
    yield PostChange(
        path=post.path,
        before=before,
        after=before.removesuffix(post.body) + after.body,
        remarks=tuple(
            f"{repair.path}:{repair.line}: {repair.what}"
            + "".join(f"\n    comment without a place: {comment}" for comment in repair.lost)
            for repair in repairs
        ),
    )


def unrun(config: Config, slugs: Sequence[str], *, kinds: Collection[str]) -> Iterator[PostChange]:
    """Yield what marks the blocks `notest` whose failure of one of these kinds is recorded. Changes nothing."""
    own_pages = _pages(config)
    chosen = [post for post in (*_posts(config), *own_pages) if not slugs or post.slug in slugs]
    ledgers, _ = folder.read_ledgers(config, chosen)
    readable = [post for post in chosen if post.slug in ledgers]
    as_written, slugs_of_pages = {post.path: post for post in readable}, {page.slug for page in own_pages}
    # What is recorded is of the code that blocks take in, and of the files that their article brings along.
    taken = (
        post
        for are_own in (False, True)
        for post in with_code(
            config, [post for post in readable if (post.slug in slugs_of_pages) is are_own], own=are_own
        )[0]
    )
    for aligned in articles.aligned(config, list(taken), ledgers):
        article = with_files(aligned, config.root)[0]
        for language, marked in marked_blocks(article, ledgers[article.slug], frozenset(kinds)).items():
            if marked:
                read = article.posts[language]
                post = as_written[read.path]
                by_line = {post.line_at(block.start): block for block in blocks(post.body)}
                places = [by_line[read.line_at(block.start)] for block in marked]
                yield _marked(config, post, places, in_braces=post.slug in slugs_of_pages)


def _marked(config: Config, post: Post, marked: Sequence[Block], *, in_braces: bool) -> PostChange:
    edits = [with_notest(post.body, block, in_braces=in_braces) for block in marked]
    before = files.read_post(config.root / post.path)
    after = splice(post.body, [edit for edit in edits if edit])
    remarks = tuple(
        f"{post.path}:{post.line_at(block.start)}: "
        + ("Marked `notest`." if edit else "Left alone: write `notest` behind the fence's language by hand.")
        for block, edit in zip(marked, edits, strict=True)
    )
    return PostChange(
        path=post.path, before=before, after=before.removesuffix(post.body) + after, remarks=remarks
    )


def write_change(config: Config, change: PostChange) -> None:
    """Change the post."""
    files.write_as(config.root / change.path, change.after)


def normalizing(config: Config, paths: Sequence[Path]) -> Iterator[PostChange]:
    """Yield what normalizing changes in each post at the paths (files or folders), and why. Changes nothing."""
    from hexapla.normalize.normalize import normalize

    dialect = dialect_of(config)
    for path in paths:
        for file in (old.file for old in tree_at(path).posts):
            post = posts_folder.post_at(file, file.as_posix(), config.posts_folder)
            if isinstance(post, Post):
                result, before = normalize(post, dialect), files.read_post(file)
                yield PostChange(
                    path=file.as_posix(),
                    before=before,
                    after=before.removesuffix(post.body) + result.post.body,
                    remarks=tuple(map(str, result.problems)),
                )
            else:
                yield PostChange(path=file.as_posix(), before="", after="", remarks=(str(post),))
