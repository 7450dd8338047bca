"""Page Markdown: what a page holds, written so that every reader of it sees the same lines and the same fences.

Builders and their plugins split a page into lines in more than one way, and highlighters write a fence's words into
attributes as they are. So what an author's code holds would stand outside of it, as markup.
"""

import re

from hexapla.model.block import Block, Edit, blocks, splice
from hexapla.model.directives import is_harmless, page_info

_ENDS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line for Python's `splitlines`, and not for Markdown."""
_PAGE_BREAK = re.compile(r"^(?P<before>[ \t>]*+)\f|\f$", re.MULTILINE)
"""A form feed between functions, as old editors set them."""
_FENCE = re.compile(r"^[ \t>]*+(?:`{3,}+|~{3,}+)(?P<info>[^\n]++)", re.MULTILINE)


def contained(markdown: str) -> str:
    """Return a page's text in which code stays code.

    In code, other ends of lines are written as Python escapes them, in prose they are blanks. A fence whose words
    would leave their attribute keeps those that hexapla knows.
    """
    if _ENDS.search(markdown):
        markdown = _with_the_same_lines(markdown)
    if all(is_harmless(match["info"]) for match in _FENCE.finditer(markdown)):
        return markdown
    return splice(
        markdown,
        (_with_known_words(markdown, block) for block in blocks(markdown) if not is_harmless(block.info)),
    )


def _with_the_same_lines(markdown: str) -> str:
    parts: list[str] = []
    start = 0
    for block in blocks(markdown):
        code = _PAGE_BREAK.sub(lambda match: match["before"] or "", markdown[block.start : block.end])
        parts += (
            _ENDS.sub(" ", markdown[start : block.start]),
            _ENDS.sub(lambda match: ascii(match[0])[1:-1], code),
        )
        start = block.end
    return "".join((*parts, _ENDS.sub(" ", markdown[start:])))


def _with_known_words(markdown: str, block: Block) -> Edit:
    start = block.start + len(block.prefix) + len(block.fence)
    end = markdown.find("\n", start)
    return Edit(
        start=start, end=end if end >= 0 else len(markdown), text=page_info(block.directives) or "text"
    )
