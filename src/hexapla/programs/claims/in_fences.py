"""Finding claims in what follows a block: a label and the fence after it, or a fence tagged as output.

A plain fence after code is more often the next shell command than an output, so without a label or a tag
it claims nothing.
"""

import re

from hexapla.model.block import Block, Edit
from hexapla.model.claim import Claim
from hexapla.model.post import Post
from hexapla.programs.output_labels import ends_in_label, label_of_line

_SHELL = frozenset({"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session"})
_OUTPUT = frozenset({"output", "out", "stdout", "python-output", "py-output", "console-output"})
_PLAIN = frozenset({"", "text", "txt", "plaintext", "plain", "none", "console", "log", "pycon", "raw"})
_COMMAND = re.compile(r"\s*(?:\$|pip3?|conda|uv|git|cd) ")
_INLINE = re.compile(
    r"\s*(?P<label>[*_]{1,3}[^*_`]+[*_]{1,3}\s*[:：]?|[^*_`\s][^`]{0,30}[:：])\s*`(?P<text>[^`]+)`\s*$"
)


def outputs_of(post: Post, block: Block, before: Block | None) -> bool:
    """Return whether a block is the typed output of one before it: so tagged, or under a label."""
    return _is_tagged(block) or (before is not None and bool(_fence_claim(post, before, block)))


def _is_tagged(fence: Block) -> bool:
    words = {fence.directives.language, *fence.directives.classes, *fence.directives.unknown}
    return not _OUTPUT.isdisjoint(words)


def after_block(post: Post, block: Block, until: Block | None) -> tuple[Claim, ...]:
    """Return what stands between a block and the next one, or in the next one, as a claim."""
    return tuple(_after(post, block, until))


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
    tagged = _is_tagged(fence)
    text = fence.code.rstrip("\n")
    headed = re.search(r"(?m)^ {0,3}# ", between) and not tagged
    if language in _SHELL or _COMMAND.match(text) or headed:
        return []
    said = [line for line in between.splitlines() if line.strip(" \t>")]
    label = label_of_line(said[-1]) if said and _begins(between, said[-1]) else ""
    lead_in = "" if label or not said else _lead_in(said)
    plain = language in _PLAIN or (label and (fence.directives.is_python or language in ("json", "yaml")))
    if not tagged and not ((label or lead_in) and plain):
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


def _begins(between: str, line: str) -> bool:
    """Return whether a line stands for itself, and is not the end of a sentence above it."""
    above = between[: between.rindex(line)].rstrip(" \t>")
    return (
        not line.strip(" \t>")[:1].isalnum()
        or not above
        or above.endswith(("\n\n", "\n>\n"))
        or not above.strip()
    )


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
