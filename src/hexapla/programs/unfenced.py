"""Unfenced: code in a text that looks like Python and stands in no block of it, so that it is never run.

Prompts in indented code or in a fence that names no language; directives of reStructuredText, MyST's between colons.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hexapla.model.block import Block
from hexapla.model.directives import directives_of
from hexapla.model.other_tools import CELLS, GROUPED
from hexapla.programs.parse import prepare

_PROMPT = re.compile(r"[ \t]*+>>> (?P<code>\S[^\n]*+)")
_DIRECTIVE = re.compile(r"[ \t]*+(?:\.\. (?P<dotted>[\w-]++)::|:{3,}\{(?P<name>[\w-]++)\})(?P<words>[^\n]*+)")
_HOLDS_TEXT = "eval-rst"
"""MyST's directive whose fence holds reStructuredText."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfenced:
    """Where such code begins."""

    row: int
    """0-based in the body."""
    directive: str = ""
    """What holds it, as it is written there; empty for prompts."""
    why: str = "it stands in no fence"
    """Why it is not run."""


def unfenced(body: str, blocks: Sequence[Block], outputs: Collection[int] = ()) -> Iterator[Unfenced]:
    """Yield code that is no block of Python, in order; `outputs` are the blocks that are typed outputs, by index."""
    if ">>> " not in body and "::" not in body:
        return
    inside: set[int] = set()
    plain: set[int] = set()
    for index, block in enumerate(blocks):
        if block.directives.language != _HOLDS_TEXT:
            inside |= set(range(block.line, body.count("\n", 0, block.end) + 1))
        if not block.directives.language and index not in outputs and _PROMPT.match(block.code):
            plain.add(block.line)
    goes_on = False
    for row, line in enumerate(body.split("\n")):
        if row in plain:
            yield Unfenced(row=row, why="its fence names no language")
        elif row in inside or not line.strip():
            goes_on = False
        elif name := _directive(line):
            yield Unfenced(row=row, directive=name)
        elif (prompt := _PROMPT.match(line)) and (line[0] in " \t" or _is_code(prompt["code"])):
            if not goes_on:
                yield Unfenced(row=row)
            goes_on = True


def _directive(line: str) -> str:
    """Return the directive that a line opens, as it is written, where that holds Python."""
    match = _DIRECTIVE.match(line)
    name = match["dotted"] or match["name"] if match else ""
    if not match or name not in {*CELLS, *GROUPED}:
        return ""
    if not directives_of(f"{{{name}}}{match['words']}").is_python:
        return ""
    return f".. {name}::" if match["dotted"] else f":::{{{name}}}"


def _is_code(text: str) -> bool:
    """Return whether what stands behind a mark that is a prompt or that of a quote in a quote is code."""
    return prepare(text).tree is not None and not text.strip().isidentifier()
