"""Tabs: in which tabs of a page each of its blocks stands, as pymdownx.tabbed and pymdownx.blocks.tab write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.model.block import Block
from hexapla.model.program import Tab

_TAB = re.compile(r"(?P<mark>===[!+]*+)[ ]++\"(?P<label>[^\n]*+)(?<=\")[ ]*+\Z")
_SLASHES = re.compile(r"(?P<mark>/{3,}+)[ \t]*+(?P<words>[^\n]*+)\Z")
_OPTION = re.compile(r"[ ]{4,}+new:[ \t]*+true[ \t]*+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """What holds the lines that are being read: a tab, or another block between slashes."""

    indent: int
    tab: Tab | None
    slashes: str = ""

    def holds(self, indent: int) -> bool:
        """Return whether a line with so many blanks before it may be inside."""
        return bool(self.slashes) or indent >= self.indent + 4


def tabs_of(body: str, blocks: Sequence[Block]) -> list[tuple[Tab, ...]]:
    """Return the tabs that each block of a page stands in, from the outermost."""
    if not re.search(r"^[ ]*+(?:===|/{3,}+[ ]*+tab\b)", body, re.MULTILINE):
        return [()] * len(blocks)
    lines, reading, row = body.split("\n"), _Reading(), 0
    paths = []
    for block in blocks:
        for line in range(row, block.line):
            reading.take(lines[line], lines[line + 1 : line + 2])
        paths.append(reading.around(block))
        row = block.line + body.count("\n", block.start, block.end)
    return paths


class _Reading:
    """Reads a page's lines outside of its fences."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._sets = 0
        self._ended: dict[int, int] = {}
        """By indentation, the set of the tab that has just ended there."""

    def take(self, line: str, following: Sequence[str]) -> None:
        """Read a line."""
        text = line.lstrip(" ")
        if not text.strip():
            return
        indent = len(line) - len(text)
        self._leave(indent)
        slashes = _SLASHES.match(text)
        if slashes and not slashes["words"].strip():
            self._close(slashes["mark"])
        elif slashes:
            self._begin(slashes, indent, new=bool(following and _OPTION.match(following[0])))
        elif tab := _TAB.match(text):
            label = tab["label"][:-1]
            opened = self._tab(label, indent, new="!" in tab["mark"])
            self._open.append(_Open(indent=indent, tab=opened))
        else:
            # What stands between two tabs parts them.
            self._ended = {at: number for at, number in self._ended.items() if at < indent}

    def around(self, block: Block) -> tuple[Tab, ...]:
        """Return the tabs that are open where a block begins."""
        indent = len(block.prefix) - len(block.prefix.lstrip(" "))
        self._leave(indent)
        self._ended = {at: number for at, number in self._ended.items() if at < indent}
        return tuple(held.tab for held in self._open if held.tab)

    def _leave(self, indent: int) -> None:
        while self._open and not self._open[-1].holds(indent):
            self._end(self._open.pop())

    def _end(self, held: _Open) -> None:
        self._ended = {at: number for at, number in self._ended.items() if at < held.indent}
        if held.tab:
            self._ended[held.indent] = held.tab.set

    def _close(self, mark: str) -> None:
        while self._open:
            held = self._open.pop()
            self._end(held)
            if held.slashes == mark:
                return

    def _begin(self, slashes: re.Match[str], indent: int, *, new: bool) -> None:
        kind, _, label = slashes["words"].partition("|")
        is_tab = kind.strip() == "tab"
        tab = self._tab(label, indent, new=new) if is_tab else None
        self._open.append(_Open(indent=indent, tab=tab, slashes=slashes["mark"]))

    def _tab(self, label: str, indent: int, *, new: bool) -> Tab:
        number = self._ended.get(indent) if not new else None
        if number is None:
            number, self._sets = self._sets, self._sets + 1
        self._ended = {at: other for at, other in self._ended.items() if at < indent}
        return Tab(set=number, label=" ".join(label.casefold().split()))
