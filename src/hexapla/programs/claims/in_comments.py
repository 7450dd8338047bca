"""Finding claims in a block's own text: in its comments, and in the answers below its prompts."""

import ast
import itertools
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hexapla.model.block import Block, Edit
from hexapla.model.claim import Claim
from hexapla.model.post import Post
from hexapla.programs.claims.truths import leading_truth
from hexapla.programs.output_labels import COLONS, split_comment
from hexapla.programs.parse import Prepared, prepare
from hexapla.programs.tokens import tokens_of
from hexapla.programs.values import is_value, leading_value

_PRINTING = frozenset({"print", "pprint", "display", "pp"})
_SHELL_PROMPTS = frozenset("$%#>")
_NONE: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comment:
    """A comment in a block's prepared code."""

    row: int
    column: int
    text: str
    """Without `#` and the blanks around."""
    alone: bool
    """Whether nothing else stands on its line."""
    output: bool = False
    """Whether it is written `#>`, which says that it is an output and nothing else."""


def in_block(post: Post, block: Block, truths: Mapping[int, str] = _NONE) -> tuple[Claim, ...]:
    """Return what a block's comments and typed answers claim. `truths` is what the original's say (`truths_of`)."""
    prepared = prepare(block.code)
    return (*_at_prompts(post, block, prepared), *_in_comments(post, block, prepared, truths))


def truths_of(block: Block, claims: Iterable[Claim]) -> dict[int, str]:
    """Return which statements that show something are claimed to show `True`, `False` or `None`.

    They are counted: a translation has as many, in its own lines.
    """
    tree = prepare(block.code).tree
    said = {claim.code_line: claim.text for claim in claims if claim.text in ("True", "False", "None")}
    if tree is None or not said:
        return {}
    return {place: said[row] for place, row in enumerate(sorted(_showing(tree))) if row in said}


def _in_comments(post: Post, block: Block, prepared: Prepared, truths: Mapping[int, str]) -> list[Claim]:
    if prepared.tree is None or "#" not in prepared.code:
        return []
    statements = _showing(prepared.tree)
    if not _near(prepared.code.split("\n"), statements):
        return []
    comments = _comments(prepared.code)
    leads = _leads(prepared.tree)
    rows = sorted(statements)
    wanted = {rows[place]: truth for place, truth in truths.items() if place < len(rows)}
    found: list[Claim] = []
    taken: set[int] = set()
    for index, comment in enumerate(comments):
        if index in taken:
            continue
        row = _about(comment, comments, statements)
        if row is None:
            continue
        group = _group(comments, index) if comment.alone else [comment]
        claim = _comment_claim(post, block, prepared, group, row, leads.get(row, ""), wanted.get(row, ""))
        if claim is not None:
            found.append(claim[0])
            taken.update(range(index, index + claim[1]))
    return found


def _near(lines: list[str], rows: dict[int, int]) -> bool:
    """Return whether any comment stands beside or below a statement that shows something.

    Reading the comments of a block costs more than all else about it.
    """
    return any(
        "#" in lines[row] or (row + 1 < len(lines) and lines[row + 1].lstrip().startswith("#"))
        for row in rows
    )


def _about(comment: _Comment, comments: list[_Comment], statements: dict[int, int]) -> int | None:
    """Return the row of the statement that shows what the comment may claim, if there is one."""
    if not comment.alone:
        return comment.row if comment.row in statements else None
    row = comment.row - 1
    above = {other.row for other in comments if other.alone}
    while row in above:
        row -= 1
    return row if statements.get(row) == comment.column else None


def _group(comments: list[_Comment], index: int) -> list[_Comment]:
    """Return the comments on the lines from `index` on that stand directly below one another."""
    group = [comments[index]]
    for comment in comments[index + 1 :]:
        if not comment.alone or comment.row != group[-1].row + 1 or comment.column != group[0].column:
            break
        group.append(comment)
    return group


def _comment_claim(
    post: Post, block: Block, prepared: Prepared, group: list[_Comment], row: int, lead: str, truth: str
) -> tuple[Claim, int] | None:
    """Read a claim from comments that stand together; also return how many of them it takes.

    `lead` is what the statement above says that it prints first: a comment that begins so quotes it. `truth` is
    the word of Python that the original has here: a comment that says it in words claims it.
    """
    label, rest = split_comment(group[0].text.lstrip("#").strip())
    remark = ""
    if group[0].output:
        rows = [comment.text for comment in itertools.takewhile(lambda comment: comment.output, group)]
        label, used, text = "", len(rows), "\n".join(rows)
    elif label and not rest and len(group) > 1:
        used, text = len(group), "\n".join(comment.text for comment in group[1:])
    elif label:
        used, text = _value_rows(group, rest) if not is_value(rest) else (1, rest)
        text = text or rest
    else:
        used, text = _value_rows(group, rest)
        if not text and lead and rest.startswith(lead) and len(rest) > len(lead):
            used, text = 1, rest
        if not text and truth:
            used, (text, remark) = 1, leading_truth(rest, truth)
            text = "" if remark and group[0].alone else text
        if not text and (group[0].alone or not rest):
            return None
        if not text:
            used = 1
            text, remark = leading_value(rest)
    if not text:
        return None
    edits = tuple(_removal(post, block, prepared, comment, remark) for comment in group[:used])
    line = post.line_at(block.start) + 1 + group[0].row
    return Claim(text=text, label=label, line=line, edits=edits, code_line=row), used


def _value_rows(group: list[_Comment], first: str) -> tuple[int, str]:
    """Return how many lines of comment make one value, and the value; nothing where none do."""
    for count in range(len(group), 0, -1):
        text = "\n".join([leading_value(first)[0] if count == 1 and group[0].alone else first,
                          *(comment.text for comment in group[1:count])])  # fmt: skip
        if is_value(text):
            return count, text
        if count > 1 and all(leading_value(part) == (part, "") for part in text.split("\n")):
            return count, text
    return 1, ""


def _removal(post: Post, block: Block, prepared: Prepared, comment: _Comment, remark: str) -> Edit:
    start, end = _row(post.body, block, comment.row)
    if comment.alone:
        return Edit(start=start, end=end, text="")
    code_end = end - (1 if post.body[end - 1 : end] == "\n" else 0)
    at = code_end - (len(prepared.code.split("\n")[comment.row]) - comment.column)
    if remark:
        return Edit(start=at, end=code_end, text=f"# {remark}")
    return Edit(start=at - _blanks(post.body, at), end=code_end, text="")


def _blanks(body: str, at: int) -> int:
    return len(body[:at]) - len(body[:at].rstrip(" \t"))


def _comments(code: str) -> list[_Comment]:
    comments: list[_Comment] = []
    for token in tokens_of(code).read:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            output = token.string.startswith("#>")
            text = token.string.removeprefix("#>" if output else "#").strip()
            alone = not token.line[:column].strip()
            comments.append(_Comment(row=row - 1, column=column, text=text, alone=alone, output=output))
    return comments


def _showing(tree: ast.Module) -> dict[int, int]:
    """Return the last row and the column of every statement that shows something."""
    rows: dict[int, int] = {}
    for node in _statements(tree.body):
        if isinstance(node, ast.Expr) and (node in tree.body or prints(node)):
            value = node.value
            if not isinstance(value, ast.Constant | ast.Yield | ast.YieldFrom):
                rows[(node.end_lineno or node.lineno) - 1] = node.col_offset
    return rows


def _leads(tree: ast.Module) -> dict[int, str]:
    """Return, by the last row of a `print`, the words that it prints before its first value."""
    found: dict[int, str] = {}
    for node in _statements(tree.body):
        if (
            prints(node)
            and isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and node.value.args
        ):
            first, *more = node.value.args
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            text = parts[0].value if isinstance(parts[0], ast.Constant) else ""
            lead = text.strip() if isinstance(text, str) and (more or len(parts) > 1) else ""
            if lead.endswith((*COLONS, "=")) or len(lead.split()) > 1:
                found[(node.end_lineno or node.lineno) - 1] = lead
    return found


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and the statements inside them, without looking into expressions."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements([*getattr(node, name, ())])


def prints(statement: ast.stmt) -> bool:
    """Return whether a statement is a call of `print` or the like."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    func = statement.value.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in _PRINTING


def shows_each(block: Block, claims: tuple[Claim, ...]) -> bool:
    """Return whether the author expects every expression to show its value, not the last one only."""
    prepared = prepare(block.code)
    if prepared.interactive or prepared.tree is None:
        return prepared.interactive
    rows = {claim.code_line for claim in claims}
    return any(
        isinstance(node, ast.Expr) and not prints(node) and (node.end_lineno or 0) - 1 in rows
        for node in prepared.tree.body[:-1]
    )


def _at_prompts(post: Post, block: Block, prepared: Prepared) -> list[Claim]:
    found: list[Claim] = []
    for typed in prepared.typed:
        if typed.text.strip() in _SHELL_PROMPTS:
            continue
        start, end = _row(post.body, block, typed.first)[0], _row(post.body, block, typed.last)[1]
        line = post.line_at(block.start) + 1 + typed.first
        edits = (Edit(start=start, end=end, text=""),)
        # How doctest spells an empty line.
        text = re.sub(r"^<BLANKLINE>$", "", typed.text, flags=re.MULTILINE)
        found.append(Claim(text=text, label="", line=line, edits=edits, code_line=typed.code_line))
    return found


def _row(body: str, block: Block, row: int) -> tuple[int, int]:
    """Return where a line of a block's code begins and ends in the body, its newline included."""
    start = block.start
    for _ in range(row + 1):
        start = body.index("\n", start) + 1
    end = body.find("\n", start)
    return start, len(body) if end < 0 else end + 1
