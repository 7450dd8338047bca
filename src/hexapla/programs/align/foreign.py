"""Foreign: what other tools' marks ask for and hexapla does not read, told of instead of passed over."""

import re
from collections.abc import Iterator, Sequence

from hexapla.model.block import Block
from hexapla.model.codes import problem
from hexapla.model.post import Post
from hexapla.model.problem import Problem

_IN_CODE = re.compile(r"#\s*doctest:.*\+SKIP\b")
_BESIDE = (
    (re.compile(r"<!--+\s*skip:\s*(?:next|start|end)\b"), "Sybil's `skip`", "Mark the fence `notest`."),
    (
        re.compile(r"<!--+\s*invisible-code(?:-block)?\b"),
        "Sybil's invisible code",
        "Write the block, and fold it with `.hide-input`.",
    ),
    (re.compile(r"<!--+\s*clear-namespace\b"), "Sybil's `clear-namespace`", "Begin another article."),
    (re.compile(r"\{/\*\s*pmd-metadata:"), "pytest-markdown-docs' comment for MDX", "Put its words into the fence."),
)  # fmt: skip


def problems(post: Post, blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield a warning for each mark of another tool that would change what is run."""
    body = post.body
    for block in blocks:
        for match in _IN_CODE.finditer(block.code) if block.directives.runs else ():
            line = post.line_at(block.start) + 1 + block.code.count("\n", 0, match.start())
            yield problem(
                "foreign-mark",
                post.path,
                line,
                "doctest's `+SKIP` is not read: the line runs. Mark the fence `notest`.",
            )
    if "<!--" not in body and "{/*" not in body:
        return
    fenced = [range(block.start, block.end) for block in blocks]
    for pattern, name, hint in _BESIDE:
        for match in pattern.finditer(body):
            if not any(match.start() in span for span in fenced):
                yield problem(
                    "foreign-mark", post.path, post.line_at(match.start()), f"{name} is not read. {hint}"
                )
