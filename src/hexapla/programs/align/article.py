"""Article: the posts that are versions of one another, as one article with the program that they share."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hexapla.model.article import Article, Placed
from hexapla.model.block import Block
from hexapla.model.codes import problem
from hexapla.model.output import Claim
from hexapla.model.post import Post, Version
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Cell
from hexapla.model.settings import (
    Policy,
    Settings,
    Strings,
    policy_of,
    read_policy,
    read_requires,
    read_settings,
    read_severities,
)
from hexapla.programs.align.compare import Match, compare_posts
from hexapla.programs.align.fence_faults import fence_problems
from hexapla.programs.align.original import original_of
from hexapla.programs.align.program import as_in_post, as_shown, cells_of, distinct_programs, unrun_of
from hexapla.programs.align.side import Side, side_of
from hexapla.programs.claims.in_comments import constants_of, in_block
from hexapla.programs.claims.in_fences import after_block
from hexapla.programs.claims.mentions import mentions_below

_DEFAULTS = Settings()
_NOTHING: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """One post of an article, aligned."""

    side: Side
    placed: tuple[Placed, ...]
    cells: Sequence[Cell]
    """The program that its page shows."""
    problems: Sequence[Problem]


def align(
    posts: Sequence[Post],
    *,
    default_language: str,
    languages: Sequence[str],
    defaults: Settings = _DEFAULTS,
    versions: Callable[[Post], Sequence[Version]] = lambda post: (),
    made_from: Mapping[str, Collection[str]] = _NOTHING,
    strings: Strings = Strings.VARIANT,
) -> Article:
    """Return the article that posts of one slug make: one program for all that hold the same one.

    `versions` gives older texts of a post, newest first; it is called only where a translation differs.
    `made_from` has, by language, the keys of the programs that a translation is recorded to be made from;
    `strings` is what holds where the front matter says nothing of translated strings.
    Nothing raises for what an author wrote: that is a problem of the article.
    """
    by_language, problems = _by_language(posts, languages)
    tag, reason = original_of(by_language, default_language=default_language, languages=languages)
    source = by_language[tag]
    settings, bad_settings = read_settings(source, defaults)
    requires, bad_requires = read_requires(source)
    policies = {language: policy_of(source, post, strings) for language, post in by_language.items()}
    first = _of_its_own(side_of(source))
    older = partial(versions, source)
    aligned = {tag: first} | {
        language: _translation(first, side_of(post), policies[language], older, made_from.get(language, ()))
        for language, post in by_language.items()
        if language != tag
    }
    problems += (*bad_settings, *bad_requires)
    problems += (problem for version in aligned.values() for problem in _problems_of(version))
    return Article(
        slug=source.slug,
        original=tag,
        reason=reason,
        posts=by_language,
        policies=policies,
        placed={language: aligned[language].placed for language in by_language},
        programs=distinct_programs(
            source.slug,
            first.cells,
            {language: version.cells for language, version in aligned.items()},
            settings,
            unrun=unrun_of(first.side),
            requires=requires,
            docstrings=any("__doc__" in cell.code for cell in first.cells),
        ),
        problems=in_order(problems),
    )


def _problems_of(version: _Version) -> Iterator[Problem]:
    """Yield what is wrong with one version, its front matter included."""
    post = version.side.post
    yield from (
        *version.problems,
        *fence_problems(version.side),
        *read_policy(post)[1],
        *read_severities(post)[1],
    )


def _by_language(posts: Sequence[Post], languages: Sequence[str]) -> tuple[dict[str, Post], list[Problem]]:
    """Sort the posts by the site's order of languages; of two in one language the first is kept."""
    order = {language: index for index, language in enumerate(languages)}
    by_language: dict[str, Post] = {}
    problems: list[Problem] = []
    for post in sorted(
        posts, key=lambda post: (order.get(post.language, len(order)), post.language, post.path)
    ):
        kept = by_language.setdefault(post.language, post)
        if kept is not post:
            words = f"{kept.path} is in `{post.language}` too."
            problems.append(problem("duplicate-language", post.path, 1, words))
    return by_language, problems


def _of_its_own(side: Side) -> _Version:
    """Align the original, or a free adaptation: its blocks are its program."""
    side, cells, problems = cells_of(side)
    placed = _placed(side, [Match(cell=cell) for cell in side.cells])
    return _Version(side=side, placed=placed, cells=as_shown(side.post, cells, placed), problems=problems)


def _translation(
    first: _Version,
    side: Side,
    rules: Policy,
    versions: Callable[[], Sequence[Version]],
    made_from: Collection[str],
) -> _Version:
    """Hold a translation against the original."""
    if rules.adapted:
        return _of_its_own(side)
    matches, problems = compare_posts(first.side, side, policy=rules, versions=versions, made_from=made_from)
    blocks = [
        _as_original(block, match, first.side) for block, match in zip(side.blocks, matches, strict=True)
    ]
    outputs = side.outputs | {index for index, match in enumerate(matches) if match.output}
    side = replace(side, blocks=tuple(blocks), outputs=outputs)
    placed = _placed(side, matches, first.placed)
    cells = _localized(side.post, first.cells, placed, rules)
    return _Version(side=side, placed=placed, cells=cells, problems=problems)


def _as_original(block: Block, match: Match, original: Side) -> Block:
    """Return a translation's block with the tag that the original's tells it to have."""
    if match.output:
        return replace(block, directives=replace(block.directives, language="output"))
    if match.cell and match.twin is not None and not block.directives.is_python:
        return replace(block, directives=original.blocks[match.twin].directives)
    return block


def _placed(side: Side, matches: Sequence[Match], first: Sequence[Placed] = ()) -> tuple[Placed, ...]:
    """Say what each block is. `first` is the original's, which tells what a translated word claims."""
    placed: list[Placed] = []
    for index, (block, match) in enumerate(zip(side.blocks, matches, strict=True)):
        claims: tuple[Claim, ...] = ()
        mentions: tuple[Claim, ...] = ()
        if match.cell and block.directives.is_python and index not in side.outputs:
            rest = range(index + 1, len(side.blocks))
            end = next(
                (at for at in rest if side.blocks[at].directives.is_python and at not in side.outputs),
                len(side.blocks),
            )
            twin = first[match.twin] if first and match.twin is not None else None
            constants = constants_of(twin.block, twin.claims) if twin else {}
            following = side.blocks[index + 1 : end]
            claims = (*in_block(side.post, block, constants), *after_block(side.post, block, following))
            until = side.blocks[end].start if end < len(side.blocks) else len(side.post.body)
            mentions = mentions_below(side.post, block, following, until)
        placed.append(
            Placed(
                block=block,
                cell=match.cell,
                claims=claims,
                mentions=mentions,
                localized=match.localized,
                level=match.level,
                twin=match.twin,
                output=index in side.outputs,
            )
        )
    return tuple(placed)


def _localized(post: Post, cells: Sequence[Cell], placed: Sequence[Placed], rules: Policy) -> Sequence[Cell]:
    """Return the canonical cells with the translation's own code where its strings differ."""
    if rules.strings is Strings.CANONICAL_OUTPUT:
        return cells
    blocks = {item.cell: item.block for item in placed if item.localized and item.cell}
    return [as_in_post(cell, post, blocks[cell.id]) if cell.id in blocks else cell for cell in cells]
