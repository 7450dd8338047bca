"""Repairs: what `hexapla fix` may change in a translation. Code and fences only, never prose.

A block that is not the original's program gets the original's code, with the translation's own comments
where they anchor one to one: beside or above the same statement. Comments that find no place are listed.
"""

import io
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.articles import Article, Placed
from hexapla.markdown import Block, Edit
from hexapla.posts import Post
from hexapla.prepared import prepare
from hexapla.relation import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change of one block of a post."""

    path: str
    line: int
    """1-based line of the block's fence."""
    what: str
    """One sentence: what the change does."""
    edits: tuple[Edit, ...]
    """Offsets in the post's body."""
    lost: tuple[str, ...] = ()
    """Comments of the translation that have no place in the original's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """A comment, and what it stands by."""

    anchor: tuple[str, int, bool]
    """The code beside it or of the line below it, which of the equal ones, and whether it is beside."""
    row: int
    column: int
    text: str


def repairs(article: Article, language: str) -> tuple[Repair, ...]:
    """Return what can safely be repaired in a translation of an article."""
    if language == article.original:
        return ()
    post = article.posts[language]
    first = article.placed[article.original]
    found: list[Repair] = []
    for placed in article.placed[language]:
        if placed.twin is None or placed.output:
            continue
        original = first[placed.twin].block
        repair = _code(post, placed, original) or _tag(post, placed.block, original)
        found += [repair] if repair else []
    return tuple(found)


def _code(post: Post, placed: Placed, original: Block) -> Repair | None:
    """Give a block the original's code."""
    block = placed.block
    if placed.level not in (Level.STALE, Level.DIFFERENT) or prepare(original.code).tree is None:
        return None
    code, lost = with_comments(original.code, block.code)
    start = post.body.index("\n", block.start) + 1
    end = _closing(post.body, block)
    text = "".join(f"{block.prefix}{line}".rstrip(" ") + "\n" for line in code.rstrip("\n").split("\n"))
    return Repair(
        path=post.path,
        line=post.line_at(block.start),
        what="Puts the original's code into this block, with this post's comments.",
        edits=(Edit(start=start, end=end, text=text),),
        lost=lost,
    )


def _closing(body: str, block: Block) -> int:
    """Return where the closing fence's line begins, or the block's end where it has none."""
    if not block.closed:
        return block.end
    last = block.end - 1 if body[block.end - 1] == "\n" else block.end
    return body.rfind("\n", 0, last) + 1


def _tag(post: Post, block: Block, original: Block) -> Repair | None:
    """Give a fence the original's info string, where it asks for something else."""
    if block.info == original.info or not original.directives.is_python:
        return None
    start = block.start + len(block.prefix) + len(block.fence)
    end = post.body.find("\n", start)
    return Repair(
        path=post.path,
        line=post.line_at(block.start),
        what=f"Gives this fence the original's words, `{original.info}`.",
        edits=(Edit(start=start, end=len(post.body) if end < 0 else end, text=original.info),),
    )


def with_comments(original: str, translation: str) -> tuple[str, tuple[str, ...]]:
    """Return the original's code with the translation's comments, and those that found no place.

    A comment of the original gives way to the one at the same place; where there is none, it stays. A
    comment of the translation alone goes to the one line of the original that has the same code.
    """
    own = {note.anchor: note for note in _notes(original)}
    lines = original.split("\n")
    only = _only_rows(lines)
    above: dict[int, list[str]] = {}
    lost: list[str] = []
    for note in _notes(translation):
        code, number, beside = note.anchor
        target, row = own.get(note.anchor), only.get(code)
        if target is not None:
            lines[target.row] = lines[target.row][: target.column] + note.text
        elif row is None or number:
            lost.append(note.text)
        elif beside:
            lines[row] = f"{lines[row].rstrip()}  {note.text}"
        else:
            indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
            above.setdefault(row, []).append(indent + note.text)
    merged = [text for row, line in enumerate(lines) for text in (*above.get(row, ()), line)]
    return "\n".join(merged), tuple(lost)


def _only_rows(lines: Sequence[str]) -> dict[str, int]:
    """Return the row of each code that stands on one line only and has no comment beside it."""
    bare = ["".join(line.split()) for line in lines]
    return {code: row for row, code in enumerate(bare) if code and bare.count(code) == 1}


def _notes(code: str) -> list[_Note]:
    """Return a code's comments with what they stand by, as far as its tokens can be read."""
    comments: dict[int, tuple[int, str]] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                comments[token.start[0] - 1] = (token.start[1], token.string)
    except (tokenize.TokenError, SyntaxError):
        pass
    lines = code.split("\n")
    bare = [
        "".join(line[: comments[row][0]].split()) if row in comments else "".join(line.split())
        for row, line in enumerate(lines)
    ]
    seen: dict[tuple[str, bool], int] = {}
    found: list[_Note] = []
    for row, (column, text) in sorted(comments.items()):
        beside = bool(bare[row])
        below = next((line for line in bare[row:] if line), "")
        place = (below, beside)
        number = seen[place] = seen.get(place, -1) + 1
        found.append(_Note(anchor=(below, number, beside), row=row, column=column, text=text))
    return found
