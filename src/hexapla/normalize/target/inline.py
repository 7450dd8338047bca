"""Inline: a paragraph's pieces of text, each with its marks, as a page shows them."""

import re

Piece = tuple[tuple[str, ...], str]
"""The marks that a piece of text stands in, and the text."""

SPACE = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
"""Blanks that are no single one."""
_BREAK = re.compile(r" ?\0br ?")


def joined(run: list[Piece]) -> list[object]:
    """Join pieces with the same marks, and make one blank of each run of blanks."""
    if len(run) == 1:
        ((marks, text),) = run
        flat = _BREAK.sub("\0br", SPACE.sub(" ", text)).strip(" ")
        return [marks, flat] if flat else []
    pieces: list[Piece] = []
    for marks, text in run:
        if pieces and pieces[-1][0] == marks:
            pieces[-1] = (marks, pieces[-1][1] + text)
        elif text.strip(" \t\n\r") or not pieces:
            pieces.append((marks, text))
        else:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + text)  # a blank looks the same in any face
    parts: list[object] = []
    for index, (marks, text) in enumerate(pieces):
        flat = SPACE.sub(" ", text)
        if "\0br" in flat:
            flat = _BREAK.sub("\0br", flat)
        if index == 0 or str(parts[-1]).endswith(("\0br", " ")) if parts else True:
            flat = flat.lstrip(" ")
        if index == len(pieces) - 1:
            flat = flat.rstrip(" ")
        if flat:
            parts += [marks, flat]
    return parts
