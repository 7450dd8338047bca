"""Fence faults: what a post's fences say wrongly, whatever language it is in and whatever its program is.

Marks that other tools would act on and hexapla does not read are told of instead of passed over.
"""

import difflib
import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from hexapla.model.block import Block, blocks
from hexapla.model.codes import problem
from hexapla.model.directives import ATTRIBUTES, FLAGS, KNOWN, MACHINE, PREFIXES
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity
from hexapla.programs.align.side import Side
from hexapla.programs.unfenced import unfenced

ID = re.compile(r"[\w][\w.-]{0,63}")
"""A block's id names its output's file."""
_TAG = re.compile(r"[ \t]*+</?(?!pre|code|script|style|textarea)[a-z][^\n]*+(?<=>)[ \t]*+", re.IGNORECASE)
"""A line of HTML in which a fence would not be meant as text."""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PYTEST = frozenset(
    {"cache", "capfd", "caplog", "capsys", "monkeypatch", "pytestconfig", "recwarn", "request", "tmp_path"}
)
"""Fixtures that pytest has of itself (its documentation, "Built-in fixtures")."""
_DOCTEST, _SKIP = re.compile(r"#\s*doctest:"), re.compile(r"\+SKIP\b")
_INVISIBLE = re.compile(r"(?:<!--+|^[ \t]*+%)\s*invisible-code(?:-block)?\b", re.MULTILINE)


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


def fence_problems(side: Side) -> list[Problem]:
    """Report what a post's fences say wrongly, and the marks of other tools."""
    problems = [*_skipped(side), *_beside(side), *_unread(side), *_in_no_fence(side)]
    for row, _ in hidden_fences(side):
        words = "HTML hides this fence: no blank line stands between the tag above it and the fence."
        problems.append(problem("fence-hidden", side.post.path, side.post.lines[row], words))
    ids: set[str] = set()
    for block in side.blocks:
        line = side.post.line_at(block.start)
        if not block.closed:
            problems.append(problem("fence-unclosed", side.post.path, line, "This fence is never closed."))
        if block.directives.is_python:
            problems += _of_fence(side.post, block, ids)
            ids.add(block.directives.id.casefold())
    return problems


def hidden_fences(side: Side) -> list[tuple[int, Block]]:
    """Return the fences of Python that stand right below a tag and so in its HTML, each with its 0-based row.

    A normalized body has them as the text that they are: with their marks escaped.
    """
    text = html.unescape(side.post.body)
    if text == side.post.body or text.count("\n") != side.post.body.count("\n"):
        return []
    rows = text.split("\n")
    known = {block.line for block in side.blocks}
    return [
        (block.line, block)
        for block in blocks(text)
        if block.directives.is_python
        and block.closed
        and block.line not in known
        and _TAG.fullmatch(rows[block.line - 1])
    ]


def _of_fence(post: Post, block: Block, ids: Collection[str]) -> Iterator[Problem]:
    """Yield what one fence of Python says wrongly; `ids` are those of the fences before it."""
    line, name = post.line_at(block.start), block.directives.id
    for word in block.directives.unknown:
        if word.startswith("#") and len(word) > 1:
            yield problem("bad-id", post.path, line, f"`{word}` cannot name a file.")
            continue
        if _is_foreign(word):
            words = f"`{word}` is another tool's attribute, and means nothing here."
            yield replace(problem("unknown-word", post.path, line, words), severity=Severity.NOTE)
            continue
        near = difflib.get_close_matches(word, KNOWN, 1, 0.5)
        also = f"; `{near[0]}` is the nearest known one" if near else ""
        yield problem("unknown-word", post.path, line, f"`{word}` is unknown{also}.")
    if name and not ID.fullmatch(name):
        yield problem("bad-id", post.path, line, f"`#{name}` cannot name a file.")
    if name and name.casefold() in ids:
        yield problem("duplicate-id", post.path, line, f"`#{name}` is used twice.")
    if match := _BIDI.search(block.code):
        row = line + 1 + block.code.count("\n", 0, match.start())
        words = f"The code holds U+{ord(match.group()):04X}, which reorders what a reader sees."
        yield problem("bidi-override", post.path, row, words)


def _is_foreign(word: str) -> bool:
    """Return whether a word is an attribute, as Pandoc and others have them, and no word of ours misspelt."""
    key, mark, _ = word.partition("=")
    return (
        bool(mark and key)
        and key not in ATTRIBUTES
        and not difflib.get_close_matches(key.lower(), (*FLAGS, *PREFIXES), 1, 0.7)
    )


def _unread(side: Side) -> Iterator[Problem]:
    """Yield a warning for each kind of what other tools' words ask for that has no meaning here."""
    places: dict[str, list[Block]] = {}
    for block in side.blocks:
        for kind in block.directives.unread if block.directives.runs else ():
            places.setdefault(kind, []).append(block)
    for kind, marked in places.items():
        more = f" So are {len(marked) - 1} more of them." if len(marked) > 1 else ""
        words = (
            f"Another tool's words are not read: {kind}.{more} Look whether the block should run as it is."
        )
        yield problem("foreign-mark", side.post.path, side.post.line_at(marked[0].start), words)


def _skipped(side: Side) -> Iterator[Problem]:
    """Yield a warning for each line that doctest would skip."""
    words = "doctest's `+SKIP` is not read: the line runs. Mark the fence `notest`."
    for block in side.blocks:
        if not block.directives.runs or "+SKIP" not in block.code:
            continue
        first = side.post.line_at(block.start) + 1
        for row, line in enumerate(block.code.split("\n")):
            mark = _DOCTEST.search(line)
            if mark and _SKIP.search(line, mark.end()):
                yield problem("foreign-mark", side.post.path, first + row, words)


def _beside(side: Side) -> Iterator[Problem]:
    """Yield a warning where code stands in comments, which Sybil runs."""
    post, body = side.post, side.post.body
    if "invisible-code" not in body:
        return
    fenced = [range(block.start, block.end) for block in side.blocks]
    starts = (match.start() for match in _INVISIBLE.finditer(body))
    outside = [start for start in starts if not any(start in span for span in fenced)]
    if outside:
        more = f" It stands at {len(outside) - 1} more places." if len(outside) > 1 else ""
        words = f"Sybil's invisible code is not read.{more} Write the block, and fold it with `.hide-input`."
        yield problem("foreign-mark", post.path, post.line_at(outside[0]), words)


def _in_no_fence(side: Side) -> Iterator[Problem]:
    """Yield a warning for each kind of directive that holds code and that only another tool reads."""
    places: dict[str, list[int]] = {}
    for place in unfenced(side.post.body, side.blocks, side.outputs) if "::" in side.post.body else ():
        if place.directive:
            places.setdefault(place.directive, []).append(side.post.lines[place.row])
    for directive, lines in places.items():
        more = f" So are {len(lines) - 1} more of them." if len(lines) > 1 else ""
        words = f"The code below `{directive}` is not read.{more} Write it in a fence of backticks to have it run."
        yield problem("foreign-mark", side.post.path, lines[0], words)
