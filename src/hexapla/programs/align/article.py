"""Aligning: the posts that are versions of one another, as one article with the program that they share."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from hexapla.model.article import Article, Placed
from hexapla.model.block import Block, blocks
from hexapla.model.claim import Claim
from hexapla.model.codes import problem
from hexapla.model.post import Post
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Cell
from hexapla.model.settings import Policy, Settings, Strings, policy, policy_of, settings
from hexapla.model.version import Version
from hexapla.programs.align.compare import Match, compare
from hexapla.programs.align.facts import Side
from hexapla.programs.align.fence_damage import ID, faults
from hexapla.programs.align.original import original as choose
from hexapla.programs.align.program import at_home, programs
from hexapla.programs.align.scope import names_of
from hexapla.programs.claims.in_comments import in_block, shows_each, truths_of
from hexapla.programs.claims.in_fences import after_block, outputs_of
from hexapla.programs.parse import prepare, uncompilable

_DEFAULTS = Settings()
_NOTHING: Mapping[str, Collection[str]] = {}


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
    tag, reason = choose(by_language, default_language=default_language, languages=languages)
    how, found = settings(by_language[tag], defaults)
    problems += found
    sides = {language: _side(post) for language, post in by_language.items()}
    first, cells, said = _original(sides[tag])
    problems += said
    placed = {tag: _placed(first, [Match(cell=cell) for cell in first.cells])}
    cells = [_interactive(cell, placed[tag]) for cell in cells]
    own: dict[str, Sequence[Cell]] = {tag: cells}
    policies = {
        language: policy_of(by_language[tag], post, strings) for language, post in by_language.items()
    }
    for language, side in sides.items():
        if language != tag:
            placed[language], own[language], said = _translation(
                first,
                placed[tag],
                side,
                cells,
                policies[language],
                partial(versions, first.post),
                made_from.get(language, ()),
            )
            problems += said
        problems += policy(side.post)[1]
        problems += faults(side)
    docstrings = any("__doc__" in cell.code for cell in cells)
    return Article(
        slug=by_language[tag].slug,
        original=tag,
        reason=reason,
        posts=by_language,
        policies=policies,
        placed={language: placed[language] for language in by_language},
        programs=programs(by_language[tag].slug, cells, own, how, docstrings=docstrings),
        problems=in_order(problems),
    )


def _by_language(posts: Sequence[Post], languages: Sequence[str]) -> tuple[dict[str, Post], list[Problem]]:
    """Sort the posts by the site's order of languages; of two in one language the first is kept."""
    order = {language: index for index, language in enumerate(languages)}
    found: dict[str, Post] = {}
    problems: list[Problem] = []
    for post in sorted(
        posts, key=lambda post: (order.get(post.language, len(order)), post.language, post.path)
    ):
        if found.setdefault(post.language, post) is not post:
            kept = found[post.language].path
            problems.append(
                problem("duplicate-language", post.path, 1, f"{kept} is in `{post.language}` too.")
            )
    return found, problems


def _side(post: Post) -> Side:
    """Read a post's blocks; those that are typed outputs are text, whatever their fence says."""
    found = list(blocks(post.body))
    outputs: set[int] = set()
    before: Block | None = None
    for index, block in enumerate(found):
        if outputs_of(post, block, before):
            outputs.add(index)
            if block.directives.is_python:
                found[index] = replace(block, directives=replace(block.directives, language="text"))
            before = None
        else:
            before = block if block.directives.is_python else None
    return Side(post=post, blocks=tuple(found), cells=("",) * len(found), outputs=frozenset(outputs))


def _original(side: Side) -> tuple[Side, list[Cell], list[Problem]]:
    """Make the original's cells, and report what cannot be one."""
    cells: list[Cell] = []
    problems: list[Problem] = []
    ids: list[str] = []
    taken = {block.directives.id.casefold() for block in side.blocks if block.directives.id}
    used: set[str] = set()
    for block in side.blocks:
        cell, found = _cell(side.post, block, len(cells) + 1, taken, used)
        problems += found
        ids.append(cell.id if cell else "")
        cells += [cell] if cell else []
    return replace(side, cells=tuple(ids)), cells, problems


def _cell(
    post: Post, block: Block, number: int, taken: set[str], used: set[str]
) -> tuple[Cell | None, list[Problem]]:
    """Make one cell of a block, if it is one."""
    if not block.directives.runs or not block.closed:
        return None, []
    line = post.line_at(block.start)
    prepared = prepare(block.code)
    fault, row = uncompilable(prepared)
    if fault:
        words = f"The block does not parse: {fault}{'' if fault.endswith('?') else '.'}"
        return None, [problem("syntax", post.path, line + 1 + row, words)]
    problems = [
        problem("magic", post.path, line + 1 + row, "This line is for a notebook and is not run.")
        for row in prepared.magics
    ]
    asked = block.directives
    name = asked.id if ID.fullmatch(asked.id) and asked.id.casefold() not in used else ""
    while not name:
        name = f"cell-{number}" if f"cell-{number}" not in taken | used else ""
        number += 1
    used.add(name.casefold())
    return Cell(
        id=name,
        code=prepared.code,
        path=post.path,
        line=line + 1,
        raises=asked.raises,
        fixtures=asked.fixtures,
        check=asked.check,
        names=names_of(block.code),
    ), problems


def _interactive(cell: Cell, placed: Sequence[Placed]) -> Cell:
    item = next(item for item in placed if item.cell == cell.id)
    return replace(cell, interactive=shows_each(item.block, item.claims))


def _placed(side: Side, matches: Sequence[Match], first: Sequence[Placed] = ()) -> tuple[Placed, ...]:
    """Say what each block is. `first` is the original's, which tells what a translated word claims."""
    found: list[Placed] = []
    for index, (block, match) in enumerate(zip(side.blocks, matches, strict=True)):
        claims: tuple[Claim, ...] = ()
        if block.directives.is_python and index not in side.outputs:
            until = side.blocks[index + 1] if index + 1 < len(side.blocks) else None
            twin = first[match.twin] if first and match.cell and match.twin is not None else None
            truths = truths_of(twin.block, twin.claims) if twin else {}
            claims = (*in_block(side.post, block, truths), *after_block(side.post, block, until))
        found.append(
            Placed(
                block=block,
                cell=match.cell,
                claims=claims if match.cell else (),
                localized=match.localized,
                level=match.level,
                twin=match.twin,
                output=index in side.outputs,
            )
        )
    return tuple(found)


def _translation(
    first: Side,
    shown: Sequence[Placed],
    side: Side,
    cells: Sequence[Cell],
    rules: Policy,
    versions: Callable[[], Sequence[Version]],
    made_from: Collection[str],
) -> tuple[tuple[Placed, ...], Sequence[Cell], list[Problem]]:
    """Compare a translation, and return its blocks, its program's cells, and the problems."""
    if rules.adapted:
        own, adapted, problems = _original(side)
        placed = _placed(own, [Match(cell=cell) for cell in own.cells])
        return placed, [_interactive(cell, placed) for cell in adapted], problems
    matches, found = compare(first, side, policy=rules, versions=versions, made_from=made_from)
    retagged = [
        replace(block, directives=first.blocks[match.twin].directives)
        if match.cell and match.twin is not None and not block.directives.is_python
        else block
        for block, match in zip(side.blocks, matches, strict=True)
    ]
    placed = _placed(replace(side, blocks=tuple(retagged)), matches, shown)
    return placed, _own_cells(side.post, cells, placed, rules), list(found)


def _own_cells(post: Post, cells: Sequence[Cell], placed: Sequence[Placed], rules: Policy) -> list[Cell]:
    """Return the canonical cells with the translation's own code where its strings differ."""
    own = {item.cell: item.block for item in placed if item.localized and item.cell}
    if rules.strings is Strings.CANONICAL_OUTPUT:
        return list(cells)
    return [at_home(cell, post, own[cell.id]) if cell.id in own else cell for cell in cells]
