"""Tree difference: where the syntax trees of two programs part, and by what.

Statements are held against one another first, then expressions, always from the outside in: what is told is the
smallest part that holds a difference. Strings count as equal, since a translation may have its own.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hexapla.programs.align import parting
from hexapla.programs.align.elsewhere import without_moves
from hexapla.programs.align.node_marks import SIMPLE, UNSAID, NodeMarks, held, without_docstring
from hexapla.programs.align.parting import Item, Parting
from hexapla.programs.sequences import stretches

_NESTED = 60
"""Among how many statements is looked for those that another was put around."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeDifference:
    """All that differs between two programs."""

    parts: tuple[Parting, ...]
    """In the order of the program."""
    kept: int
    """How many statements of the original the translation has, as they are or changed."""
    whole: int
    """How many the original has; those inside of what is the same or is missing are not counted."""


def difference(original: ast.Module, translation: ast.Module) -> TreeDifference:
    """Return where two programs part."""
    walk = _Walk()
    parts = list(walk.bodies(original.body, translation.body))
    return TreeDifference(
        parts=without_moves(parts, (original, translation), walk.marks.key), kept=walk.kept, whole=walk.whole
    )


class _Walk:
    """Goes down two trees side by side."""

    def __init__(self) -> None:
        self.kept = self.whole = 0
        self.marks = NodeMarks()

    def bodies(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting]:
        """Compare two sequences of statements."""
        before, after = without_docstring(before), without_docstring(after)
        for equal, i, k, j, m in stretches(
            list(map(self.marks.key, before)), list(map(self.marks.key, after))
        ):
            self.whole += k - i
            if equal:
                self.kept += k - i
            else:
                yield from self.changed(before[i:k], after[j:m])

    def changed(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting]:
        """Compare statements of which none is the same: those that begin alike are the same one, changed."""
        if (apart := self.nested(before, after)) is not None:
            yield from apart
            return
        for equal, i, k, j, m in stretches(
            list(map(self.marks.head, before)), list(map(self.marks.head, after))
        ):
            pairs = list(zip(before[i:k], after[j:m], strict=False))
            if equal:
                self.kept += k - i
                for first, second in pairs:
                    yield from self.fields(first, second)
            elif k - i == m - j:
                for first, second in pairs:
                    parts = list(self.replaced(first, second))
                    self.kept += any(part.code != "lines-changed" for part in parts)
                    yield from parts
            else:
                for node in before[i:k]:
                    yield Parting("lines-dropped", "`{}` is missing.", (node,), lost=node)
                for node in after[j:m]:
                    yield Parting("lines-added", "`{}` is not in the original.", (node,), added=node)

    def nested(self, before: Sequence[ast.stmt], after: Sequence[ast.stmt]) -> Iterator[Parting] | None:
        """Compare statements around some of which another was put, or taken off; None where none was."""
        if len(before) + len(after) > _NESTED:
            return None
        for outside, inside, lost in ((after, before, False), (before, after, True)):
            heads, marks = set(map(self.marks.head, inside)), list(map(self.marks.mark, inside))
            for at, outer in enumerate(outside):
                body = set(map(self.marks.mark, held(outer)))
                rows = [row for row, mark in enumerate(marks) if mark in body]
                if rows and self.marks.head(outer) not in heads:
                    return self.around(outside, at, inside, rows, lost=lost)
        return None

    def around(
        self, outside: Sequence[ast.stmt], at: int, inside: Sequence[ast.stmt], rows: list[int], *, lost: bool
    ) -> Iterator[Parting]:
        """Compare what stands before, in and after a compound statement that only one side has."""
        first, end = rows[0], rows[-1] + 1
        outer = outside[at]
        yield parting.around(outer, inside[first], lost=lost)
        for compare, one, other in (
            (self.changed, outside[:at], inside[:first]),
            (self.bodies, held(outer), inside[first:end]),
            (self.changed, outside[at + 1 :], inside[end:]),
        ):
            yield from compare(one, other) if lost else compare(other, one)

    def replaced(self, before: ast.stmt, after: ast.stmt) -> Iterator[Parting]:
        """Compare two statements of which only the place is the same: of simple ones all is told, or one part."""
        if (
            isinstance(before, SIMPLE)
            and type(before) is type(after)
            and not self.marks.is_near(before, after)
        ):
            yield parting.became(before, after)
        else:
            yield from self.nodes(before, after)

    def nodes(self, before: ast.AST, after: ast.AST) -> Iterator[Parting]:
        """Compare two nodes that stand in the same place."""
        if self.marks.key(before) == self.marks.key(after):
            return
        if (wrapped := self.wrapped(before, after)) is not None:
            yield wrapped
        elif type(before) is type(after) and (
            isinstance(before, ast.stmt) or self.marks.is_near(before, after)
        ):
            yield from self.fields(before, after)
        else:
            yield parting.became(before, after)

    def wrapped(self, before: ast.AST, after: ast.AST) -> Parting | None:
        """Find a call that was put around an expression, or taken off."""
        if isinstance(before, ast.Expr) and isinstance(after, ast.Expr):
            before, after = before.value, after.value
        for outer, inner, verb in ((after, before, "is not in the original"), (before, after, "is missing")):
            if not isinstance(outer, ast.Call):
                continue
            func, key = outer.func, self.marks.key(inner)
            if isinstance(func, ast.Attribute) and self.marks.key(func.value) == key:
                return Parting("call-wrapped", f"The call of `.{func.attr}` on `{{}}` {verb}.", (inner,))
            inside = [*outer.args, *(word.value for word in outer.keywords)]
            if key in map(self.marks.key, inside):
                return Parting("call-wrapped", f"The call of `{{}}` around `{{}}` {verb}.", (func, inner))
        return None

    def fields(self, before: ast.AST, after: ast.AST) -> Iterator[Parting]:
        """Compare two nodes of the same type, field by field."""
        for name in before._fields:
            first: Any = getattr(before, name, None)
            second: Any = getattr(after, name, None)
            match first, second:
                case _ if name in UNSAID:
                    pass
                case [[ast.stmt(), *_], list()] | [list(), [ast.stmt(), *_]]:
                    yield from self.bodies(first, second)
                case list(), list() if name == "keywords":
                    yield from self.keywords(before, first, second)
                case list(), list() if not any(isinstance(item, str) for item in (*first, *second)):
                    yield from self.lists((before, after), name, first, second)
                case ast.JoinedStr(), ast.JoinedStr() if isinstance(before, ast.FormattedValue):
                    if ast.dump(first) != ast.dump(second):
                        yield parting.became(before, after)
                case ast.AST(), ast.AST():
                    yield from self.nodes(first, second)
                case _ if first != second:
                    yield parting.renamed(before, after, first, second)

    def lists(
        self,
        nodes: tuple[ast.AST, ast.AST],
        name: str,
        before: Sequence[Item],
        after: Sequence[Item],
    ) -> Iterator[Parting]:
        """Compare what a field of two nodes lists; `**` in a dictionary has no key."""
        keys = list(map(self.marks.key, before)), list(map(self.marks.key, after))
        if keys[0] != keys[1] and sorted(keys[0]) == sorted(keys[1]):
            yield parting.reordered(nodes[0], name)
            return
        for equal, i, k, j, m in stretches(*keys):
            if equal:
                continue
            if k - i == m - j:
                for first, second in zip(before[i:k], after[j:m], strict=True):
                    if first is not None and second is not None:
                        yield from self.nodes(first, second)
                    else:
                        yield parting.became(*nodes)
            else:
                yield from parting.listed(nodes[0], name, before[i:k], after[j:m])

    def keywords(
        self, node: ast.AST, before: Sequence[ast.keyword], after: Sequence[ast.keyword]
    ) -> Iterator[Parting]:
        """Compare the named arguments of a call, whatever their order."""
        names = [{word.arg: word for word in words} for words in (before, after)]
        for name, word in names[0].items():
            if name in names[1]:
                yield from self.nodes(word.value, names[1][name].value)
        lost = [word for name, word in names[0].items() if name not in names[1]]
        added = [word for name, word in names[1].items() if name not in names[0]]
        if len(lost) == len(added) == 1 and self.marks.key(lost[0].value) == self.marks.key(added[0].value):
            yield Parting("api-renamed", f"`{lost[0].arg}` became `{added[0].arg}`.", ())
        elif lost or added:
            yield from parting.listed(node, "keywords", lost, added)
        elif list(names[0]) != list(names[1]):
            yield parting.reordered(node, "keywords")
