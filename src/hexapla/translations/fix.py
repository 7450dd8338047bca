"""Fix: what `hexapla fix` may change in a translation. Code and fences only, never prose.

First fences are rebuilt that were lost or damaged. Then a block that is not the original's program gets the
original's code, with the translation's own comments where they anchor one to one (beside or above the same
statement) and its translated strings; what finds no place is listed. A block that was edited here on purpose
since it was recorded is left alone, unless it is asked for.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from hexapla.model.article import Article, Level, Placed
from hexapla.model.block import Block, Edit, blocks
from hexapla.model.directives import Directives, directives_of
from hexapla.model.post import Post
from hexapla.model.settings import Strings
from hexapla.normalize.rules.rule import Source
from hexapla.programs.align.causes import cause_of
from hexapla.programs.align.relation import relate
from hexapla.programs.parse import prepare
from hexapla.translations.copy_code import with_comments, with_marks, with_strings
from hexapla.translations.freshness import Made, is_edited
from hexapla.translations.restore_fences import fence_repair

_TITLE = re.compile(r"""title=(?:"[^"]*"|'[^']*'|[^\s{}]+)""")
_PASSES = 10
"""How often a post is looked at: two or three times are enough for all that was seen."""
_AT_MOST = 100
"""How many fences of one post are rebuilt: more than any post has, so that this ends whatever happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change of one block of a post, or why there is none."""

    path: str
    line: int
    """1-based line of the block's fence."""
    what: str
    """One sentence: what the change does."""
    edits: tuple[Edit, ...] = ()
    """Offsets in the body as it is when this change is made; none where the block is left alone."""
    lost: tuple[str, ...] = ()
    """Comments of the translation that have no place in the original's code."""


def repaired(
    article: Article,
    language: str,
    realign: Callable[[Post], Article],
    recorded: Made | None = None,
    *,
    edited: bool = False,
) -> tuple[Post, tuple[Fix, ...]]:
    """Return a translation with all that can safely be repaired, and what was done or left alone.

    What is repaired first, fences above all, tells what else stands where: so blocks are aligned again
    (`realign` gets the changed post) until nothing is left to do.
    """
    done: list[Fix] = []
    left: list[Fix] = []
    for _ in range(_PASSES if language != article.original else 0):
        post = article.posts[language]
        post, fences = _rebuilt(article.posts[article.original], post)
        article = realign(post) if fences else article
        wanted = repairs(article, language, recorded, edited=edited)
        left = [repair for repair in wanted if not repair.edits]
        edits = [edit for repair in wanted for edit in repair.edits]
        done += (*fences, *(repair for repair in wanted if repair.edits))
        if not edits:
            break
        article = realign(_edited(post, edits))
    return article.posts[language], (*done, *left)


def _edited(post: Post, edits: Iterable[Edit]) -> Post:
    """Return a post after edits; each line still knows the line of the file that it came from."""
    source = Source(text=post.body, numbers=tuple(post.lines)).edited(edits)
    return replace(post, body=source.text, lines=source.numbers)


def _rebuilt(original: Post, post: Post) -> tuple[Post, list[Fix]]:
    """Return a translation whose fences are where the original's tell that they must be, and what was done."""
    wanted, done = blocks(original.body), list[Fix]()
    while len(done) < _AT_MOST and (repair := fence_repair(wanted, post.body)):
        line = post.line_at(repair.offset)
        done.append(Fix(path=post.path, line=line, what=repair.what, edits=repair.edits))
        post = _edited(post, repair.edits)
    return post, done


def repairs(
    article: Article, language: str, recorded: Made | None = None, *, edited: bool = False
) -> tuple[Fix, ...]:
    """Return what can safely be repaired in the blocks of a translation.

    `recorded` tells which blocks were edited on purpose since; `edited` asks for those too.
    """
    if language == article.original:
        return ()
    post, first = article.posts[language], article.placed[article.original]
    keeps = article.policies[language].strings is not Strings.FREEZE
    # Parts of one block of the original: each of them alone is not its program.
    parts = Counter(placed.twin for placed in article.placed[language])
    wanted: list[Fix] = []
    for placed in article.placed[language]:
        if placed.twin is None or placed.output or parts[placed.twin] > 1:
            continue
        original = first[placed.twin].block
        if _is_other(placed, original) and is_edited(placed, recorded) and not edited:
            what = "Left alone: this block was edited here since it was recorded. `--edited` replaces it too."
            wanted.append(Fix(path=post.path, line=post.line_at(placed.block.start), what=what))
            continue
        wanted += [
            repair
            for repair in (_code(post, placed, original, keeps), _tag(post, placed.block, original))
            if repair is not None
        ]
    return tuple(wanted)


def _is_other(placed: Placed, original: Block) -> bool:
    """Return whether a block needs the original's code: a moved one, for instance, has it."""
    if placed.level not in (Level.STALE, Level.DIFFERENT) or prepare(original.code).tree is None:
        return False
    relation = relate(original.code, placed.block.code)
    return relation.level is not Level.IDENTICAL


def _code(post: Post, placed: Placed, original: Block, keeps_strings: bool) -> Fix | None:
    """Give a block the original's code; not where that would take words away that may belong to the post."""
    block = placed.block
    if not _is_other(placed, original) or not block.closed:
        return None
    what, lost = "Makes comments of the words in this block again.", tuple[str, ...]()
    code = with_marks(original.code, block.code)
    if not code:
        if cause_of(original.code, block.code).code in ("prose-in-code", "fence-damage"):
            return None
        what = "Puts the original's code into this block, with this post's comments."
        carried = with_strings(original.code, block.code) if keeps_strings else original.code
        code, lost = with_comments(carried, block.code, alike=placed.level is Level.DIFFERENT)
    start = post.body.index("\n", block.start) + 1
    end = _closing(post.body, block)
    text = "".join(f"{block.prefix}{line}".rstrip(" ") + "\n" for line in code.rstrip("\n").split("\n"))
    if text == post.body[start:end]:
        return None
    return Fix(
        path=post.path,
        line=post.line_at(block.start),
        what=what,
        edits=(Edit(start=start, end=end, text=text),),
        lost=lost,
    )


def _closing(body: str, block: Block) -> int:
    """Return where a closed block's closing fence begins."""
    last = block.end - 1 if body[block.end - 1] == "\n" else block.end
    return body.rfind("\n", 0, last) + 1


def _tag(post: Post, block: Block, original: Block) -> Fix | None:
    """Give a fence the original's info string, where it asks for something else; a title stays translated."""
    given, wanted = directives_of(block.info), directives_of(original.info)
    if _asks(given, wanted) == _asks(wanted, wanted):
        return None
    title = _TITLE.search(block.info)
    info = _TITLE.sub(lambda _: title.group(), original.info) if title else original.info
    start = block.start + len(block.prefix) + len(block.fence)
    end = post.body.find("\n", start)
    return Fix(
        path=post.path,
        line=post.line_at(block.start),
        what=f"Gives this fence the original's words, `{info}`.",
        edits=(Edit(start=start, end=len(post.body) if end < 0 else end, text=info),),
    )


def _asks(given: Directives, wanted: Directives) -> tuple[object, ...]:
    """Return what a fence asks for, as far as a translation must ask for the same.

    It may leave out the block's id, name Python otherwise, and translate the title.
    """
    if not given.is_python and not wanted.is_python:
        return ()
    return (
        given.is_python,
        given.notest,
        given.raises,
        given.fixtures,
        given.check,
        given.unknown,
        given.id or wanted.id,
    )
