"""Differing: which blocks of a source a page does not show as the source has them."""

import difflib
import itertools
from collections.abc import Sequence

from hexapla.normalize.github.parser import Reference, in_page_order
from hexapla.normalize.target.structure import Unit


def differing(reference: Reference, page: Sequence[Unit]) -> dict[int, tuple[str, str]]:
    """Find the blocks whose units the page lacks, or beside which it has more."""
    places = {id(chunk): index for index, chunk in enumerate(reference.chunks)}
    ordered = [places[id(chunk)] for chunk in in_page_order(reference.chunks)]
    owners = [index for index in ordered for _ in reference.chunks[index].units]
    source = [unit for index in ordered for unit in reference.chunks[index].units]
    matcher = difflib.SequenceMatcher(None, source, page, autojunk=False)
    blocks: dict[int, tuple[str, str]] = {}
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        added = i1 == i2
        if added:
            i1, i2 = max(i1 - 1, 0), min(i2 + 1, len(owners))
        for owner in owners[i1:i2]:
            blocks[owner] = _for_people(source[i1:i2], page[j1:j2])
        if owners[i1:i2]:
            # An HTML block without units of its own can be what broke its neighbours.
            for index in range(
                max(owners[i1] - 1, 0), min(owners[i2 - 1] + 1 + added, len(reference.chunks))
            ):
                if not reference.chunks[index].units:
                    blocks.setdefault(index, ("", ""))
    if not blocks:
        blocks = dict.fromkeys(range(len(reference.chunks)), ("", ""))
    return blocks


def _for_people(source: Sequence[Unit], page: Sequence[Unit]) -> tuple[str, str]:
    """Write both for people, from a little before the place where they part."""
    left, right = (
        " ".join(map(str, units)).replace("\\x00", "").replace("\0", "") for units in (source, page)
    )
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    common = sum(1 for _ in pairs)
    start = max(common - 40, 0) if common < max(len(left), len(right)) else 0
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    end = start + 200
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
