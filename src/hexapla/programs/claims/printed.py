"""Printed: what a cell showed as lines, and which of them a typed output can be about."""

import ast
import bisect
import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from hexapla.model.output import Claim, Figure, Kind, Output, Text
from hexapla.programs.claims.printing import (
    is_silent,
    leaves_line_open,
    literals,
    prints_a_call,
    prints_a_line,
    prints_once,
    shows_nothing,
    without_words,
)
from hexapla.programs.claims.warnings import calm
from hexapla.programs.parse import prepare

_TRIED = 2_000
"""How many lines at either end of a long output are looked at for a line that a claim may be about."""
_BACK = 12
"""How many statements back an output may have begun that stands below the last of them."""
_PLACES, _SAME_LINES = 4, 50
"""At how many places a long text is compared, and how many lines that are the same tell of one."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_RAISED = re.compile(r"  cell [^,\n]++, line (?P<line>\d++)")
"""The first line of a traceback that names one of the code."""


class Ran(Protocol):
    """What is known of a cell that ran: `CellRun` and the ledger's `CellRecord` are."""

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What it showed."""

    @property
    def shown(self) -> tuple[int, ...]:
        """How many lines it had shown when each statement but the last had ended; empty where nobody knows."""

    @property
    def varies(self) -> bool:
        """Whether it printed something else in a second run."""


class Printed:
    """What a cell showed, read beside the code of its block."""

    def __init__(self, outputs: Sequence[Output], shown: Sequence[int], code: str) -> None:
        self.texts = [output for output in outputs if not isinstance(output, Figure)]
        self.figures = len(outputs) - len(self.texts)
        self.lines = "".join(text.text.removesuffix("\n") + "\n" for text in self.texts).split("\n")[:-1]
        tree = prepare(code).tree
        self.body = tree.body if tree else []
        self._rows = [node.lineno - 1 for node in self.body]
        self._commented_below = code.rstrip().rpartition("\n")[2].lstrip().startswith("#")
        # Where nothing says which statement printed what, each may have printed all; which shows nothing is not asked.
        before = self.body[:-1]
        ends = shown or ([0] * len(before) if all(map(shows_nothing, before)) else ())
        self.known = bool(self.body) and len(ends) >= min(len(before), 1)
        self._ends = [min(end, len(self.lines)) for end in ends[: len(before)]]

    @functools.cached_property
    def _statements(self) -> list[tuple[int, int, bool, bool, bool]]:
        """The rows of each statement, whether it prints a line, is an expression, and most likely prints nothing."""
        return [
            (
                node.lineno - 1,
                (node.end_lineno or node.lineno) - 1,
                prints_a_line(node),
                isinstance(node, ast.Expr),
                is_silent(node),
            )
            for node in self.body
        ]

    @functools.cached_property
    def _bare(self) -> list[ast.stmt]:
        """The expressions that print nothing, and may show a value."""
        return [node for node in self.body if isinstance(node, ast.Expr) and not prints_a_line(node)]

    @functools.cached_property
    def _open(self) -> list[bool]:
        """Whether each statement leaves the line open that it prints."""
        return [leaves_line_open(node) for node in self.body]

    def _window(self, row: int) -> tuple[int, int, bool]:
        """Return between which lines of the output a row of code may print, and whether that is all it prints.

        A `print` outside of loops and functions prints a line at least, so those before and after it bound it.
        """
        before = after = 0
        shows = others = False
        for first, last, sure, expression, silent in self._statements:
            if first <= row <= last:
                shows = sure or expression
            elif last < row:
                before, others = before + sure, others or not (sure or silent)
            else:
                after, others = after + sure, others or not (sure or silent)
        count = len(self.lines)
        low, high = min(before, count), max(count - after, min(before, count))
        return low, high, shows and not others and (before + after == 0 or high - low == 1)

    @property
    def failed(self) -> bool:
        """Whether it ended with an exception."""
        return any(text.kind is Kind.ERROR for text in self.texts)

    @property
    def failure(self) -> str:
        """The last line of the exception that ended it; empty where none did."""
        return self.lines[-1] if self.failed and self.lines else ""

    @functools.cached_property
    def failed_at(self) -> int | None:
        """The line of the code, from 1, that raised the exception that ended it; None where none is known."""
        line = (
            next(filter(None, map(_RAISED.match, self.texts[-1].text.split("\n"))), None)
            if self.failed
            else None
        )
        return int(line["line"]) if line else None

    def statement(self, row: int | None) -> int | None:
        """Return the place of the statement that a row of the code belongs to, or that stands above it."""
        if row is None:
            return None
        place = bisect.bisect_right(self._rows, row) - 1
        return place if place >= 0 else None

    def span(self, place: int) -> tuple[int, int]:
        """Return the lines, to past the last, that the statement at a place showed, and those before it in its row."""
        begin = bisect.bisect_left(self._rows, self._rows[place])
        first = self._ends[min(begin, len(self._ends)) - 1] if begin and self._ends else 0
        return first, self._ends[place] if place < len(self._ends) else len(self.lines)

    def code_of(self, row: int | None) -> str:
        """Return the code of the statement that a row belongs to; empty where it is not known."""
        place = self.statement(row)
        return "" if place is None else ast.unparse(self.body[place])

    def is_unseen(self, claim: Claim) -> bool:
        """Return whether a claim is about code of which nothing was shown: it was not reached, or others follow it."""
        place = self.statement(claim.code_line)
        values = sum(text.kind is Kind.VALUE for text in self.texts)
        if place is None:
            # A notebook can be told to show each of them.
            return values < len(self._bare) and claim.text.strip().count("\n") >= len(self.lines)
        node = self.body[place]
        if self.failed_at is not None and node.lineno > self.failed_at:
            return True
        if not (self.lines or self.failed or isinstance(node, ast.Expr)):
            return True
        if self.known:
            first, last = self.span(place)
            reached = place <= len(self._ends) or not self.failed
            silent = first >= (len(self.lines) if isinstance(node, _DEFINITIONS) else last)
            return not reached or (silent and not claim.label and not prints_a_line(node))
        return node in self._bare and node is not self.body[-1] and values < len(self._bare)

    def wholes(self, claim: Claim) -> Iterator[str]:
        """Yield the texts that a claim can be as a whole, the likeliest first."""
        place = self.statement(claim.code_line)
        if place is None:
            yield from self._with_variants(0, len(self.lines))
        elif self.known:
            first, last = self.span(place)
            yield from self._with_variants(first, last)
            starts = (self.span(before)[0] for before in range(place - 1, max(-1, place - _BACK), -1))
            for start in dict.fromkeys(starts) if claim.alone else ():
                if start < first < last:
                    yield "\n".join(self.lines[start:last])
        else:
            yield from self._guessed(claim.code_line or 0)

    def without_words(self, claim: Claim) -> Iterator[str]:
        """Yield what a claim can be as a whole where its author leaves out the words that its own code prints."""
        place = self.statement(claim.code_line)
        if place is None:
            return
        if self.known:
            first, last = self.span(place)
        else:
            first, last, _ = self._window(claim.code_line or 0)
        text = calm("\n".join(self.lines[first:last])).strip()
        if text.endswith("\nNone"):
            # A function prints what its author takes for its value.
            yield text.removesuffix("\nNone")
        elif not claim.alone and "\n" in text and prints_a_call(self.body[place]):
            # What it calls prints lines of its own; the value is the last one.
            yield text.rpartition("\n")[2]
        yield from without_words(text, literals(self.body[place]))

    def parts(self, claim: Claim) -> Iterator[str]:
        """Yield the lines that a claim can be of those which a loop or a call showed."""
        place = self.statement(claim.code_line)
        if place is None:
            return
        if self.known:
            first, last = self.span(place)
            node = self.body[place]
            if isinstance(node, _DEFINITIONS):
                last = len(self.lines)
            elif prints_once(node):
                return
        else:
            first, last, all_of_it = self._window(claim.code_line or 0)
            if all_of_it:
                return
        length = claim.text.count("\n") + 1
        places: Sequence[int] = range(first, last - length + 1)
        if length > 2:
            places = _likeliest(claim.text.split("\n"), self.lines, places)
        for start in (*places[:_TRIED], *places[_TRIED:][-_TRIED:]):
            yield "\n".join(self.lines[start : start + length])
        if length == 1 and last - first <= 60:
            for start, end in itertools.combinations(range(first, last + 1), 2):
                yield "\n".join(self.lines[start:end])

    def is_argument(self, claim: Claim, text: str) -> bool:
        """Return whether a claim is what the first or the last of several arguments of a `print` showed of a text."""
        place = self.statement(claim.code_line)
        match self.body[place] if place is not None else None:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[_, _, *_])):
                text, typed = text.strip(), claim.text.strip()
                return bool(typed) and (text.endswith(f" {typed}") or text.startswith(f"{typed} "))
        return False

    def goes_on(self, claim: Claim, text: str) -> bool:
        """Return whether a claim ends a line of a text that a statement above began, and is what its own code added."""
        place = self.statement(claim.code_line)
        begun = place is not None and any(self._open[:place][-_BACK:])
        typed = claim.text.strip()
        return begun and bool(typed) and text.strip().endswith(typed)

    def next_one(self, claim: Claim) -> Iterator[str]:
        """Yield what the statement below a comment with a label showed, which the label may announce.

        Below the last statement it announces nothing, so those above do neither.
        """
        place = self.statement(claim.code_line)
        if self._commented_below:
            return
        if place is not None and self.known and claim.alone and claim.label and place + 1 < len(self.body):
            first, last = self.span(place + 1)
            yield "\n".join(self.lines[first:last])

    def _with_variants(self, first: int, last: int) -> Iterator[str]:
        """Yield lines as they are, each output among them, and without warnings."""
        text = "\n".join(self.lines[first:last])
        yield text
        if (quiet := calm(text)) != text:
            yield quiet
        start = 0
        values: list[range] = []
        for part in self.texts:
            end = start + part.text.removesuffix("\n").count("\n") + 1
            if first <= start and end <= last and (start, end) != (first, last) and part.kind is Kind.VALUE:
                yield "\n".join(self.lines[start:end])
                values.append(range(start, end))
            start = end
        # A script shows no value, a notebook the last one.
        for unseen in [values, values[:-1]] if len(values) > 1 else [values] if values else []:
            rows = {row for value in unseen for row in value}
            yield "\n".join(self.lines[row] for row in range(first, last) if row not in rows)

    def _guessed(self, row: int) -> Iterator[str]:
        """Yield what a row may have shown, by the statements around it."""
        place = self.statement(row) or 0
        if self.body and (shown := [*_own_value(self.body[place], self.body, self.texts)]):
            yield from shown
            return
        first, last, _ = self._window(row)
        yield "\n".join(self.lines[first:last])


def _likeliest(typed: Sequence[str], lines: Sequence[str], places: Sequence[int]) -> Sequence[int]:
    """Return where most whole lines of a long text stand as they do in another, and where it begins and ends."""
    at: dict[str, list[int]] = {}
    for row, line in enumerate(lines):
        at.setdefault(line.strip(), []).append(row)
    votes = Counter(
        row - offset for offset, line in enumerate(typed) for row in at.get(line.strip(), ())[:_SAME_LINES]
    )
    best = [place for place, _ in votes.most_common(_PLACES) if place in places]
    return [*dict.fromkeys((*best, *places[:_PLACES], *places[-_PLACES:]))]


def _own_value(node: ast.stmt, body: Sequence[ast.stmt], texts: Sequence[Text]) -> Iterator[str]:
    """Yield the value that an expression showed, where each shows its own; and with what was printed before it."""
    values = [place for place, text in enumerate(texts) if text.kind is Kind.VALUE]
    bare = [
        statement for statement in body if isinstance(statement, ast.Expr) and not prints_a_line(statement)
    ]
    if len(values) != len(bare) or node not in bare:
        return
    place = values[bare.index(node)]
    before = texts[place - 1].text if place and texts[place - 1].kind is Kind.STREAM else ""
    yield from dict.fromkeys((texts[place].text, before + texts[place].text))
