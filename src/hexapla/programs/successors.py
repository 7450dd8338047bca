"""Successors: what must stay right below a fence, so that nothing may be put between the two.

Attributes on a line of their own (Python-Markdown's `attr_list`, kramdown), a caption (`pymdownx.blocks.caption`), and
the list to whose items the numbers in the code's comments belong: Material for MkDocs takes the list that follows the
code (https://squidfunk.github.io/mkdocs-material/reference/code-blocks/#adding-annotations).
"""

import re
from collections.abc import Sequence

from hexapla.model.block import Block

_ATTRIBUTES = re.compile(r"\{:?[ \t]*+[.#\w][^{}\n]*+\}[ \t]*+$")
_CAPTION = re.compile(r"(?P<mark>/{3,}+)[ \t]*+(?:[\w]++-)?caption\b")
_ANNOTATED = re.compile(r"#[^\n#]*?(?<=[ #])\(\d{1,3}\)")
"""A comment with a number that leads to an item of the list below."""
_ITEM = re.compile(r" {0,3}\d{1,9}[.)][ \t]")
_FENCE = re.compile(r" {0,3}(?:`{3}|~{3})")


def end_with_successors(text: str, block: Block) -> int:
    """Return the offset in `text`, at the beginning of a line or at its end, past a block and what belongs below it."""
    rows = _rows(text[block.end :], block.prefix)
    taken = int(bool(rows and _ATTRIBUTES.match(rows[0])))
    annotated = bool(_ANNOTATED.search(block.code))
    while (first := _next(rows, taken)) < len(rows):
        end = first
        if mark := _CAPTION.match(rows[first]):
            end = _past_caption(rows, first, mark["mark"])
        elif annotated and _ITEM.match(rows[first]):
            end, annotated = _past_list(rows, first), False
        if end == first:
            break
        taken = end
    return _offset(text, block.end, taken)


def _rows(text: str, prefix: str) -> list[str]:
    """Return the lines as they stand inside of a container, up to where that ends."""
    rows: list[str] = []
    for line in text.split("\n"):
        if line.startswith(prefix):
            rows.append(line[len(prefix) :])
        elif not line.strip(" \t>"):
            rows.append("")
        else:
            break
    return rows


def _next(rows: Sequence[str], start: int) -> int:
    """Return the first row from `start` that has something in it."""
    return next((row for row in range(start, len(rows)) if rows[row].strip()), len(rows))


def _past_caption(rows: Sequence[str], start: int, mark: str) -> int:
    """Return the row past the end of a caption; one that has none is no caption."""
    closing = (row for row in range(start + 1, len(rows)) if rows[row].rstrip() == mark)
    return next((row + 1 for row in closing), start)


def _past_list(rows: Sequence[str], start: int) -> int:
    """Return the row past the last item of a list."""
    end, apart = start + 1, False
    for row in range(start + 1, len(rows)):
        line = rows[row]
        if not line.strip():
            apart = True
            continue
        goes_on = not apart and not _FENCE.match(line)
        if not (line.startswith(("  ", "\t")) or _ITEM.match(line) or goes_on):
            break
        end, apart = row + 1, False
    return end


def _offset(text: str, start: int, lines: int) -> int:
    """Return where a number of lines from `start` end."""
    for _ in range(lines):
        end = text.find("\n", start)
        start = end + 1 if end >= 0 else len(text)
    return start
