"""Blocks of a post and edits to its text.

Reads fences as pymdownx.superfences does, since that is what renders the page: at any indentation, in
quotes and in admonitions, closed by the same mark at the same place. Reading never changes a byte; every
change is an `Edit` of an exact span.
"""

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hexapla.model.directives import Directives, directives_of
from hexapla.model.other_tools import Wish, options_in
from hexapla.model.tool_comments import ToolComments

_OPENING = re.compile(r"^(?P<prefix>[ \t]*(?:>[ \t]*)*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced code block. Offsets are characters in the text that it was read from."""

    code: str
    """The text between the fences without the container's indentation or `>`; lines end with `\\n`."""
    directives: Directives
    start: int
    """Where the opening fence's line begins, container prefix included."""
    end: int
    """Just past the closing fence's line, its newline included where there is one."""
    line: int
    """0-based line of the opening fence in the text."""
    prefix: str
    """What stands before the fence on its line: indentation and quote marks."""
    fence: str
    """The opening mark: three or more backticks or tildes."""
    info: str
    """The info string as the author wrote it."""
    closed: bool = True
    """False where the text ends before the closing fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


@functools.lru_cache(maxsize=2048)
def blocks(text: str) -> tuple[Block, ...]:
    """Return the fenced code blocks of a Markdown text, in order."""
    # Unlike `splitlines`, which also ends lines at form feeds and the like.
    *ended, last = text.split("\n")
    lines = [*(f"{line}\n" for line in ended), *([last] if last else [])]
    read: list[Block] = []
    comments, last_end = ToolComments(), text.rfind("-->")
    index = offset = 0
    while index < len(lines):
        opening = _OPENING.match(lines[index].rstrip("\n"))
        if opening is None or (opening["mark"][0] == "`" and "`" in opening["info"]):
            offset += len(lines[index])
            index += 1
            continue
        block = _block(lines, index, offset, opening)
        between = text[read[-1].end if read else 0 : block.start]
        asked, words = comments.above(between, ends=last_end >= block.end)
        read.append(_as_asked(block, asked, words))
        # The last line of a text may have no line end.
        index += text.count("\n", offset, block.end) + (text[block.end - 1] != "\n")
        offset = block.end
    return tuple(read)


def _as_asked(block: Block, asked: Wish, words: str) -> Block:
    """Return a block with what is asked for it in a comment above it, or around it, and at the head of its code."""
    if not block.directives.is_python:
        return block
    directives = directives_of(f"{block.info.rstrip('}')} {words}") if words else block.directives
    return replace(block, directives=directives.with_wish(asked + options_in(block.code)[1]))


def _block(lines: list[str], index: int, offset: int, opening: re.Match[str]) -> Block:
    """Read the block that opens at `lines[index]`, which begins at `offset`."""
    prefix, mark, info = opening["prefix"], opening["mark"], opening["info"]
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    code: list[str] = []
    end = offset + len(lines[index])
    closed = False
    for row in range(index + 1, len(lines)):
        line = lines[row]
        inside = _inside(line, prefix)
        if inside is None:
            break
        end += len(line)
        if closing.match(inside.rstrip("\n")):
            closed = True
            break
        code.append(inside)
    return Block(
        code="".join(code),
        directives=directives_of(info),
        start=offset,
        end=end,
        line=index,
        prefix=prefix,
        fence=mark,
        info=info.strip(),
        closed=closed,
    )


def _inside(line: str, prefix: str) -> str | None:
    """Return the line without the container's prefix, or None where the quote around it has ended."""
    if line.startswith(prefix):
        return line[len(prefix) :]
    if not line.strip(" \t>\n"):
        return "\n" if ">" not in prefix or ">" in line else None
    depth = prefix.count(">")
    rest = re.match(rf"(?:[ \t]*>){{{depth}}} ?", line)
    if rest is None:
        return None
    indent = len(prefix) - len(prefix.rstrip(" \t")) if not depth else 0
    body = line[rest.end() :]
    return body[min(indent, len(body) - len(body.lstrip(" \t"))) :]


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to `text`, whose offsets are all those of the text as it was.

    Raises ValueError where two edits overlap: that is a fault of the caller, not of the text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for before, after in itertools.pairwise(ordered):
        if after.start < before.end:
            raise ValueError(f"edits overlap: {before} and {after}")
    pieces: list[str] = []
    done = 0
    for edit in ordered:
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*pieces, text[done:]))


def fence_for(text: str) -> str:
    """Return a fence longer than any run of backticks inside `text`, so that nothing ends it early."""
    runs = re.findall("`+", text)
    return "`" * max(3, max(map(len, runs), default=0) + 1)
