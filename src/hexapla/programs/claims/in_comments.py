"""Finding claims in a block's own text: in its comments and strings, and in the answers below its prompts."""

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hexapla.model.block import Block, Edit
from hexapla.model.output import Claim, Row, Sureness
from hexapla.model.post import Post
from hexapla.programs.claims.comments import Comment, Reading, comments_of, reading_of, standing_together
from hexapla.programs.claims.showing import may_show, prints, rows_that_show, words_before_values
from hexapla.programs.claims.strings import strings_below
from hexapla.programs.output_labels import is_label, names_output, split_comment
from hexapla.programs.parse import prepare

_NO_ANSWERS = frozenset("$%#>?")
"""Prompts of a shell, and what stands where readers are to find the answer."""


def in_block(post: Post, block: Block, constants: Mapping[int, str]) -> tuple[Claim, ...]:
    """Return what a block's comments, strings and typed answers claim.

    `constants` is what the original's claim of them (`constants_of`).
    """
    place = _Place(post, block)
    commented = (*place.in_comments(constants), *place.in_strings())
    return (*place.at_prompts(), *sorted(commented, key=lambda claim: claim.edits[0].start))


def constants_of(block: Block, claims: Iterable[Claim]) -> dict[int, str]:
    """Return which statements that show something are claimed to show `True`, `False` or `None`.

    They are counted: a translation has as many, in its own lines.
    """
    tree = prepare(block.code).tree
    claimed = {
        claim.code_line: claim.text for claim in _sure(claims) if claim.text in ("True", "False", "None")
    }
    if tree is None or not claimed:
        return {}
    return {place: claimed[row] for place, row in enumerate(sorted(rows_that_show(tree))) if row in claimed}


def shows_each(block: Block, claims: tuple[Claim, ...]) -> bool:
    """Return whether the author expects every expression to show its value, not the last one only."""
    prepared = prepare(block.code)
    if prepared.interactive or prepared.tree is None:
        return prepared.interactive
    rows = {claim.code_line for claim in _sure(claims) if claim.rows}
    return any(
        isinstance(node, ast.Expr) and not prints(node) and (node.end_lineno or 0) - 1 in rows
        for node in prepared.tree.body[:-1]
    )


def _sure(claims: Iterable[Claim]) -> Iterator[Claim]:
    return (claim for claim in claims if claim.sureness is Sureness.SURE)


class _Place:
    """A block in its post, whose lines can be found and taken out."""

    def __init__(self, post: Post, block: Block) -> None:
        self._post, self._block, self._prepared = post, block, prepare(block.code)
        self._code_lines = self._prepared.code.split("\n")
        self._code_above = _code_above(self._code_lines)
        lines = post.body[block.start : block.end].split("\n")
        self._starts = [*itertools.accumulate((len(line) + 1 for line in lines), initial=block.start)]

    def at_prompts(self) -> Iterator[Claim]:
        """Yield what the author typed below prompts."""
        for typed in self._prepared.typed:
            # Below a comment alone, readers are to write the code.
            code = self._code_lines[typed.code_line].lstrip()
            if typed.text.strip() in _NO_ANSWERS or code.startswith("#") or _binds(typed.text):
                continue
            edits = (Edit(start=self._row(typed.first)[0], end=self._row(typed.last)[1], text=""),)
            # How doctest spells an empty line.
            text = re.sub(r"^<BLANKLINE>$", "", typed.text, flags=re.MULTILINE)
            yield Claim(
                text=text, label="", line=self._line(typed.first), edits=edits, code_line=typed.code_line
            )

    def in_comments(self, constants: Mapping[int, str]) -> Iterator[Claim]:
        """Yield what comments claim, or may; `constants` has the original's by the statement's number."""
        tree, code = self._prepared.tree, self._prepared.code
        if tree is None or "#" not in code:
            return
        showing = rows_that_show(tree)
        ends = {(node.end_lineno or node.lineno) - 1 for node in tree.body if may_show(node)}
        if not _near(self._code_lines, {*showing, *ends}):
            return
        comments, leads = comments_of(code), words_before_values(tree)
        rows = sorted(showing)
        expected = {rows[place]: constant for place, constant in constants.items() if place < len(rows)}
        announcing = {node.lineno - 1: (node.end_lineno or 0) - 1 for node in tree.body if prints(node)}
        index = 0
        while index < len(comments):
            group = standing_together(comments, index)
            alone = group[0].alone
            row = self._code_above[group[0].row] if alone else group[0].row
            if row not in showing and not (alone and row in ends):
                if alone and (announced := self._above(group, announcing)):
                    yield announced
                # What binds a value may print, too: `a = A()  # Output: made`.
                reading = None if alone or row not in ends else reading_of(group[:1], "", "")
                if reading and reading.label:
                    yield self._claim(reading, group[:1], row, Sureness.LIKELY)
                index += len(group) if alone else 1
                continue
            used = 1
            if not alone or self._is_below(group[0], row, showing):
                for claim in self._claims(group, row, leads.get(row, ""), expected.get(row, "")):
                    used = max(used, len(claim.edits))
                    yield claim
            else:
                reading = reading_of(group, "", "")
                labelled = reading is not None and reading.label
                yield (
                    self._claim(reading, group, row, Sureness.SURE)
                    if reading and labelled
                    else self._possible(group, row)
                )
            index += len(group) if alone else used

    def in_strings(self) -> Iterator[Claim]:
        """Yield what strings claim that stand below a statement which may show something."""
        tree, shows = self._prepared.tree, not self._prepared.interactive
        for quoted in strings_below(tree, self._code_lines) if tree and shows else ():
            if may_show(quoted.above):
                yield Claim(
                    text=quoted.text,
                    label=quoted.label,
                    line=self._line(quoted.first),
                    edits=(Edit(start=self._row(quoted.first)[0], end=self._row(quoted.last)[1], text=""),),
                    code_line=(quoted.above.end_lineno or 0) - 1,
                    sureness=quoted.sureness,
                    alone=True,
                )

    def _claims(self, group: list[Comment], row: int, lead: str, constant: str) -> Iterator[Claim]:
        """Yield what comments below or beside a statement that shows something claim; else that they may."""
        left = group
        while left:
            reading = reading_of(left, lead, constant)
            if reading is not None:
                yield self._claim(reading, left, row, Sureness.SURE)
            elif left is group:
                # All of them may be one output, of which a value is a line.
                yield self._possible(group, row)
            left = left[reading.used if reading else 1 :] if group[0].alone else []

    def _possible(self, group: list[Comment], row: int) -> Claim:
        """Return that comments may be an output: likely beside their code, or below it and above no other."""
        last = group[-1].row + 1
        ends = last >= len(self._code_lines) or not self._code_lines[last].strip()
        likely = not group[0].alone or (group[0].row <= row + 2 and ends)
        first = group[0].text
        reading = Reading(text=first)
        sureness = Sureness.LIKELY if likely else Sureness.POSSIBLE
        if len(group) > 1 and is_label(first):
            # A label without its colon says nothing alone, and names what stands below it.
            sureness = Sureness.SURE if likely else sureness
            text = "\n".join(comment.text for comment in group[1:])
            reading = Reading(text=text, label=first, used=len(group))
        return self._claim(reading, group, row, sureness)

    def _above(self, group: list[Comment], printing: Mapping[int, int]) -> Claim | None:
        """Return what a comment with a label announces right above a `print`, of which `printing` has the rows."""
        row, last = printing.get(group[-1].row + 1), group[-1:]
        reading = reading_of(last, "", "") if row is not None else None
        if row is None or not last[0].text:
            return None
        if reading is not None and reading.label:
            return self._claim(reading, last, row, Sureness.SURE)
        labelled = is_label(last[0].text.split(maxsplit=1)[0])
        return self._claim(Reading(text=last[0].text), last, row, Sureness.LIKELY) if labelled else None

    def _is_below(self, comment: Comment, row: int, showing: Mapping[int, int]) -> bool:
        """Return whether a comment stands right below the statement that ends in a row, in its column."""
        between = self._code_lines[row + 1 : comment.row]
        return showing.get(row) == comment.column and all(line.strip() for line in between)

    def _claim(self, reading: Reading, group: list[Comment], row: int, sureness: Sureness) -> Claim:
        rows = [self._comment_row(comment) for comment in group]
        first = rows[0]
        edits = [Edit(start=gone.start, end=gone.end, text="") for gone in rows[: reading.used]]
        if reading.remark:
            edits = [Edit(start=first.mark, end=first.end - first.whole, text=f"# {reading.remark}")]
        if reading.label:
            first = replace(first, text=reading.first, labelled=first.text)
            parted = [(row, *split_comment(row.text)) for row in rows[1:]]
            rows[1:] = [
                replace(row, text=rest, labelled=row.text) if label == reading.label else row
                for row, label, rest in parted
            ]
        return Claim(
            text=reading.text,
            label=reading.label,
            line=self._line(group[0].row),
            edits=tuple(edits),
            code_line=row,
            sureness=sureness,
            alone=group[0].alone,
            remark=reading.remark,
            rows=(first, *rows[1:]),
        )

    def _comment_row(self, comment: Comment) -> Row:
        """Return a comment as a line that can be taken out."""
        start, end = self._row(comment.row)
        body = self._post.body
        code_end = end - (1 if body[end - 1 : end] == "\n" else 0)
        mark = code_end - (len(self._code_lines[comment.row]) - comment.column)
        if comment.alone:
            return Row(text=comment.text, start=start, mark=mark, end=end, whole=True)
        blanks = len(body[start:mark]) - len(body[start:mark].rstrip(" \t"))
        return Row(text=comment.text, start=mark - blanks, mark=mark, end=code_end, whole=False)

    def _line(self, row: int) -> int:
        """Return the line of the source file of a row of the block's code."""
        return self._post.line_at(self._block.start) + 1 + row

    def _row(self, row: int) -> tuple[int, int]:
        """Return where a row of the block's code begins and ends in the body, its newline included."""
        return self._starts[row + 1], min(self._starts[row + 2], len(self._post.body))


def _binds(text: str) -> bool:
    """Return whether a text is code that binds a name or imports: its author left out the prompts."""
    tree = prepare(text).tree
    kinds = (ast.Assign, ast.AugAssign, ast.Import, ast.ImportFrom)
    return tree is not None and len(tree.body) > 1 and any(isinstance(node, kinds) for node in tree.body)


def _code_above(lines: list[str]) -> list[int]:
    """Return, for each row, the last one up to it that has code."""
    rows, last = [], 0
    for row, line in enumerate(lines):
        last = last if line.lstrip()[:1] in ("", "#") else row
        rows.append(last)
    return rows


def _near(lines: list[str], rows: Iterable[int]) -> bool:
    """Return whether a comment stands beside or below a statement that may show something, or above with a label.

    Reading the comments of a block costs more than all else about it.
    """
    for row in rows:
        below = next((line for line in lines[row + 1 : row + 3] if line.strip()), "")
        above = lines[row - 1].lstrip() if row else ""
        if "#" in lines[row] or below.lstrip().startswith("#") or (above[:1] == "#" and names_output(above)):
            return True
    return False
