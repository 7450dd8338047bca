"""Finding claims in what follows a block: a label and the fence after it, or a fence tagged as output.

A plain fence after code is more often the next shell command than an output, so without a label or a tag
it claims nothing.
"""

import re

from hexapla.model.block import Block, Edit
from hexapla.model.output import Claim
from hexapla.model.post import Post
from hexapla.programs.output_labels import ends_in_label, label_of_line

_SHELL = frozenset({"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session"})
_OUTPUT = frozenset({"output", "out", "stdout", "python-output", "py-output", "console-output"})
_PLAIN = frozenset({"", "text", "txt", "plaintext", "plain", "none", "console", "log", "pycon", "raw"})
_COMMAND = re.compile(r"\A\s*+(?:\$|pip3?|conda|uv|git|cd) ")
_INLINE = re.compile(
    r"\A\s*+(?P<label>[*_]{1,3}[^*_`]++[*_]{1,3}\s*+[:：]?|[^*_`\s][^`]{0,30}[:：])\s*+`(?P<text>[^`]++)`\s*+$"
)
_HEADING = re.compile(r"^ {0,3}# ", re.MULTILINE)


def is_output(post: Post, block: Block, before: Block | None) -> bool:
    """Return whether a block is the typed output of one before it: so tagged, or under a label."""
    return _is_tagged(block) or (before is not None and _fence_claim(post, before, block) is not None)


def _is_tagged(fence: Block) -> bool:
    words = {fence.directives.language, *fence.directives.classes, *fence.directives.unknown}
    return not _OUTPUT.isdisjoint(words)


def after_block(post: Post, block: Block, until: Block | None) -> tuple[Claim, ...]:
    """Return what stands between a block and the next one, or in the next one, as a claim."""
    claim = _fence_claim(post, block, until) if until is not None else None
    claim = claim or _inline_claim(post, block, until)
    return (claim,) if claim else ()


def _fence_claim(post: Post, block: Block, fence: Block) -> Claim | None:
    """Read the fence after a block as its output, if its tag or the words between say so."""
    between = post.body[block.end : fence.start]
    tagged = _is_tagged(fence)
    text = fence.code.rstrip("\n")
    if fence.directives.language in _SHELL or _COMMAND.match(text):
        return None
    if not tagged and _HEADING.search(between):
        return None
    lines = [line for line in between.splitlines() if line.strip(" \t>")]
    label = label_of_line(lines[-1]) if lines and _begins(between, lines[-1]) else ""
    if not tagged and not (_may_be_output(fence, label) and (label or _lead_in(lines))):
        return None
    heading = bool(lines) and lines[-1].lstrip(" >").startswith("#")
    start, words_stay = fence.start, bool(lines)
    if label and not heading:
        start = block.end + between.rindex(lines[-1])
        words_stay = len(lines) > 1
    edit = _without_lines(post.body, start, fence.end)
    # The output takes the place of what goes, blank lines included.
    place = edit.start if words_stay else None
    return Claim(text=text, label=label, line=post.line_at(fence.start) + 1, edits=(edit,), place=place)


def _may_be_output(fence: Block, label: str) -> bool:
    """Return whether a fence's language is one that outputs are shown in; below a label, more are."""
    language = fence.directives.language
    return language in _PLAIN or bool(label and (fence.directives.is_python or language in ("json", "yaml")))


def _begins(between: str, line: str) -> bool:
    """Return whether a line stands for itself, and is not the end of a sentence above it."""
    above = between[: between.rindex(line)].rstrip(" \t>")
    if not line.strip(" \t>")[:1].isalnum() or not above.strip():
        return True
    return above.endswith(("\n\n", "\n>\n"))


def _lead_in(lines: list[str]) -> str:
    """Return the label that a sentence between the code and a fence ends with."""
    if not lines or len(lines) > 3:
        return ""
    last = lines[-1].lstrip(" >")
    return "" if last.startswith(("|", "#")) else ends_in_label(last)


def _inline_claim(post: Post, block: Block, until: Block | None) -> Claim | None:
    """Read `**Output:** `3``: a label and an output in one line."""
    rest = post.body[block.end : until.start if until else len(post.body)]
    line = next((line for line in rest.split("\n") if line.strip(" \t>")), "")
    match = _INLINE.match(line)
    label = label_of_line(match["label"]) if match else ""
    if match is None or not label:
        return None
    start = block.end + rest.index(line)
    edits = (_without_lines(post.body, start, start + len(line) + 1),)
    return Claim(text=match["text"], label=label, line=post.line_at(start), edits=edits)


def _without_lines(body: str, start: int, end: int) -> Edit:
    """Remove whole lines, and the blank lines before them where blank lines follow too."""
    end = min(end, len(body))
    before = len(body[:start].rstrip("\n"))
    if body[end : end + 1] in ("\n", ""):
        start = min(start, before + 1)
    return Edit(start=start, end=end, text="")
