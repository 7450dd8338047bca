"""Claim: an output that the author typed by hand. It is checked against what ran, then gives way to it."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from enum import StrEnum

from hexapla.markdown import Block, Edit
from hexapla.posts import Post
from hexapla.prepared import Prepared, prepare
from hexapla.spellings import ends_in_label, label_of_line, split_comment
from hexapla.values import is_value, leading_value

_SHELL = frozenset({"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session"})
_OUTPUT = frozenset({"output", "out", "stdout", "python-output", "py-output", "console-output"})
_PLAIN = frozenset({"", "text", "txt", "plaintext", "plain", "none", "console", "log", "pycon", "raw"})
_PRINTING = frozenset({"print", "pprint", "display", "pp"})
_INLINE = re.compile(
    r"\s*(?P<label>[*_]{1,3}[^*_`]+[*_]{1,3}\s*[:：]?|[^*_`\s][^`]{0,30}[:：])\s*`(?P<text>[^`]+)`\s*$"
)


class Verdict(StrEnum):
    """What became of a claim."""

    RIGHT = "right"
    CLOSE = "close"
    """Right up to an ellipsis, rounding, or a missing label."""
    RANDOM = "random"
    """It can't be right: the value is drawn at random, and was not drawn with this seed."""
    WRONG = "wrong"
    UNCHECKED = "unchecked"
    """Nothing was run that could tell: then the claim stays on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A typed output and what removes it from the page."""

    text: str
    """What the author says is printed, without the label and comment mark."""
    label: str
    """The author's label without its colon (`Ausgabe`, `**Output:**` gives `Output`); empty for none."""
    line: int
    """1-based line of the source file where the claim stands."""
    edits: tuple[Edit, ...]
    """What takes it out of the post's body."""
    code_line: int | None = None
    """0-based line of the code that a comment claims about; None where it is the whole block."""
    place: int | None = None
    """Offset in the body where the output belongs, where words before it stay; None for under the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comment:
    """A comment in a block's prepared code."""

    row: int
    column: int
    text: str
    """Without `#` and the blanks around."""
    alone: bool
    """Whether nothing else stands on its line."""


def find(post: Post, block: Block, until: Block | None = None) -> tuple[Claim, ...]:
    """Return the claims about a block: in its comments, at its prompts, and in what follows it.

    `until` is the next block of the post; if an output label stands between, it is the output of this one.
    """
    prepared = prepare(block.code)
    found = [*_at_prompts(post, block, prepared), *_in_comments(post, block, prepared)]
    return (*found, *_after(post, block, until))


def outputs_of(post: Post, block: Block, before: Block | None) -> bool:
    """Return whether a block is the typed output of the block before it, whatever its fence says."""
    return before is not None and bool(_fence_claim(post, before, block))


# --- comments -------------------------------------------------------------------------------------------


def _in_comments(post: Post, block: Block, prepared: Prepared) -> list[Claim]:
    if prepared.tree is None or "#" not in prepared.code:
        return []
    statements = _showing(prepared.tree)
    comments = _comments(prepared.code)
    found: list[Claim] = []
    taken: set[int] = set()
    for index, comment in enumerate(comments):
        if index in taken:
            continue
        row = _about(comment, comments, statements)
        if row is None:
            continue
        group = _group(comments, index) if comment.alone else [comment]
        claim = _comment_claim(post, block, prepared, group, row)
        if claim is not None:
            found.append(claim[0])
            taken.update(range(index, index + claim[1]))
    return found


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
    post: Post, block: Block, prepared: Prepared, group: list[_Comment], row: int
) -> tuple[Claim, int] | None:
    """Read a claim from comments that stand together; also return how many of them it takes."""
    label, rest = split_comment(group[0].text.lstrip("#").strip())
    remark = ""
    if label and not rest and len(group) > 1:
        used, text = len(group), "\n".join(comment.text for comment in group[1:])
    elif label:
        used, text = _value_rows(group, rest) if not is_value(rest) else (1, rest)
        text = text or rest
    else:
        used, text = _value_rows(group, rest)
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
    found: list[_Comment] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                text = token.string.removeprefix("#").strip()
                alone = not token.line[:column].strip()
                found.append(_Comment(row=row - 1, column=column, text=text, alone=alone))
    except (tokenize.TokenError, SyntaxError):
        return []
    return found


def _showing(tree: ast.Module) -> dict[int, int]:
    """Return the last row and the column of every statement that shows something."""
    rows: dict[int, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and (node in tree.body or prints(node)):
            value = node.value
            if not isinstance(value, ast.Constant | ast.Yield | ast.YieldFrom):
                rows[(node.end_lineno or node.lineno) - 1] = node.col_offset
    return rows


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


# --- prompts --------------------------------------------------------------------------------------------


def _at_prompts(post: Post, block: Block, prepared: Prepared) -> list[Claim]:
    found: list[Claim] = []
    for typed in prepared.typed:
        start, end = _row(post.body, block, typed.first)[0], _row(post.body, block, typed.last)[1]
        line = post.line_at(block.start) + 1 + typed.first
        edits = (Edit(start=start, end=end, text=""),)
        found.append(Claim(text=typed.text, label="", line=line, edits=edits, code_line=typed.code_line))
    return found


def _row(body: str, block: Block, row: int) -> tuple[int, int]:
    """Return where a line of a block's code begins and ends in the body, its newline included."""
    start = block.start
    for _ in range(row + 1):
        start = body.index("\n", start) + 1
    end = body.find("\n", start)
    return start, len(body) if end < 0 else end + 1


# --- what follows the block -----------------------------------------------------------------------------


def _after(post: Post, block: Block, until: Block | None) -> list[Claim]:
    if until is not None:
        found = _fence_claim(post, block, until)
        if found:
            return found
    return _inline_claim(post, block, until)


def _fence_claim(post: Post, block: Block, fence: Block) -> list[Claim]:
    """Read the fence after a block as its output, if its tag or the words between say so."""
    language = fence.directives.language
    between = post.body[block.end : fence.start]
    tagged = (
        language in _OUTPUT or "output" in fence.directives.classes or "output" in fence.directives.unknown
    )
    text = fence.code.rstrip("\n")
    if (
        language in _SHELL
        or re.match(r"\s*(?:\$|pip3?|conda|uv|git|cd) ", text)
        or re.search(r"(?m)^ {0,3}# ", between)
    ):
        return []
    said = [line for line in between.splitlines() if line.strip(" \t>")]
    label = label_of_line(said[-1]) if said else ""
    lead_in = "" if label or not said else _lead_in(said)
    plain = language in _PLAIN or (label and (fence.directives.is_python or language in ("json", "yaml")))
    if not (tagged and not said) and not ((label or lead_in) and (plain or tagged)):
        return []
    heading = bool(said) and said[-1].lstrip(" >").startswith("#")
    if label and not heading:
        start = block.end + between.rindex(said[-1])
        edits, place = (_whole(post.body, start, fence.end),), None
        if len(said) > 1:
            place = start
    else:
        place = fence.start if said else None
        edits = (_whole(post.body, fence.start, fence.end),)
    line = post.line_at(fence.start) + 1
    return [Claim(text=text, label=label, line=line, edits=edits, place=place)]


def _lead_in(said: list[str]) -> str:
    """Return the label of a heading or of a sentence between the code and a fence."""
    last = said[-1].lstrip(" >")
    return ends_in_label(last) if len(said) <= 3 and not last.startswith(("|", "#")) else ""


def _inline_claim(post: Post, block: Block, until: Block | None) -> list[Claim]:
    """Read `**Output:** `3``: a label and an output in one line."""
    rest = post.body[block.end : until.start if until else len(post.body)]
    line = next((line for line in rest.split("\n") if line.strip(" \t>")), "")
    match = _INLINE.match(line)
    if match is None or not label_of_line(match["label"]):
        return []
    start = block.end + rest.index(line)
    edits = (_whole(post.body, start, start + len(line) + 1),)
    label = label_of_line(match["label"])
    return [Claim(text=match["text"], label=label, line=post.line_at(start), edits=edits)]


def _whole(body: str, start: int, end: int) -> Edit:
    """Remove whole lines, and the blank lines before them where blank lines follow too."""
    end = min(end, len(body))
    before = len(body[:start].rstrip("\n"))
    if body[end : end + 1] in ("\n", ""):
        start = min(start, before + 1)
    return Edit(start=start, end=end, text="")
