"""Headings of a body, and the repairs that concern them."""

import functools
import html
import re
from dataclasses import dataclass

from hexapla.markdown import Edit, blocks
from hexapla.normalize.reference import inline_html, read
from hexapla.normalize.repair import Draft, Repair

_ATX = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>[^\n]*?))??(?:[ \t]+#+)?[ \t]*$", re.M)
_SETEXT = re.compile(r"(?:\A|(?<=\n\n))(?P<text>[^\s#>|*+`~<!-][^\n]*)\n(?P<marks>=+|-+)[ \t]*$", re.M)
_UNDERLINE = re.compile(r"\n(?:=+|-+)[ \t]*$", re.M)
_CODE = re.compile(r"(`+).*?\1")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the top level."""

    level: int
    text: str
    start: int
    end: int
    """Where its last line ends, without the newline."""

    def at(self, level: int) -> Edit:
        """Return the edit that gives the heading another level."""
        return Edit(start=self.start, end=self.end, text=f"{'#' * min(level, 6)} {self.text}".rstrip())


@functools.lru_cache(maxsize=8)
def headings(text: str) -> tuple[Heading, ...]:
    """Return the headings of a Markdown text that are not in code, in order."""
    hidden = [(block.start, block.end) for block in blocks(text)]
    found: list[Heading] = []
    lines = (text.rfind("\n", 0, match.start()) + 1 for match in _UNDERLINE.finditer(text))
    underlined = (match for start in lines if (match := _SETEXT.match(text, start)))
    for match in (*_ATX.finditer(text), *underlined):
        if not any(start <= match.start() < end for start, end in hidden):
            marks = match["marks"]
            level = len(marks) if marks[0] == "#" else 1 if marks[0] == "=" else 2
            found.append(Heading(level=level, text=match["text"] or "", start=match.start(), end=match.end()))
    return tuple(sorted(found, key=lambda heading: heading.start))


def plain(markdown: str) -> str:
    """Return a heading's text without its marks: what a browser's tab can show."""
    if not re.search(r"[\\`*_~<\[&$!]", markdown):
        return markdown.strip()
    tokens = read(f"# {markdown}").chunks
    inline = tokens[0].tokens[1].children if tokens and len(tokens[0].tokens) > 1 else None
    text = _TAG.sub("", inline_html(inline or []))
    return html.unescape(text).strip() or markdown.strip()


def emphasis(draft: Draft) -> Repair:
    """Take out the `**` that no other closes in a heading."""
    edits = []
    for heading in headings(draft.text):
        bare = _CODE.sub(lambda match: "\0" * len(match[0]), heading.text)
        marks = [match.start() for match in re.finditer(r"(?<![\\*])\*\*(?!\*)", bare)]
        if len(marks) % 2:
            odd = marks[-1]
            text = (heading.text[:odd] + heading.text[odd + 2 :]).strip()
            edits.append(Edit(start=heading.start, end=heading.end, text=f"{'#' * heading.level} {text}"))
    return Repair.of(edits, "The heading has a `**` that nothing closes: it is taken out.")


def empty(draft: Draft) -> Repair:
    """Take out headings without a text, and the last heading where nothing is under it."""
    found = headings(draft.text)
    edits = [_without(draft.text, heading) for heading in found if not heading.text.strip()]
    kept = [heading for heading in found if heading.text.strip()]
    while len(kept) > 1 and not draft.text[kept[-1].end :].replace("#", "").strip(" \t\n-*_"):
        edits.append(_without(draft.text, kept.pop()))
        break
    return Repair.of(edits, "The heading has nothing in it or under it: it is taken out.")


def title(draft: Draft) -> Repair:
    """Make the heading that repeats the title the page's only H1."""
    found = headings(draft.text)
    first = found[0] if found and not draft.text[: found[0].start].strip() else None
    named = str(draft.front_matter.get("title") or "")
    is_title = first is not None and (not named or _same(first.text, named))
    edits: list[Edit] = []
    rest = found
    if first is not None and is_title:
        rest = found[1:]
        if first.level > 1:
            edits.append(first.at(1))
    tops = [heading for heading in rest if heading.level == 1]
    if tops and (is_title or len(tops) > 1 or tops[0] is not first):
        edits += [heading.at(heading.level + 1) for heading in rest if heading.level < 6]
    return Repair.of(edits, "A page has one H1, its title: the heading's level is changed.", once=True)


def levels(draft: Draft) -> Repair:
    """Close the gaps where a heading is more than one level below the one over it."""
    stack = [(1, 1)]
    edits = []
    for heading in headings(draft.text):
        if heading.level == 1:
            stack = [(1, 1)]
            continue
        while len(stack) > 1 and stack[-1][0] >= heading.level:
            stack.pop()
        level = stack[-1][1] + 1
        stack.append((heading.level, level))
        if level != heading.level:
            edits.append(heading.at(level))
    return Repair.of(edits, "The heading skips a level: it is moved up.", once=True)


def _without(text: str, heading: Heading) -> Edit:
    """Return the edit that takes a heading out, with the blank lines below it."""
    end = heading.end
    while end < len(text) and text[end] == "\n":
        end += 1
    start = heading.start
    if end == len(text):
        start = len(text[:start].rstrip("\n")) + bool(text[:start].strip("\n"))
    return Edit(start=start, end=end, text="")


def _same(first: str, second: str) -> bool:
    return _letters(plain(first)) == _letters(plain(second)) != ""


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if not character.isspace()).rstrip(
        ".!?:。！？："
    )
