"""Opening: how an article's program begins, with the first that it showed: what home pages quote."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hexapla.model.block import Block, blocks
from hexapla.render import values
from hexapla.render.page import QUIET

TRIED = 10
"""So many articles are looked through for one that begins with something to be shown."""
LONGEST = 24
"""Of so many lines is a quotation at most."""

_FIGURE = re.compile(r"(?:!\[[^\n]*\.hexapla-figure[^\n]*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a home page quotes."""

    tried: tuple[str, ...]
    """The slugs of the articles that were looked at: what their pages say decides which is quoted, itself the last."""
    text: str
    """As Markdown; empty where none of them begins with something to be shown."""


def opening(slugs: Iterable[str], page_of: Callable[[str], str]) -> Opening:
    """Return the opening of the first article that has one; `page_of` returns the text of an article's page."""
    tried = []
    for slug, _ in zip(slugs, range(TRIED), strict=False):
        tried.append(slug)
        if text := quotation_of(page_of(slug)):
            return Opening(tried=tuple(tried), text=text)
    return Opening(tried=tuple(tried), text="")


def quotation_of(page: str) -> str:
    """Return the blocks of an article's page up to the first output, and that.

    Empty where one of them needs its place on the page, is folded or long, or ends with an error.
    """
    parts: list[str] = []
    for block in blocks(page):
        if not block.directives.is_python or block.prefix or block.directives.notest:
            return ""
        if block.directives.classes or block.directives.raises:
            return ""
        parts.append(page[block.start : block.end])
        if shown := _shown(page, block.end):
            return _as_part((*parts, *shown))
    return ""


def _shown(page: str, start: int) -> list[str]:
    """Return the outputs that stand in an article's page from a place on."""
    fences = {block.start: block for block in blocks(page)}
    parts = []
    while start < len(page):
        if page[start] == "\n":
            start += 1
            continue
        fence = fences.get(start)
        if fence is not None and _is_output(fence):
            parts.append(page[start : fence.end])
            start = fence.end
        elif page.startswith(values.OPENS, start):
            end = page.find("\n", start)
            line = page[start : end if end >= 0 else len(page)]
            parts.append(f"{line}\n")
            start += len(line)
        elif figures := _FIGURE.match(page, start):
            # From `posts/` to the folder above.
            parts.append(figures[0].replace("](../../", "](../"))
            start = figures.end()
        else:
            break
    return parts


def _is_output(block: Block) -> bool:
    return "output" in block.directives.classes


def _as_part(parts: Iterable[str]) -> str:
    text = "\n".join(parts)
    if text.count("\n") > LONGEST or ".output .error" in text:
        return ""
    # A search finds the article itself.
    return f'<div class="hexapla-opening" {QUIET}="" markdown="1">\n\n{text}\n</div>\n'
