"""Comments: what those of a block say as outputs, before anything has run."""

import itertools
import re
import tokenize
from dataclasses import dataclass

from hexapla.programs.claims.constants import leading_constant
from hexapla.programs.output_labels import split_comment
from hexapla.programs.tokens import tokens_of
from hexapla.programs.values import is_value, leading_value

_GOES_ON = ("(", "[", "{", "<", '"""', "'''")
"""Only a line with one of these may begin a value that goes on below."""
_STRING = re.compile(r"'[^'\n]*+'|\"[^\"\n]*+\"")
_PROMPT = re.compile(r">{3,4}[ \t]++|\A:[ \t]++")
"""What some write before an output in a comment: `# >>> 3`, `#: 3`."""
_LONGEST = 200
"""How many lines of comment are looked at as one value."""
_TRIED = 20
"""At how many of them it may end: each is parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment in a block's prepared code."""

    row: int
    column: int
    text: str
    """Without `#` and the blanks around."""
    alone: bool
    """Whether nothing else stands on its line."""
    output: bool = False
    """Whether it is written `#>`, which says that it is an output and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What comments that stand together claim."""

    text: str
    label: str = ""
    first: str = ""
    """What stands behind the label in its line."""
    remark: str = ""
    """What follows the value, and stays on the page."""
    used: int = 1
    """How many of the comments it takes."""


def standing_together(comments: list[Comment], index: int) -> list[Comment]:
    """Return the comments from `index` on that stand directly below one another, the first may be beside code."""
    group = [comments[index]]
    for comment in comments[index + 1 : index + _LONGEST]:
        below = group[-1] if group[-1].alone else comment
        if not comment.alone or comment.row != group[-1].row + 1 or comment.column != below.column:
            break
        group.append(comment)
    return group


def reading_of(group: list[Comment], lead: str, constant: str) -> Reading | None:
    """Return what comments that stand together claim; None where that is nothing.

    `lead` is what the statement above says that it prints first: a comment that begins so quotes it. `constant`
    is the constant of Python that the original has here: a comment that says it in words claims it.
    """
    if group[0].output:
        rows = [comment.text for comment in itertools.takewhile(lambda comment: comment.output, group)]
        text = "\n".join(rows)
        return Reading(text=text, used=len(rows)) if text else None
    label, rest = split_comment(group[0].text.lstrip("#").strip())
    if label:
        return _labelled(group, label, rest)
    used, text = _value_rows(group, rest)
    if text:
        return Reading(text=text, used=used)
    if lead and rest.startswith(lead) and len(rest) > len(lead):
        return Reading(text=rest)
    if constant:
        text, remark = leading_constant(rest, constant)
        if text and not (remark and group[0].alone):
            return Reading(text=text, remark=remark)
    if group[0].alone or not rest:
        return None
    text, remark = leading_value(rest)
    return Reading(text=text, remark=remark) if text else None


def _labelled(group: list[Comment], label: str, rest: str) -> Reading | None:
    """Return what a comment with a label claims: what follows the label, or the comments below it."""
    if not rest and len(group) > 1:
        text = "\n".join(comment.text for comment in group[1:])
        return Reading(text=text, label=label, used=len(group)) if text else None
    used, text = (1, rest) if is_value(rest) else _value_rows(group, rest)
    text = text or rest
    return Reading(text=text, label=label, first=rest, used=used) if text else None


def _value_rows(group: list[Comment], first: str) -> tuple[int, str]:
    """Return how many lines of comment make one value, and the value; nothing where none do.

    That is a value over several lines, else as many values of a line each as follow one another.
    """
    texts = [first, *(comment.text for comment in group[1:])]
    values = len([*itertools.takewhile(_is_whole_value, texts)]) if group[0].alone else 0
    begin = next(filter(None, texts), "")
    ends = _ends(texts) if any(sign in begin for sign in _GOES_ON) else []
    for count in reversed([*([values] if values > 1 else []), *(end for end in ends if end > values)]):
        text = "\n".join(texts[:count])
        if count == values or is_value(text):
            return count, text
    text = leading_value(first)[0] if group[0].alone else first
    return (1, text) if is_value(text) else (1, "")


def _ends(texts: list[str]) -> list[int]:
    """Return after how many lines, more than one, all brackets are closed that were opened: there a value may end."""
    ends: list[int] = []
    depth, is_object = 0, texts[0].startswith("<")
    for count, text in enumerate(texts[:_LONGEST], start=1):
        bare = _STRING.sub("", text)
        depth += sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))
        if count > 1 and depth == 0 and (not is_object or text.endswith(">")):
            ends.append(count)
    return ends[-_TRIED:]


def _is_whole_value(text: str) -> bool:
    return leading_value(text) == (text, "")


def comments_of(code: str) -> list[Comment]:
    """Return the comments of a block's prepared code, in order."""
    comments: list[Comment] = []
    for token in tokens_of(code).read:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            output = token.string.startswith("#>")
            text = _PROMPT.sub("", token.string.removeprefix("#>" if output else "#").strip())
            alone = not token.line[:column].strip()
            comments.append(Comment(row=row - 1, column=column, text=text, alone=alone, output=output))
    return comments
