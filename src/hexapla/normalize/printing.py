"""Printing: a block written again from its tokens, in the indentation that Python-Markdown reads."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from hexapla.model.directives import directives_of, kept_info
from hexapla.normalize.github.parser import language
from hexapla.normalize.markup import LITERAL, Line, open_to_markdown

Spell = Callable[[Token, str], str]
"""From an inline token and the kind of its block to the text to write."""

_COMMON = re.compile(
    r" {0,3}\[[^\[\]\\\n]+\]:[ \t]*<?[^\s<>]+>?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*"
)
_COLUMNS = 4
"""In which the site reads what is in an item."""
_MARKED = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.M)
_UNDERLINE = re.compile(r"\n[ \t]*(=+|-+)[ \t]*(?=\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A block token with the blocks in it."""

    token: Token
    children: tuple["Node", ...]


def printed(tokens: Sequence[Token], spell: Spell, *, anew: bool) -> list[Line]:
    """Print block tokens, with `spell` for what is inline.

    `anew` makes fences of indented code, and lets every tag hold blocks, also those that the site reads as text.
    """
    return _blocks(tree([_anew(token) for token in tokens] if anew else tokens), spell)


def _anew(token: Token) -> Token:
    return token.copy(meta={"blocks": True}) if token.type == "html_block" else _fenced(token)


def _fenced(token: Token) -> Token:
    return token.copy(type="fence", markup="```") if token.type == "code_block" else token


def tree(tokens: Sequence[Token]) -> tuple[Node, ...]:
    """Nest a flat sequence of block tokens."""
    return tuple(_nodes(iter(tokens)))


def _nodes(tokens: Iterator[Token]) -> Iterator[Node]:
    for token in tokens:
        if token.nesting == -1:
            return
        yield Node(token=token, children=tuple(_nodes(tokens)) if token.nesting == 1 else ())


def _blocks(nodes: Sequence[Node], spell: Spell) -> list[Line]:
    """Print blocks one below the other, a blank line between, and a comment where two would merge."""
    lines: list[Line] = []
    before = None
    for node in nodes:
        block = _block(node, spell)
        if lines and block:
            at = block[0][1]
            lines.append(("", at))
            if before is not None and _merge(before, node):
                lines += [("<!-- -->", at), ("", at)]
        lines += block
        before = node if block else before
    return lines


def _merge(before: Node, after: Node) -> bool:
    """Whether Python-Markdown would make one of two neighbours, or take the second into the first."""
    lists = ("bullet_list_open", "ordered_list_open")
    first, second = before.token.type, after.token.type
    if first in lists:
        return second in lists or second == "code_block"
    return first == second and first in ("blockquote_open", "code_block")


def _block(node: Node, spell: Spell) -> list[Line]:
    """Print one block."""
    token = node.token
    start = token.map[0] if token.map else 0
    kind = token.type
    if kind in ("paragraph_open", "heading_open"):
        return _text(node, spell, start)
    if kind == "fence":
        return _fence(token, start)
    if kind == "own_open":
        return [(line, start + i) for i, line in enumerate(_lines(token.content))]
    if kind == "code_block" and _MARKED.search(token.content):
        return _fence(_fenced(token), start - 1)
    if kind == "code_block":
        return [(f"    {line}" if line else "", start + i) for i, line in enumerate(_lines(token.content))]
    if kind in ("bullet_list_open", "ordered_list_open"):
        return _list(node, spell)
    if kind == "blockquote_open":
        return _quote(node, spell, start)
    if kind == "alert_open":
        return admonition(token.info, _blocks(node.children, spell), start)
    if kind == "table_open":
        return _table(node, spell)
    if kind == "math_block":
        formula = token.content.strip("\n").rstrip()
        # In an item the site makes a heading of it. After TeX's comments the line has to stay.
        formula = formula if "%" in formula else _UNDERLINE.sub(r" \1", formula)
        inner = [(line, start + 1 + i) for i, line in enumerate(_lines(formula))]
        return [("$$", start), *inner, ("$$", start + 1 + len(inner))]
    if kind == "html_block":
        # The site takes blanks after a tag for indented code, and in front of it for the inside of an item above.
        html = open_to_markdown(token.content.lstrip(" "), blocks="blocks" in token.meta).lstrip(" \n")
        return [(line.rstrip(), start + i) for i, line in enumerate(_lines(html))]
    return [("---", start)] if kind == "hr" else []


def _text(node: Node, spell: Spell, start: int) -> list[Line]:
    """Print a paragraph or a heading."""
    token, kind = node.children[0].token, node.token.type
    text = spell(token, kind)
    if kind == "heading_open":
        text = f"{'#' * int(node.token.tag[1])} {text}".replace("\n", " ").rstrip()
    return [(line, start + i) for i, line in enumerate(text.split("\n"))]


def _fence(token: Token, start: int) -> list[Line]:
    """Print a fence that nothing in its code can close, with an info string that superfences reads."""
    longest = max((len(run) for run in re.findall(f"{token.markup[0]}+", token.content)), default=0)
    mark = token.markup[0] * max(len(token.markup), longest + 1 if longest >= 3 else 3)
    code = [(line, start + 1 + i) for i, line in enumerate(_lines(token.content) if token.content else [])]
    return [(f"{mark}{info(token.info)}", start), *code, (mark, start + 1 + len(code))]


def info(text: str) -> str:
    """Reduce an info string to what superfences reads; what hexapla knows is kept."""
    directives = directives_of(text)
    if not text.strip() or re.fullmatch(r"[\w+#.-]+", text.strip()):
        return text.strip()
    return kept_info(text) if directives.language else language(text)


def _list(node: Node, spell: Spell) -> list[Line]:
    """Print a list, each item's body four columns in."""
    ordered = node.token.type == "ordered_list_open"
    number = int(node.token.attrs.get("start", 1)) if ordered else 0
    lines: list[Line] = []
    after_parted = False
    for index, item in enumerate(node.children):
        mark = f"{number + index}. " if ordered else "- "
        # What is shown as it is written stands in the same columns on GitHub and on the site.
        mark = mark.ljust(_COLUMNS) if any(map(_is_literal, item.children)) else mark
        at = item.token.map[0] if item.token.map else 0
        loose = _is_loose(item)
        # Columns in an item are counted otherwise on GitHub: its code is written between fences.
        body = _blocks(
            [Node(token=_fenced(child.token), children=child.children) for child in item.children], spell
        )
        if body and not _begins_item(item.children[0].token):
            body = [("<!-- -->", at), ("", at), *body]
        if not loose:
            body = [line for i, line in enumerate(body) if line[0] or not _opens_list(body, i)]
        first = body[0][0] if body else "<!-- -->"
        parted = len(body) > 1 and any(not text for text, _ in body)
        if lines and (loose or parted or after_parted):
            lines.append(("", at))
        after_parted = parted
        lines.append((f"{mark}{first}" if first else mark.rstrip(), at))
        # The site reads four columns, GitHub those of the mark.
        indent = " " * max(_COLUMNS, len(mark))
        lines += [(f"{indent}{text}" if text else "", line) for text, line in body[1:]]
    return lines


def _is_literal(child: Node) -> bool:
    """Whether a block is lines of HTML in which blanks are shown."""
    return child.token.type == "html_block" and LITERAL.search(child.token.content) is not None


def _begins_item(first: Token) -> bool:
    """Whether the site reads a block right after an item's mark."""
    return first.type in ("paragraph_open", "heading_open") or first.content.startswith("<!--")


def is_narrow(tokens: Sequence[Token], lines: Sequence[str]) -> bool:
    """Whether a list holds a Python fence that stands in other columns than the site reads.

    Or whether indented code or HTML holds the mark of a fence, which looks like one to all that reads the page; or
    whether a tab in a fence stands in part for the indentation of its mark.
    """
    if any(
        token.type == "fence"
        and token.map
        and _is_tabbed(lines[slice(*token.map)], is_nested=token.level > 0)
        for token in tokens
    ):
        return True
    if any(token.type in ("code_block", "html_block") and _MARKED.search(token.content) for token in tokens):
        return True
    if tokens[0].type not in ("bullet_list_open", "ordered_list_open"):
        return False
    columns: list[int] = []
    for token in tokens:
        if token.type == "list_item_open":
            # The site reads four columns, or those of the mark.
            columns.append(max(_COLUMNS, len(f"{token.info}{token.markup} ")))
        elif token.type == "list_item_close":
            columns.pop()
        elif token.type == "fence" and token.map and directives_of(token.info).is_python:
            line = lines[token.map[0]]
            if len(line) - len(line.lstrip(" ")) != sum(columns):
                return True
    return False


def _is_tabbed(fence: Sequence[str], *, is_nested: bool) -> bool:
    """Whether a tab in an indented fence may stand for its indentation; in an item, where it reaches into that."""
    columns = len(fence[0]) - len(fence[0].lstrip(" "))
    return columns > 0 and any("\t" in (line[:columns] if is_nested else line) for line in fence)


def _is_loose(item: Node) -> bool:
    return any(child.token.type == "paragraph_open" and not child.token.hidden for child in item.children)


def _opens_list(body: Sequence[Line], index: int) -> bool:
    """Whether the line after a blank one starts a list, which needs no blank line in a tight item."""
    after = body[index + 1][0] if index + 1 < len(body) else ""
    before = body[index - 1][0] if index else ""
    only_text = all(
        text and not text.startswith(("<!--", "```", "~~~", "|", "#", ">", "$$")) for text, _ in body[:index]
    )
    return only_text and not before.startswith(" ") and re.match(r"(?:[-*+]|\d+\.) ", after) is not None


def _quote(node: Node, spell: Spell, start: int) -> list[Line]:
    """Print a quote."""
    lines = _blocks(node.children, spell) or [("", start)]
    return [(f"> {text}".rstrip() if not text.strip() else f"> {text}", at) for text, at in lines]


def admonition(kind: str, body: Sequence[Line], start: int) -> list[Line]:
    """Print an alert around its printed body; without one it would be text to GitHub."""
    body = body if any(text.strip() for text, _ in body) else [("<!-- -->", start)]
    return [(f"!!! {kind}", start), *((f"    {text}" if text else "", at) for text, at in body)]


def footnote(label: str, body: Sequence[Line], start: int) -> list[Line]:
    """Print a footnote around its printed body."""
    first, *rest = body or [("", start)]
    return [
        (f"[^{label}]: {first[0]}", first[1]),
        *((f"    {text}" if text else "", at) for text, at in rest),
    ]


def _table(node: Node, spell: Spell) -> list[Line]:
    """Print a table."""
    rows = [row for part in node.children for row in part.children]
    lines: list[Line] = []
    for index, row in enumerate(rows):
        at = row.token.map[0] if row.token.map else (node.token.map or [0])[0] + index + (index > 0)
        cells = [spell(cell.children[0].token, "cell").replace("\n", " ") for cell in row.children]
        lines.append((f"| {' | '.join(cells)} |", at))
        if index == 0:
            lines.append((f"| {' | '.join(_rule(cell.token) for cell in row.children)} |", at + 1))
    return lines


def _rule(cell: Token) -> str:
    style = str(cell.attrGet("style") or "")
    left, right = "left" in style or "center" in style, "right" in style or "center" in style
    return f"{':' if left else '-'}-{':' if right else '-'}"


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")


def is_common(definition: str) -> bool:
    """Whether both read it: it is on one line, and its label has neither brackets nor a backslash."""
    return _COMMON.fullmatch(definition) is not None


def simplified(label: str, address: str, title: str) -> str:
    """Write a definition so that both read it; empty where that can't be, and links have to say their address."""
    definition = f"[{label}]: <{address}>" + (f' "{" ".join(title.split())}"' if title else "")
    return definition if is_common(definition) else ""
