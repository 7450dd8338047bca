"""Fences: what a post's fences say wrongly, whatever language it is in and whatever its program is."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator

from hexapla.model.block import Block
from hexapla.model.codes import problem
from hexapla.model.directives import KNOWN, MACHINE
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.programs.align import foreign
from hexapla.programs.align.facts import Side

ID = re.compile(r"[\w][\w.-]{0,63}")
"""A block's id names its output's file."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


_PYTEST = frozenset(
    {"cache", "capfd", "caplog", "capsys", "monkeypatch", "pytestconfig", "recwarn", "request", "tmp_path"}
)
"""Fixtures that pytest has of itself (its documentation, "Built-in fixtures")."""


def unknown_fixtures(post: Post, blocks: Iterable[Block], defined: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each fixture that a post's blocks ask for and nothing gives; conftests define some."""
    known = {*MACHINE, *_PYTEST, *defined}
    for block in blocks:
        for name in block.directives.fixtures:
            if name not in known and block.directives.runs:
                near = difflib.get_close_matches(name, sorted(known), 1)
                meant = f" Did you mean `fixture:{near[0]}`?" if near else ""
                words = f"There is no fixture `{name}`.{meant}"
                yield problem("unknown-fixture", post.path, post.line_at(block.start), words)


def faults(side: Side) -> list[Problem]:
    """Report what a post's fences say wrongly, whatever language it is in."""
    problems: list[Problem] = [*foreign.problems(side.post, side.blocks)]
    ids: set[str] = set()
    for block in side.blocks:
        line = side.post.line_at(block.start)
        name = block.directives.id
        if not block.closed:
            problems.append(problem("fence-unclosed", side.post.path, line, "This fence is never closed."))
        if not block.directives.is_python:
            continue
        for word in block.directives.unknown:
            near = difflib.get_close_matches(word, KNOWN, 1, 0.5)
            also = f"; `{near[0]}` is the nearest known one" if near else ""
            problems.append(problem("unknown-word", side.post.path, line, f"`{word}` is unknown{also}."))
        if name and not ID.fullmatch(name):
            problems.append(problem("bad-id", side.post.path, line, f"`#{name}` cannot name a file."))
        if name and name.casefold() in ids:
            problems.append(problem("duplicate-id", side.post.path, line, f"`#{name}` is used twice."))
        ids.add(name.casefold())
        if match := _BIDI.search(block.code):
            row = line + 1 + block.code.count("\n", 0, match.start())
            words = f"The code holds U+{ord(match.group()):04X}, which reorders what a reader sees."
            problems.append(problem("bidi-override", side.post.path, row, words))
    return problems
