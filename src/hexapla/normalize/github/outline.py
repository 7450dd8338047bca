"""Outline: where a text's headings and code stand, whatever list, quote, admonition or tag they stand in.

Read as GitHub reads it, without what is inside of paragraphs: that is what every repair goes by.
"""

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from hexapla.model.block import Edit
from hexapla.normalize.github.parser import block_tokens

Span = tuple[int, int]
"""Where a piece of a text begins, and just past where it ends, in characters."""

_TICKS = re.compile(r"`+")
_LITERAL = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>pre|script|style|textarea)\b(?:(?<=script)[^<>]*+>(?P<inside>))?.*?(?:</(?P=tag)\s*>|\Z)",
    re.I | re.S,
)
"""What HTML shows as it is written, or not at all: of a script not its tag, which says where it is."""
_ITEM = re.compile(r"[ >]*+(?:[-*+]|\d{1,9}[.)])[ ]?")
_CONTAINER = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*+")
"""What stands before a block on its line: quotes' and items' marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fenced code block as its author wrote it."""

    info: str
    code: str
    """Without the container's indentation and marks."""
    mark: str
    """The opening backticks or tildes."""
    prefix: str
    """What a line of the fence has before it: indentation and quote marks."""
    start: int
    """Where the opening line begins."""
    body: int
    """Where the first line of the code begins."""
    end: int
    """Just past the closing line, its newline included where there is one."""
    is_closed: bool
    """False where the text or the container ends before the closing fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading as its author wrote it."""

    level: int
    text: str
    start: int
    """Where its marks or, if it is underlined, its text begin."""
    end: int
    """Where its last line ends, without the newline."""
    is_nested: bool
    """Whether it is inside a list, a quote or an admonition."""

    def at(self, level: int) -> Edit:
        """Return the edit that gives the heading another level."""
        return self.saying(self.text, level)

    def saying(self, text: str, level: int | None = None) -> Edit:
        """Return the edit that gives the heading another text."""
        text = " ".join(line.strip() for line in text.split("\n"))
        marks = "#" * min(level or self.level, 6)
        return Edit(start=self.start, end=self.end, text=f"{marks} {text}".rstrip())


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item of a list."""

    start: int
    """Where the line of its mark begins."""
    end: int
    column: int
    """In which what it holds stands."""
    around: int
    """Which of the items it is in; -1 for none."""


class Spans:
    """Pieces of a text, in order, none inside another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them has a character from `start` to `end`."""
        index = bisect.bisect_left(self._starts, max(end, start + 1))
        return index > 0 and start < self._ends[index - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a repair has to know of a text's blocks."""

    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    paragraphs: frozenset[int]
    """Where those of the top level begin."""
    items: tuple[ListItem, ...]
    """Those of lists, outer ones first."""
    literal: Spans
    """Fences, indented code, comments and what HTML shows as it is written."""
    code: Spans
    """All that, and code between backticks."""
    indented: Spans
    """Indented code."""

    def column_at(self, offset: int, columns: int) -> int:
        """Return in which column what stands at an offset, `columns` in, belongs to an item; 0 where to none."""
        at = bisect.bisect_right(self.items, offset, key=lambda item: item.start) - 1
        while at >= 0 and not (offset < self.items[at].end and self.items[at].column <= columns):
            at = self.items[at].around
        return self.items[at].column if at >= 0 else 0


@functools.lru_cache(maxsize=8)
def outline(text: str) -> Outline:
    """Read the outline of a Markdown text."""
    lines = _Lines(text)
    headings: list[Heading] = []
    fences: list[Fence] = []
    literal: list[Span] = []
    inline: list[Span] = []
    indented: list[Span] = []
    paragraphs: set[int] = set()
    items: list[ListItem] = []
    tokens = block_tokens(text)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = lines.span(*token.map)
        if token.type == "list_item_open":
            items.append(_item(text, items, start, end))
        elif token.type == "fence":
            fences.append(lines.fence(token))
            literal.append((start + len(fences[-1].prefix), end))
        elif token.type == "code_block":
            indented.append((start, end))
        elif token.type == "html_block":
            # A tag between backticks is text to who wrote it, such as a component's.
            spans = Spans(list(code_spans(text[start:end])))
            hidden = (span for span in literal_html(text[start:end]) if not spans.meet(span[0], span[0]))
            literal += ((start + a, start + b) for a, b in hidden)
        elif token.type == "heading_open":
            headings.append(lines.heading(token, tokens[index + 1]))
        elif token.type == "paragraph_open" and not token.level:
            paragraphs.add(start)
        elif token.type == "inline" and ("`" in token.content or "<" in token.content):
            piece = text[start:end]
            code = list(code_spans(piece))
            spans = Spans(code)
            inline += ((start + a, start + b) for a, b in code)
            literal += ((start + a, start + b) for a, b in literal_html(piece) if not spans.meet(a, a))
    literal += indented
    pieces = Spans(literal)
    return Outline(
        headings=tuple(headings),
        fences=tuple(fences),
        paragraphs=frozenset(paragraphs),
        items=tuple(items),
        literal=pieces,
        code=Spans([*literal, *(span for span in inline if not pieces.meet(span[0], span[0]))]),
        indented=Spans(indented),
    )


def _item(text: str, items: Sequence[ListItem], start: int, end: int) -> ListItem:
    """Return the item whose lines begin and end there, after those before it."""
    around = len(items) - 1
    while around >= 0 and items[around].end <= start:
        around = items[around].around
    is_same_line = around >= 0 and items[around].start == start
    mark = _ITEM.match(text, start + items[around].column if is_same_line else start)
    return ListItem(start=start, end=end, column=(mark.end() if mark else start) - start, around=around)


def code_spans(text: str) -> Iterator[Span]:
    """Yield where spans of code of a paragraph begin and end: between runs of as many backticks."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(index)
    index = 0
    while index < len(runs):
        start, end = runs[index]
        equals = by_length[end - start]
        later = bisect.bisect_right(equals, index)
        if later < len(equals):
            index = equals[later]
            yield start, runs[index][1]
        index += 1


def literal_html(html: str) -> Iterator[Span]:
    """Yield where comments and what HTML shows as it is written begin and end."""
    for match in _LITERAL.finditer(html) if "<" in html else ():
        inside = match.start("inside")
        yield (match.start() if inside < 0 else inside), match.end()


class _Lines:
    """The lines of a text by their numbers."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, first: int, past: int) -> Span:
        """Return where lines begin and end, the last newline included."""
        count = len(self._starts)
        return self._starts[min(first, count - 1)], (self._starts[past] if past < count else len(self._text))

    def fence(self, token: Token) -> Fence:
        """Return the fence of a token."""
        first, past = token.map or (0, 0)
        start, end = self.span(first, past)
        opening = self._text[start : self.span(first, first + 1)[1]]
        at = max(opening.find(token.markup), 0)
        last = self._text[self.span(past - 1, past)[0] : end].strip("> \t\n")
        return Fence(
            info=token.info.strip(),
            code=token.content,
            mark=token.markup,
            prefix=re.sub(r"[^>\s]", " ", opening[:at]),
            start=start,
            body=start + len(opening),
            end=end,
            is_closed=past - first > 1 and len(last) >= len(token.markup) and not last.strip(token.markup[0]),
        )

    def heading(self, token: Token, inline: Token) -> Heading:
        """Return the heading of a token and of the token of its text."""
        start, end = self.span(*(token.map or (0, 0)))
        end -= self._text[start:end].endswith("\n")
        prefix = _CONTAINER.match(self._text, start, end)
        return Heading(
            level=int(token.tag[1]),
            text=inline.content,
            start=prefix.end() if prefix else start,
            end=end,
            is_nested=token.level > 0,
        )
