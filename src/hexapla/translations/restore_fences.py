"""Restore fences: fences of a translation that were lost or damaged, where the original tells what they must be.

A translator or a language model drops a closing fence, glues it to the last line of code, writes it with
typographic quotes, loses an opening one, or joins two blocks. The code is known: it is the original's program.
So its first or last line is looked for, and a fence is tried there. A try counts only if more of the original's
blocks are whole after it and nothing else is lost; no line is touched that is not a fence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from hexapla.model.block import Block, Edit, blocks, splice
from hexapla.programs.align.compare import program_key
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.parse import prepare

_QUOTES = re.compile(r"^(?P<prefix>[ \t>]*+)[`´'‘’“”\"˝~]{1,6}+[ \t]*+(?P<info>[\w{}.#:= \t-]*+)$")
"""A line that was a fence before something took it for a quotation, or part of it was lost."""
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_WORD = re.compile(r"\w*")
_ASIDE = re.compile(r"\s*(?:#|$)")
_LONGER = 2
"""A program may take this many times the original's lines: comments grow in translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FenceRepair:
    """One repair of fences."""

    offset: int
    """Where it is, in the text that it is made in."""
    what: str
    """One sentence: what the change does."""
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        """Just past the line, without its newline."""
        return self.start + len(self.text)

    def become(self, text: str) -> Edit:
        """Return the edit that writes another line in its place."""
        return Edit(start=self.start, end=self.end, text=text)


def fence_repair(original: Sequence[Block], text: str) -> FenceRepair | None:
    """Return a repair that the text of a translation needs, given the original's blocks; None for none.

    The caller applies it and asks again.
    """
    wanted = {key: block for block in reversed(original) if (key := _key(block))}
    counts = Counter(filter(None, map(_key, original)))
    before = _whole_blocks(text, counts)
    missing = {key: block for key, block in wanted.items() if before[0][key] < counts[key]}
    if not missing:
        return None
    lines = _lines(text)
    tries = [
        repair
        for block in blocks(text)
        if not block.closed or _key(block) not in counts
        for repair in (*_closings(block, wanted, lines), *_partings(block, wanted, original, lines))
    ]
    best, most = None, before[0].total()
    outside = _outside(text, lines)
    for repair in (*tries, *_openings(missing, lines, outside)):
        whole, unclosed = _whole_blocks(splice(text, repair.edits), counts)
        if whole > before[0] and unclosed <= before[1] and whole.total() > most:
            best, most = repair, whole.total()
    return best


def _key(block: Block) -> str:
    return _content(block.code, python=block.directives.is_python)


def _content(code: str, *, python: bool) -> str:
    """Return what names a block's content, comments aside; empty where it is too little to be found again."""
    if not python:
        return f"text {code.strip()}" if code.strip() else ""
    mark = fingerprint_of(code)
    return program_key(code) if mark is not None and mark.marks else ""


def _whole_blocks(text: str, wanted: Counter[str]) -> tuple[Counter[str], int]:
    """Return how often a text holds each of the wanted blocks whole, and how many fences it leaves open."""
    here = blocks(text)
    return Counter(_key(block) for block in here if block.closed) & wanted, sum(
        not block.closed for block in here
    )


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(_Line(start=at, text=line))
        at += len(line) + 1
    return lines


def _ends(block: Block, wanted: Mapping[str, Block]) -> Iterator[tuple[int, Block]]:
    """Yield after how many lines of a block one of the wanted ones is whole, and which."""
    lines, tails = block.code.split("\n"), {_tail(other.code) for other in wanted.values()}
    for count, line in enumerate(lines, start=1):
        bare = line.rstrip().removesuffix(block.fence)
        if bare.strip() and _tail(bare) in tails:
            code = "\n".join((*lines[: count - 1], bare))
            whole = wanted.get(_content(code, python=block.directives.is_python))
            if whole is not None:
                yield count, whole


def _tail(code: str) -> str:
    """Return what the last line of code begins with: parsing only what may be right saves most of the time."""
    last = next((line for line in reversed(code.split("\n")) if not _ASIDE.match(line)), "")
    word = _WORD.match(last.strip())
    return word.group() if word else ""


def _closings(block: Block, wanted: Mapping[str, Block], lines: Sequence[_Line]) -> Iterator[FenceRepair]:
    """Yield ways to close a fence that has swallowed what stands below its code."""
    mark = f"{block.prefix}{block.fence}"
    closes = "Closes this fence where the original's program ends."
    for count, _ in _ends(block, wanted):
        row = block.line + count
        last, below = lines[row], lines[row + 1] if row + 1 < len(lines) else None
        if last.text.rstrip().endswith(block.fence):
            bare = last.text.rstrip().removesuffix(block.fence).rstrip()
            glued = last.become(f"{bare}\n{mark}")
            yield FenceRepair(
                offset=last.start, what="Gives this closing fence a line of its own.", edits=(glued,)
            )
            continue
        quotes = _QUOTES.match(below.text) if below else None
        if below is not None and quotes and not quotes["info"].strip():
            yield FenceRepair(offset=block.start, what=closes, edits=(below.become(mark),))
        rest = block.code.split("\n")[count:]
        parses = prepare("\n".join(rest)).tree is not None
        # Code that was added below stays where it is.
        if block.closed and parses and not any(map(_FENCE.match, rest)):
            continue
        closed = Edit(start=last.end, end=last.end, text=f"\n{mark}")
        yield FenceRepair(offset=block.start, what=closes, edits=(closed,))
        if block.closed and not parses and not rest[0].strip():
            # A paragraph that slipped in goes out again: the fence moves up.
            old = lines[block.line + block.code.count("\n") + 1]
            gone = Edit(start=old.start, end=min(old.end + 1, lines[-1].end), text="")
            yield FenceRepair(offset=block.start, what=closes, edits=(closed, gone))


def _partings(
    block: Block, wanted: Mapping[str, Block], original: Sequence[Block], lines: Sequence[_Line]
) -> Iterator[FenceRepair]:
    """Yield ways to part a block that holds two of the original's."""
    mark = f"{block.prefix}{block.fence}"
    for count, first in _ends(block, wanted):
        rest = replace(block, code="\n".join(block.code.split("\n")[count:]))
        for following in original[original.index(first) + 1 :][:1]:
            if following in (second for _, second in _ends(rest, wanted)):
                at = lines[block.line + count].end
                edit = Edit(start=at, end=at, text=f"\n{mark}\n\n{mark}{following.info}")
                yield FenceRepair(offset=at, what="Parts this block where the original does.", edits=(edit,))


def _outside(text: str, lines: Sequence[_Line]) -> frozenset[int]:
    """Return the rows that stand in no block, or in one that a closing fence seems to open."""
    inside = {
        row
        for block in blocks(text)
        if block.info
        for row in range(block.line, block.line + text.count("\n", block.start, block.end))
    }
    return frozenset(range(len(lines))) - inside


def _openings(
    missing: Mapping[str, Block], lines: Sequence[_Line], outside: Set[int]
) -> Iterator[FenceRepair]:
    """Yield ways to open a fence above a missing program that ends above a line like a fence."""
    for row, line in enumerate(lines):
        quotes = _QUOTES.match(line.text)
        if quotes is None or quotes["info"].strip():
            continue
        prefix = quotes["prefix"]
        for key, block in missing.items():
            first = _begin(lines[:row], prefix, key, block)
            if first is None or first not in outside:
                continue
            opening = f"{prefix}```{block.info}"
            above = lines[first - 1] if first else None
            if above is not None and _is_left_of(above.text, block):
                edit = above.become(opening)
            else:
                edit = Edit(start=lines[first].start, end=lines[first].start, text=f"{opening}\n")
            closing = line.become(f"{prefix}```")
            yield FenceRepair(
                offset=edit.start,
                what="Opens the fence where the original's program begins.",
                edits=(edit,) if closing.text == line.text.rstrip() else (edit, closing),
            )


def _begin(above: Sequence[_Line], prefix: str, key: str, block: Block) -> int | None:
    """Return the row at which a program begins that ends with the last of these lines; None where none does."""
    if (
        not block.directives.is_python
        or not above
        or _tail(above[-1].text.removeprefix(prefix)) != _tail(block.code)
    ):
        return None
    code = [line.text.removeprefix(prefix) for line in above]
    least = len(code) - _LONGER * block.code.count("\n") - 2
    for row in range(len(code) - 1, max(least, 0) - 1, -1):
        if code[row].strip() and _content("\n".join(code[row:]), python=True) == key:
            # The original tells how many comments stand above its first statement.
            comments = re.match(r"(?:[ \t]*#.*\n)*", block.code)
            wanted = comments.group().count("\n") if comments else 0
            while wanted and row and code[row - 1].startswith("#"):
                row, wanted = row - 1, wanted - 1
            return row
    return None


def _is_left_of(text: str, block: Block) -> bool:
    """Return whether a line is what is left of a block's opening fence."""
    quotes = _QUOTES.match(text)
    left = quotes["info"].strip() if quotes else text.strip()
    return bool(text.strip()) and left in ("", block.info, block.directives.language)
