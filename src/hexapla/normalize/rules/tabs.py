"""Tabs: Python-Markdown's, on a site that has no extension for them, as their labels over what they hold."""

import re

from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.rule import Changes, Draft, Remark, Repair

_TAB = re.compile(
    r"^(?P<indent>[ \t]*+)===[!+]{0,2} +\"(?P<label>[^\"\n]*+)\" *\n"
    r"(?P<body>(?:(?P=indent)(?: {4}|\t)[^\n]*+(?:\n|\Z)|[ \t]*+\n)*+)",
    re.M,
)
_STEP = re.compile(r"^(?: {4}|\t)")
_MESSAGE = "The site reads no tabs: the tab is written as its label over what it holds."
_HINT = "Put `pymdownx.tabbed: {alternate_style: true}` below `markdown_extensions:` into mkdocs.yml."


def labelled(draft: Draft) -> Repair:
    """Write tabs that the site would show as text."""
    changes = Changes(draft)
    if not draft.tabs and '=== "' in draft.text:
        changes.translate(outside(_TAB, draft.text, over=True), _written, _MESSAGE)
    remarks = (Remark(offset=remark.offset, message=remark.message, hint=_HINT) for remark in changes.remarks)
    return Repair(edits=tuple(changes.edits), remarks=tuple(remarks))


def _written(match: re.Match[str], _draft: Draft) -> str:
    """Write a tab's label and, in its columns, what it holds, with blank lines around."""
    indent, label, body = match["indent"], match["label"].strip(), match["body"].strip("\n").rstrip(" \t\n")
    if not body:
        return match[0]
    lines = (_STEP.sub("", line.removeprefix(indent)) for line in body.split("\n"))
    inner = "\n".join(f"{indent}{line}" if line.strip() else "" for line in lines)
    above = "\n" if match.start() and not match.string.endswith("\n\n", 0, match.start()) else ""
    below = "\n\n" if match.end() < len(match.string) else "\n"
    return f"{above}{indent}**{label}**\n\n{inner}{below}"
