"""Foreseen: blocks that the site is known to show otherwise than GitHub, before any page is rendered, and unseen lines.

They are most of those that have to be written anew. What a site does with each kind of them is found by rendering one
of a few words: its extensions may read it as GitHub does.
"""

import functools
import itertools
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from hexapla.normalize.github.parser import Chunk, Reference, read_as_github
from hexapla.normalize.target.renderer import Renderer
from hexapla.normalize.target.structure import skeleton

_LISTS = ("bullet_list_open", "ordered_list_open")
_AFTER_TEXT, _NESTED, _ALERT = "a\n- b", "- a\n  - b", "> [!NOTE]\n> a"
_COLUMNS = 4
"""In which an inner list stands on the site."""


def foreseen(reference: Reference, site: Renderer) -> Iterator[tuple[int, str]]:
    """Yield the indexes of such blocks, each with the rung on which the site shows it."""
    above: Chunk | None = None
    for index, chunk in enumerate(reference.chunks):
        is_list = chunk.kind in _LISTS and not chunk.label
        is_after_text = above and above.kind == "paragraph_open" and above.end == chunk.start
        if is_list and is_after_text and _differs(_AFTER_TEXT, site):
            yield from ((index - 1, "apart"), (index, "apart"))
        if is_list and _is_narrow(chunk.tokens, reference.lines) and _differs(_NESTED, site):
            yield index, "printed"
        if chunk.kind == "alert_open" and _differs(_ALERT, site):
            yield index, "printed"
        above = chunk


@functools.lru_cache(maxsize=64)
def _differs(text: str, site: Renderer) -> bool:
    """Whether the site shows a text otherwise than GitHub."""
    return skeleton(site.html(text)) != read_as_github(text, site).units


def _is_narrow(tokens: Sequence[Token], lines: Sequence[str]) -> bool:
    """Whether a list holds one that stands on fewer columns than the site reads for an inner one."""
    items: list[Token] = []
    for token in tokens:
        if token.type == "blockquote_open":
            return False
        if token.type == "list_item_open":
            items.append(token)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type in _LISTS and items and token.map and items[-1].map:
            line = lines[token.map[0]]
            is_below = token.map[0] > items[-1].map[0] and not line.startswith("\t")
            if is_below and len(line) - len(line.lstrip(" ")) < _COLUMNS * len(items):
                return True
    return False


def unseen(reference: Reference) -> Iterator[tuple[int, int]]:
    """Yield the lines, from and to, of which GitHub shows nothing: notes that nobody refers to."""
    spans = [(chunk.start, chunk.end) for chunk in reference.chunks]
    seen = {at for span in (*spans, *reference.spans.values()) for at in range(*span)}
    lines = [at for at, line in enumerate(reference.lines) if line.strip() and at not in seen]
    for _, group in itertools.groupby(enumerate(lines), lambda item: item[1] - item[0]):
        run = [at for _, at in group]
        yield run[0], run[-1] + 1
