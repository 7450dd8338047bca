"""Headings of a body, and the repairs that concern them."""

import html
import re
from dataclasses import replace

from hexapla.model.block import Edit
from hexapla.normalize.github.outline import Heading, code_spans, outline
from hexapla.normalize.github.parser import inline_html, read_as_github
from hexapla.normalize.rules.rule import Draft, Remark, Repair

_RAW_TITLE = re.compile(r"<h1\b[^<>]*>", re.I)
_RAW_TITLE_END = re.compile(r"</h1>", re.I)
_UNTITLED = Remark(
    offset=0,
    message="The post has no title: its page is named after its file.",
    hint="Write `title:` in the front matter, or begin the post with `# ` and its title.",
)
_KEYWORDS = re.compile(r"(?<!\w)\w*(?:args|kwds|opts|options|params|props)\b", re.I)
"""What `**` unpacks, or what is called so after it."""
_FAREWELL = re.compile("[!！…\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\\W*$")
"""The end of what is said, not of a section's name: an exclamation mark or an emoji."""
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]+>", re.S)


def text_of(markdown: str) -> str:
    """Return a heading's text without its marks: what a browser's tab can show."""
    if not re.search(r"[\\`*_~<\[&$!]", markdown):
        return markdown.strip()
    tokens = read_as_github(f"# {markdown}").chunks
    inline = tokens[0].tokens[1].children if tokens and len(tokens[0].tokens) > 1 else None
    text = _TAG.sub("", inline_html(inline or []))
    return html.unescape(text).strip() or markdown.strip()


def _sections(text: str) -> tuple[Heading, ...]:
    """Return the headings that are not inside a list, a quote or an admonition."""
    return tuple(heading for heading in outline(text).headings if not heading.is_nested)


def emphasis(draft: Draft) -> Repair:
    """Take out the `**` that no other closes in a heading."""
    edits = []
    for heading in outline(draft.text).headings:
        bare = heading.text
        for start, end in code_spans(bare):
            bare = bare[:start] + "\0" * (end - start) + bare[end:]
        marks = [match.start() for match in re.finditer(r"(?<![\\*])\*\*(?!\*)", bare)]
        if len(marks) % 2 and _is_stray(bare, marks[-1]):
            odd = marks[-1]
            edits.append(heading.saying((heading.text[:odd] + heading.text[odd + 2 :]).strip()))
    return Repair.of(edits, "The heading has a `**` that nothing closes: it is taken out.")


def _is_stray(text: str, at: int) -> bool:
    """Whether a `**` was to be emphasis: at either edge of the text, and neither Python's nor an operator."""
    before, after = text[:at], text[at + 2 :]
    opens = not any(map(str.isalpha, before)) and after[:1].strip() != "" and not _KEYWORDS.match(after)
    closes = not after.strip() and before[-1:].strip() not in ("", "/")
    return opens or closes


def empty(draft: Draft) -> Repair:
    """Take out headings without a text, and the last one where nothing is under it.

    A farewell stays, one that has a footnote, and one of several without a text below: they are an outline.
    """
    in_order = _sections(draft.text)
    edits = [_without(draft.text, heading) for heading in in_order if not heading.text.strip()]
    titled = [heading for heading in in_order if heading.text.strip()]
    bare = (
        len(titled) > 1
        and _is_bare(draft.text[titled[-1].end :])
        and not _is_bare(draft.text[titled[-2].end : titled[-1].start])
    )
    if bare and "[^" not in titled[-1].text and not _FAREWELL.search(titled[-1].text):
        edits.append(_without(draft.text, titled[-1]))
    return Repair.of(_one_after_another(edits), "The heading has nothing in it or under it: it is taken out.")


def _one_after_another(edits: list[Edit]) -> list[Edit]:
    """Return edits in order, each from the end of the one before on: two take out the blank lines between them."""
    ordered: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        start = max(edit.start, ordered[-1].end) if ordered else edit.start
        ordered.append(replace(edit, start=start))
    return ordered


def _is_bare(section: str) -> bool:
    """Whether what is under a heading is nothing but rules and marks."""
    return not section.replace("#", "").strip(" \t\n-*_")


def naming(text: str) -> Heading | None:
    """Return the heading that is the title of a post whose front matter has none; None where no heading is.

    It is the H1. A heading of another level is only where it stands at the start and over all others: the
    first of several equal ones names a section.
    """
    in_order = _sections(text)
    if not in_order or _raw_title(text[: in_order[0].start]) is not None:
        return None
    first, others = in_order[0], in_order[1:]
    tops = [heading for heading in in_order if heading.level == 1]
    if first.level == 1 or len(tops) == 1:
        return tops[0]
    stands_over = not tops and all(heading.level > first.level for heading in others)
    return first if stands_over and not text[: first.start].strip() else None


def raw_title(text: str) -> str:
    """Return the text of an H1 in raw HTML before the first heading; empty where there is none."""
    in_order = _sections(text)
    markup = _raw_title(text[: in_order[0].start] if in_order else text) or ""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _raw_title(text: str) -> str | None:
    """Return what the first `<h1>` holds; None where there is none, or nothing closes it."""
    opening = _RAW_TITLE.search(text)
    closing = _RAW_TITLE_END.search(text, opening.end()) if opening else None
    return text[opening.end() : closing.start()] if opening and closing else None


def title(draft: Draft) -> Repair:
    """Make the heading that is or repeats the title the page's only H1; say where there is no title."""
    in_order = _sections(draft.text)
    first = in_order[0] if in_order and not draft.text[: in_order[0].start].strip() else None
    named = str(draft.front_matter.get("title") or "")
    top = naming(draft.text) if not named else first if first and _same(first.text, named) else None
    edits = [top.at(1)] if top is not None and top.level > 1 else []
    rest = [heading for heading in outline(draft.text).headings if heading is not top]
    tops = [heading for heading in rest if heading.level == 1]
    if tops and (top is not None or len(tops) > 1 or tops[0] is not first):
        edits += [heading.at(heading.level + 1) for heading in rest if heading.level < 6]
    repair = Repair.of(edits, "A page has one H1, its title: the heading's level is changed.", once=True)
    if named or top is not None or raw_title(draft.text):
        return repair
    return replace(repair, remarks=(*repair.remarks, _UNTITLED))


def levels(draft: Draft) -> Repair:
    """Close the gaps where a heading is more than one level below the one over it."""
    stack = [(1, 1)]
    edits = []
    for heading in outline(draft.text).headings:
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
    return _letters(text_of(first)) == _letters(text_of(second)) != ""


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if not character.isspace()).rstrip(
        ".!?:。！？："
    )
