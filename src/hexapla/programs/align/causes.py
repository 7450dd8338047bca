"""Causes: why a translated block holds another program, as far as that can be told.

Each finder is a function of the two codes that returns a cause or nothing; the first that speaks wins.
"""

import ast
import itertools
from collections import Counter
from collections.abc import Callable

from hexapla.programs.align.damage import (
    Cause,
    fence_glued,
    leaked_placeholder,
    opening_inside,
    print_typography,
    prose_inside,
    rewritten_link,
    translated_keyword,
)
from hexapla.programs.align.similarity import weight_of
from hexapla.programs.align.tree_difference import difference
from hexapla.programs.fingerprint import Fingerprint, fingerprint_of
from hexapla.programs.parse import prepare, without_remark
from hexapla.programs.sequences import stretches
from hexapla.programs.tokens import bare_words, token_texts

_WINDOW = 100
"""How many lines are looked at for where two codes agree again."""
_HARDLY = 4
"""Where less than one in so many statements is kept, a block was written anew."""

_Finder = Callable[[str, str], Cause | None]


def cause_of(original: str, translation: str) -> Cause:
    """Return the likeliest cause why the code of a translated block is not the original's."""
    causes = (find(original, translation) for find in _FINDERS)
    return next(filter(None, causes), Cause("program-differs", "It holds another program."))


def first_difference(original: str, translation: str) -> tuple[str, ...]:
    """Return the first difference in three lines or fewer, without comments where those do not matter."""
    trees = [prepare(code).tree for code in (original, translation)]
    before, after = (_bare(code, parsed=None not in trees) for code in (original, translation))
    if before == after:
        before, after = original.rstrip().split("\n"), translation.rstrip().split("\n")
    lost, added = _first_stretch(before, after)
    lines = [f"- {line.strip()}" for line in lost[:2]] + [f"+ {line.strip()}" for line in added[:2]]
    if len(lines) == 4:
        lines = [lines[0], lines[2], lines[3]]
    return tuple(line if len(line) <= 160 else f"{line[:159]}…" for line in lines)


def _first_stretch(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return the first lines that differ, as far as they go within a window."""
    same = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))))
    before, after = before[same : same + _WINDOW], after[same : same + _WINDOW]
    part = next((part for part in stretches(before, after) if not part.equal), None)
    return (before[part.i : part.k], after[part.j : part.m]) if part else ([], [])


def _bare(code: str, *, parsed: bool) -> list[str]:
    """Return code's lines without comments and blank lines: as Python writes them, or as they stand."""
    tree = prepare(code).tree if parsed else None
    if tree is not None:
        return [line for line in ast.unparse(tree).split("\n") if line]
    return [line.split(" #")[0].rstrip() for line in code.split("\n") if line.split("#")[0].strip()]


def _magic(original: str, translation: str) -> Cause | None:
    """Compare the commands for a notebook, which are no Python."""
    prepared = [prepare(code) for code in (original, translation)]
    commands = [[item.code.split("\n")[row] for row in item.magics] for item in prepared]
    for before, after in zip(*(map(_command, lines) for lines in commands), strict=False):
        if before != after:
            return Cause("program-differs", f"The command `{before}` became `{after}`.")
    return None


def _command(line: str) -> str:
    return without_remark(line.strip().removeprefix("pass  # "))


def _indentation(original: str, translation: str) -> Cause | None:
    if prepare(original).tree is None:
        return None
    texts = [token_texts(code) for code in (original, translation)]
    if None in texts:
        texts = [bare_words(code) for code in (original, translation)]
    before, after = ([word for word in words or () if word.strip()] for words in texts)
    if before == after and before:
        sentence = "Only the indentation or the line breaks differ, and they matter here."
        return Cause("indentation-changed", sentence)
    return None


def _syntax(original: str, translation: str) -> Cause | None:
    first, second = prepare(original), prepare(translation)
    if first.tree is not None and second.tree is None:
        sentence = f"It does not parse ({second.fault}), while the original's does."
        return Cause("translation-syntax", sentence)
    if first.tree is None and second.tree is not None:
        return Cause("repaired", "It parses, while the original's does not.")
    return None


def _unread(original: str, translation: str) -> Cause | None:
    """Compare what is no Python on either side, such as the pattern of a statement, line by line."""
    if prepare(original).tree is not None or prepare(translation).tree is not None:
        return None
    shown = first_difference(original, translation)
    lost, added = (next((line[2:] for line in shown if line[0] == sign), "") for sign in "-+")
    told = f"`{lost}` became `{added}`" if lost and added else f"`{lost or added}` is not in both"
    return Cause("unread-changed", f"Python can read neither, and {told}.")


def _one_kind(kinds: tuple[str, ...], code: str, sentence: str) -> _Finder:
    """Make a finder that speaks where marks of some kinds, and perhaps strings, are all that differs."""

    def find(original: str, translation: str) -> Cause | None:
        first, second = fingerprint_of(original), fingerprint_of(translation)
        if first is None or second is None or first.loose == second.loose:
            return None
        if not first.agrees(second, but_for=(*kinds, "str", "fstr")):
            return None
        pairs = _pairs(first, second, kinds)
        if {before for before, _ in pairs} == {after for _, after in pairs}:
            return None  # They changed places.
        (before, after), *others = pairs
        return Cause(code, sentence.format(before=before, after=after) + _more(len(others)))

    return find


def _pairs(first: Fingerprint, second: Fingerprint, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each mark that became another one, in order, once."""
    pairs = zip(first.of_kind(*kinds), second.of_kind(*kinds), strict=True)
    texts = dict.fromkeys((a.text, b.text) for a, b in pairs if a.text != b.text)
    return [(a.split(":", 1)[1], b.split(":", 1)[1]) if kinds == ("number",) else (a, b) for a, b in texts]


def _more(others: int) -> str:
    """Return a sentence that tells how many other places there are; none where there are none."""
    return f" {others} more places differ." if others > 1 else " One more place differs." if others else ""


def _reordered(original: str, translation: str) -> Cause | None:
    # Every statement is written out only where the names are the same: it is the costly part.
    heaps = _heaps(original, translation) if weight_of(original) == weight_of(translation) else None
    if heaps is None or heaps[0] != heaps[1]:
        return None
    return Cause("lines-reordered", "It holds the same statements in another order.")


def _parts(original: str, translation: str) -> Cause | None:
    """Compare statement by statement; little is said of blocks that have hardly one in common."""
    first, second = prepare(original).tree, prepare(translation).tree
    if first is None or second is None:
        return None
    parted = difference(first, second)
    if parted.kept * _HARDLY < parted.whole or not parted.parts:
        return None
    code, sentence = parted.parts[0].cause
    return Cause(code, sentence + _more(len(parted.parts) - 1))


def _heaps(original: str, translation: str) -> tuple[Counter[str], Counter[str]] | None:
    first, second = prepare(original).tree, prepare(translation).tree
    return None if first is None or second is None else (_heap(first), _heap(second))


def _heap(tree: ast.Module) -> Counter[str]:
    """Return every statement with its number; a compound one by its head, decorators included."""
    statements = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case)
    ]
    heads = [len(getattr(node, "decorator_list", ())) + 1 for node in statements]
    return Counter(
        "\n".join(ast.unparse(node).split("\n")[:head]) for node, head in zip(statements, heads, strict=True)
    )


_FINDERS: tuple[_Finder, ...] = (
    fence_glued,
    leaked_placeholder,
    opening_inside,
    rewritten_link,
    print_typography,
    prose_inside,
    translated_keyword,
    _magic,
    _indentation,
    _reordered,
    _one_kind(("bytes",), "bytes-changed", "The bytes literal {before} became {after}."),
    _one_kind(("number",), "number-changed", "The number {before} became {after}."),
    _one_kind(("op",), "operator-changed", "The operator {before} became {after}."),
    _one_kind(("attribute", "keyword", "import"), "api-renamed", "`{before}` became `{after}`."),
    _one_kind(("name",), "identifier-renamed", "`{before}` became `{after}`."),
    _one_kind(("name", "attribute", "keyword", "import"), "api-renamed", "`{before}` became `{after}`."),
    _syntax,
    _unread,
    _parts,
)
