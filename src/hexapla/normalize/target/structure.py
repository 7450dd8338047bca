"""Structure: what a reader sees of an HTML text, so that two renderers' pages can be compared.

Kept: headings, nesting of lists and quotes, tables' rows and cells, code and its language, links, images,
emphasis, math, paragraphs' text. Left out: ids, classes, wrappers, and whether a list is loose.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from hexapla.normalize.target.inline import SPACE, Piece, joined
from hexapla.normalize.target.tags import TOKEN, attributes_of, code, verbatim

Unit = tuple[Any, ...]
"""One element of the top level with all that is in it, as nested tuples."""

_MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "s": "del", "code": "code",
    "a": "a", "sub": "sub", "sup": "sup", "kbd": "kbd", "ins": "ins", "mark": "mark",
}  # fmt: skip
_CONTAINERS = frozenset(
    {"ul", "ol", "li", "blockquote", "table", "tr", "th", "td", "dl", "dt", "dd", "details", "summary"}
)
_LEAVES = frozenset(f"h{level}" for level in range(1, 7))
_BREAKS = frozenset(
    {"p", "div", "section", "article", "center", "figure", "figcaption"}
    | {"thead", "tbody", "tfoot", "aside", "header", "footer", "main", "nav"}
)
_DEEPEST = 100
"""What is inside of so many elements stands side by side: tuples in tuples are compared by recursion."""
_HIDDEN = frozenset({"script", "style", "svg"})
_VOID = frozenset({"hr", "br", "img", "input"})
_BLOCKS = _CONTAINERS | _LEAVES | _BREAKS
_ADMONITION = frozenset({"admonition", "admonition-title"})
_CLOSED_BY = {
    "li": ("ul", "ol"),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "dt": ("dl",),
    "dd": ("dl",),
}
_TASK = re.compile(r"\0\[([ xX])\]\s+(?=\S|\Z)")
_WRITTEN_TASK = re.compile(r"\0?\[([ xX])\]\s+(?=\S|\Z)")


def skeleton(text: str, *, github: bool = False) -> tuple[Unit, ...]:
    """Return the units of an HTML text, in order; footnotes come last, each a unit of its own.

    `github` says that it is shown by GitHub, which makes boxes of `[ ]` in lists. A page has to say so in its
    tags.
    """
    reader = _Reader(github=github)
    tokens = TOKEN.finditer(text)
    for token in tokens:
        piece = token[0]
        if token.lastgroup:
            reader.tag(token, tokens)
        elif piece[0] != "<" or piece == "<":
            reader.text(html.unescape(piece) if "&" in piece else piece)
    return reader.units()


@dataclass(slots=True)
class _Node:
    """An element that is still open."""

    name: str
    tag: str
    attributes: tuple[object, ...] = ()
    children: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Builds the units from tags and text."""

    stack: list[_Node] = field(default_factory=lambda: [_Node("page", "")])
    run: list[Piece] = field(default_factory=list)
    marks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What is compared of the inline elements that are open, by their tags."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many of them are the same."""
    face: tuple[str, ...] = ()
    """What is compared of the open inline elements, each once, in a fixed order."""
    notes: list[Unit] = field(default_factory=list)
    github: bool = False
    referred: set[str] = field(default_factory=set)
    """The footnotes that the text refers to: Python-Markdown prints the others too, GitHub does not."""

    def units(self) -> tuple[Unit, ...]:
        """Close what is open and return all."""
        self.flush()
        self.close_to(1)
        return (*self.stack[0].children, *sorted(self.notes, key=str))

    def text(self, text: str) -> None:
        """Take text that is not in a code block."""
        self.run.append((self.face, text))

    def tag(self, token: re.Match[str], rest: Iterator[re.Match[str]]) -> None:
        """Take one tag."""
        tag = token["tag"].lower()
        if token["close"]:
            self.close(tag)
            return
        attributes = attributes_of(token["rest"]) if token["rest"] else {}
        classes = (attributes.get("class") or "").split() if attributes else []
        if tag == "pre":
            self.flush()
            self.stack[-1].children.append(code(classes, rest))
        elif tag in _HIDDEN:
            verbatim(tag, rest)
        elif attributes and self.classed(tag, attributes, classes, rest):
            pass
        elif tag in _VOID:
            self.void(tag, attributes)
        elif tag in _MARKS:
            self.mark(tag, attributes)
        elif "footnote" in classes or "footnotes" in classes:
            self.flush()
            self.stack.append(_Node("notes", tag))
        elif tag in _CONTAINERS or tag in _LEAVES or not _ADMONITION.isdisjoint(classes):
            self.open(tag, attributes, classes)
        elif tag in _BREAKS:
            self.flush()
            if tag in [node.tag for node in self.stack]:
                self.stack.append(_Node("", tag))

    def classed(
        self, tag: str, attributes: dict[str, str | None], classes: list[str], rest: Iterator[re.Match[str]]
    ) -> bool:
        """Take an inline element that its class or its id makes something else; False where it is what it is."""
        if "arithmatex" in classes:
            self.math("".join(verbatim(tag, rest)), block=tag == "div")
        elif (tag == "sup" and (attributes.get("id") or "").startswith("fnref")) or "footnote-ref" in classes:
            label = (attributes.get("id") or "").partition(":")[2]
            # What a note says of itself leads nobody to it.
            if (f"fn:{label}",) not in [node.attributes for node in self.stack]:
                self.referred.add(label)
            verbatim(tag, rest)
            self.text("\0note")
        elif "footnote-backref" in classes:
            verbatim("a", rest)
            if self.run:
                self.run[-1] = (self.run[-1][0], self.run[-1][1].rstrip("\xa0"))
        else:
            return False
        return True

    def open(self, tag: str, attributes: dict[str, str | None], classes: list[str]) -> None:
        """Open an element that holds others."""
        self.flush()
        if tag in _CLOSED_BY:
            for depth in range(len(self.stack) - 1, 0, -1):
                if self.stack[depth].tag in _CLOSED_BY[tag] or self.stack[depth].tag == "table":
                    break
                if self.stack[depth].tag == tag:
                    self.close_to(depth)
                    break
        if "admonition" in classes:
            kind = next((name for name in classes if name != "admonition"), "")
            self.stack.append(_Node("alert", tag, (kind,)))
        elif "admonition-title" in classes:
            self.stack.append(_Node("drop", tag))
        else:
            self.stack.append(_Node("cell" if tag in ("td", "th") else tag, tag, _kept(tag, attributes)))

    def close(self, tag: str) -> None:
        """Close an element, and those left open in it."""
        if tag in _MARKS:
            self.unmark(tag)
        elif tag in _BLOCKS:
            self.flush()
            for depth in range(len(self.stack) - 1, 0, -1):
                if self.stack[depth].tag == tag:
                    self.close_to(depth)
                    break
            if len(self.stack) == 1 and self.counts:
                # A mark that nothing closes goes on from block to block, on either side no further than this.
                self.marks.clear()
                self.counts.clear()
                self.face = ()

    def mark(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Open an inline element."""
        if tag == "a":
            self.unmark("a")
        mark = _mark(tag, attributes)
        self.marks[tag].append(mark)
        self.counts[mark] += 1
        if self.counts[mark] == 1:
            self.face = tuple(sorted(self.counts))

    def unmark(self, tag: str) -> None:
        """Close an inline element."""
        if not self.marks[tag]:
            return
        mark = self.marks[tag].pop()
        self.counts[mark] -= 1
        if not self.counts[mark]:
            del self.counts[mark]
            self.face = tuple(sorted(self.counts))

    def close_to(self, depth: int) -> None:
        """Close all elements from the stack's `depth` on; the text before is a paragraph already."""
        while len(self.stack) > depth:
            node = self.stack.pop()
            if node.name == "notes":
                items = [item for child in node.children if child[0] == "ol" for item in child[2:]]
                self.notes += [
                    ("footnote", *item[2:])
                    for item in items
                    if not item[1] or str(item[1][0]).removeprefix("fn:") in self.referred
                ]
            elif not node.name:
                self.stack[-1].children += node.children
            elif node.name != "drop" and len(self.stack) > _DEEPEST:
                self.stack[-1].children += [(node.name, node.attributes), *node.children]
            elif node.name != "drop":
                self.stack[-1].children.append(_closed(node, github=self.github))

    def void(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Take an element that holds nothing."""
        if tag == "hr":
            self.flush()
            if self.stack[-1].name != "notes":
                self.stack[-1].children.append(("hr",))
        elif tag == "br":
            self.text("\0br")
        elif tag == "img":
            self.text(f"\0img {_url(attributes.get('src'))} {attributes.get('alt') or ''}\0")
        elif attributes.get("type") == "checkbox":
            self.text("\0[x] " if "checked" in attributes else "\0[ ] ")

    def math(self, formula: str, *, block: bool) -> None:
        """Take a formula, without its delimiters."""
        formula = html.unescape(formula).strip().removeprefix(r"\[" if block else r"\(")
        formula = formula.removesuffix(r"\]" if block else r"\)")
        formula = SPACE.sub(" ", formula).strip()
        if block:
            self.flush()
            self.stack[-1].children.append(("math", formula))
        else:
            self.text(f"\0math {formula}\0")

    def flush(self) -> None:
        """End the paragraph that is being read."""
        run = self.run
        if not run:
            return
        self.run = []
        # A break at the edge of a paragraph is nothing but room.
        start, end = 0, len(run)
        while start < end and run[start][1].strip(" \t\n\r") in ("", "\0br"):
            start += 1
        while start < end and run[end - 1][1].strip(" \t\n\r") in ("", "\0br"):
            end -= 1
        if start < end:
            inline = joined(run[start:end])
            if inline:
                self.stack[-1].children.append(("p", *inline))


def _closed(node: _Node, *, github: bool) -> Unit:
    """Return a closed element; GitHub makes boxes of `[ ]` before an item's text."""
    children = node.children
    first = children[0] if children else ()
    if first[:1] == ("p",) and len(first) > 2 and first[1] == ():
        text = str(first[2])
        task = (_WRITTEN_TASK if github else _TASK).match(text) if node.name == "li" else None
        if task:
            text = text[task.end() :].lstrip()
            inline = (*(((), text) if text else ()), *first[3:])
            return ("li", ("task", task[1] in "xX"), ("p", *inline), *children[1:])
    return (node.name, node.attributes, *children)


def _kept(tag: str, attributes: dict[str, str | None]) -> tuple[object, ...]:
    """Return what is compared of an element's attributes."""
    if tag == "ol":
        return (attributes.get("start") or "1",)
    if tag == "li" and (attributes.get("id") or "").startswith("fn:"):
        return (attributes["id"],)
    if tag in ("td", "th"):
        style = re.search(r"text-align:\s*(\w+)", attributes.get("style") or "")
        return (style[1] if style else attributes.get("align") or "",)
    return ()


def _mark(tag: str, attributes: dict[str, str | None]) -> str:
    if tag == "a":
        return f"a {_url(attributes.get('href'))} {' '.join((attributes.get('title') or '').split())}"
    return _MARKS[tag]


def _url(url: str | None) -> str:
    return unquote(url or "").strip()
