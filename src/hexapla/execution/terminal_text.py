"""Terminal text: from the bytes that a program wrote to the text that is recorded."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from hexapla.model.program import Cell

SCRATCH = "/scratch"
"""What a program's own folder is called in its outputs."""
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")

_UP = re.compile(r"\x1b\[\d{0,4}A")
"""Goes to a line above, as one of several progress bars does."""
_SIGN = re.compile(rf"{_UP.pattern}|.", re.DOTALL)
_JOINERS = "\u200c\u200d"
"""They shape words of Hindi and Persian, and show nothing themselves."""
LONGEST = 1000
"""Characters of a message; its details have the rest."""


def tidy(data: bytes, places: Mapping[str, str]) -> str:
    """Return what a reader sees: progress bars at their last state, no colours, no folder of this machine.

    `places` maps a folder to what stands for it; the longest is tried first.
    """
    text = _ESCAPE.sub(_if_up, data.decode("utf-8", "replace").replace("\r\n", "\n"))
    if any(sign in text for sign in "\r\b\x1b"):
        text = _shown(text)
    return relocate(text, places)


def _if_up(escape: re.Match[str]) -> str:
    return escape.group() if _UP.fullmatch(escape.group()) else ""


def relocate(text: str, places: Mapping[str, str]) -> str:
    """Replace folders of this machine by words that are the same on every machine."""
    for folder in sorted(places, key=len, reverse=True):
        text = text.replace(folder, places[folder])
    return text


def one_line(text: str) -> str:
    """Return a message as one line without what a terminal, or a CI system, would obey."""
    line = " ".join(text.split())
    shown = "".join(sign for sign in line if sign.isprintable() or sign in _JOINERS)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def writable(value: object) -> str:
    """Return a text that can be written to a file, whatever came over the wire."""
    return str(value).encode("utf-8", "replace").decode()


def in_cells(text: str, cells: Sequence[Cell], script: str) -> str:
    """Return a text that says `cell 3, line 2` where it names a line of a post, or of the program's `script`.

    Readers have neither; and the text stays true while prose is written above the cell.
    """
    paths = {cell.path: PurePosixPath(cell.path).name for cell in cells}
    names = {*paths, *paths.values(), script}
    if not any(name in text for name in names):
        return text
    files = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    mention = re.compile(rf'(?<![\w./-])(?:[Ff]ile ")?(?:{files})(?:", line |:)(?P<line>\d{{1,9}})(?!\d)')

    def words(match: re.Match[str]) -> str:
        line = int(match["line"])
        number = sum(cell.line <= line for cell in cells)
        return f"cell {number}, line {line - cells[number - 1].line + 1}" if number else match[0]

    return relocate(mention.sub(words, text), paths)


def _shown(text: str) -> str:
    """Return what a terminal shows of a text that goes back, in its line or to those above."""
    rows: list[list[str]] = [[]]
    overtyped: set[int] = set()
    row = column = 0
    for sign in _SIGN.findall(text):
        if sign == "\n":
            row, column = row + 1, 0
            rows += [[]] if row == len(rows) else []
        elif sign == "\r":
            column = 0
            overtyped.add(row)
        elif sign == "\b":
            column = max(0, column - 1)
        elif len(sign) > 1:
            row = max(0, row - int(sign[2:-1] or 1))
            # A terminal would fill the line up with blanks; whoever goes up and down for ever would fill our memory.
            column = min(column, len(rows[row]))
        else:
            rows[row][column : column + 1] = [sign]
            column += 1
    lines = ("".join(line) for line in rows)
    return "\n".join(line.rstrip() if number in overtyped else line for number, line in enumerate(lines))
