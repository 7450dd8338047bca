"""A post's prose as Jupyter shows Markdown, which knows no admonitions, tabs and attributes."""

import re
from collections.abc import Iterator, Sequence

from hexapla.render.labels import Labels

_CONTAINER = re.compile(
    r"(?P<indent> *)(?P<mark>!!!|\?\?\?\+?|===[!+]*) ?(?P<words>[\w \-]*+)(?:\"(?P<title>.*)\")?\s*+$"
)
_FENCE = re.compile(r"[ >]*(?P<mark>`{3,}|~{3,})")
_ATTRIBUTES = re.compile(
    r"^[ >]*\{:[^}\n]*\}[ \t]*$\n?"  # of the block above
    r"|(?<=\S)[ \t]*\{:?[ \t]*[#.][^}\n]*\}[ \t]*$"  # of a heading
    r"|(?P<kept>\]\([^()\n]*\))\{:?[ \t]*(?:[#.][\w-]+|[\w-]+=)[^}\n]*\}",  # of a link or a picture
    re.MULTILINE,
)


def jupyter_markdown(text: str, words: Labels) -> str:
    """Return prose in which notes and folds are quotes, tabs stand one after the other, and attributes are gone.

    `words` are those of the text's language: a note without a title is called as on the page.
    """
    lines = list(_lines(text.split("\n"), words))
    # Where a quote's next block became a cell, nothing is left of the line between them.
    while lines and not lines[-1].strip("> "):
        lines.pop()
    return "\n".join(lines).strip("\n")


def _lines(lines: Sequence[str], words: Labels) -> Iterator[str]:
    row, plain = 0, list[str]()
    while row < len(lines):
        if fence := _FENCE.match(lines[row]):
            yield from _without_attributes(plain)
            plain, end = [], _end_of_fence(lines, row, fence["mark"])
            yield from lines[row:end]
        elif container := _CONTAINER.fullmatch(lines[row]):
            yield from _without_attributes(plain)
            plain, end = [], _end_of_container(lines, row, len(container["indent"]) + 4)
            yield from _contained(container, lines[row + 1 : end], words)
        else:
            plain.append(lines[row])
            end = row + 1
        row = end
    yield from _without_attributes(plain)


def _without_attributes(lines: Sequence[str]) -> list[str]:
    if not any("{" in line for line in lines):
        return [*lines]
    return _ATTRIBUTES.sub(lambda match: match["kept"] or "", "\n".join(lines)).split("\n")


def _end_of_fence(lines: Sequence[str], row: int, mark: str) -> int:
    """Return the row after a fence, or after the last line where it is never closed."""
    closing = re.compile(rf"[ >]*{re.escape(mark)}{re.escape(mark[0])}*\s*$")
    return next((at + 1 for at in range(row + 1, len(lines)) if closing.match(lines[at])), len(lines))


def _end_of_container(lines: Sequence[str], row: int, indent: int) -> int:
    """Return the row after a container's last line, which is not blank."""
    end = row + 1
    for at in range(row + 1, len(lines)):
        if lines[at].strip():
            if not lines[at].startswith(" " * indent):
                break
            end = at + 1
    return end


def _contained(container: re.Match[str], lines: Sequence[str], words: Labels) -> Iterator[str]:
    indent = container["indent"]
    inside = [line[len(indent) + 4 :] for line in lines]
    text = list(_lines(inside, words))
    while text and not text[0].strip():
        text.pop(0)
    kind = container["words"].split(" ")[0]
    title = container["title"]
    if title is None:
        title = str(getattr(words, kind, kind.capitalize()))
    heading = [f"**{title}**", ""] if title else []
    quote = "" if container["mark"].startswith("===") else "> "
    yield from (f"{indent}{quote}{line}".rstrip() for line in (*heading, *text))
