"""Searched text: what of a built page Pagefind is given, each part with its weight and each word apart."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.publish.reading_time import UNSPACED

_NOT_SAID = "[data-search-exclude], .headerlink, .md-content__button, .md-source-file, script, style"
"""What stands on a page besides its text."""
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_WEIGHTS = {name: 8 - level for level, name in enumerate(_HEADINGS, 1)} | {
    "div.highlight": 0.5,
    ".output": 0.2,
}
"""How much is said by what is no prose, which has 1."""
_WEIGHT = "data-pagefind-weight"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
"""Accents, and the vowels of Hebrew and Arabic, which are no letters and end no word."""
_WORD = re.compile(rf"[^\W\d][\w{_MARKS}\u0900-\u0dff\u200c\u200d]+")
_ELIDING = frozenset("ca co fr fur it lmo oc pms sc scn vec wa".split())
"""Languages that join a word to the next by an apostrophe (*l’inertie*), where both are words for a reader."""
_ELIDED = re.compile(r"(?<=\w)(['’])(?=\w)")
_LETTER = "[\u0621-\u064a][\u064b-\u065f]*"
_ARTICLE = re.compile(
    rf"(?<![\u0621-\u065f])([وف]?(?:[بك]?ال|لل))(?=(?:{_LETTER}){{2,3}}(?![\u0621-\u065f]))"
)
"""The Arabic article, and what is joined to it, before a word so short that its stemmer takes it for a part of it."""
_PARTED = "\\1\u200a"
"""With a blank behind the apostrophe or article that `search.js` takes away again."""
_JOINTS = dict.fromkeys(_ELIDING, _ELIDED) | {"ar": _ARTICLE}
_AGAIN = "\ua78f"
"""A letter that nobody types: it stands before a word that a section has said before, and `search.js` takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedText:
    """What a page says."""

    html: str
    words: frozenset[str]


def searched_text(
    page: str, language: str, *, about: str = "", weight: float = 1, borrowers: Sequence[str] = ()
) -> SearchedText:
    """Return what Pagefind is given of a built page.

    `about` is found besides, `weight` is the page's own, and readers of the `borrowers`' languages are shown it, too.
    """
    said = article(page, weight)
    if joint := _JOINTS.get(language.split("-")[0]):
        _part_joined(said, joint)
        about = joint.sub(_PARTED, about)
    marks = [f'<meta data-pagefind-filter="for[content]" content="{escape(code)}">' for code in borrowers]
    # Found, and no part of the text.
    marks += [f'<meta data-pagefind-meta="about[content]" content="{escape(about)}">'] if about else []
    body = f"<body data-pagefind-body>{''.join(marks)}{said.html}</body>"
    words = frozenset(words_of(f"{said.text(separator=' ')} {about}"))
    return SearchedText(html=f'<!doctype html><html lang="{escape(language)}">{body}</html>', words=words)


def article(html: str, weight: float = 1) -> LexborNode:
    """Return what a built page says itself, without what the theme and we add to it; `weight` is the page's own."""
    tree = LexborHTMLParser(html)
    said = tree.css_first("article.md-content__inner") or tree.body
    assert said is not None
    for heading in said.css(",".join(f"{name}[data-search-exclude]" for name in _HEADINGS)):
        _leave_out_section(heading)
    for node in said.css(_NOT_SAID):
        node.decompose()
    # What a reader finds in the title is on the page as a whole; a picture's address says nothing.
    for selector, name in (("h1[id]", "id"), ("img[src]", "src")):
        for node in said.css(selector):
            del node.attrs[name]
    said.attrs[_WEIGHT] = str(weight)
    for selector, share in _WEIGHTS.items():
        for node in said.css(selector):
            node.attrs[_WEIGHT] = str(share * weight)
    return said


def _part_joined(said: LexborNode, joint: re.Pattern[str]) -> None:
    """Have words that are joined by `joint` stand each for itself, in prose."""
    code = {node.mem_id for block in said.css("code") for node in block.traverse(include_text=True)}
    for node in list(said.traverse(include_text=True)):
        if node.tag == "-text" and node.mem_id not in code:
            text = node.text(deep=False)
            if (parted := joint.sub(_PARTED, text)) != text:
                node.replace_with(parted)


def _leave_out_section(heading: LexborNode) -> None:
    """Leave out what follows a heading, up to the next that is no lower; the heading itself goes by its mark."""
    higher = _HEADINGS[: _HEADINGS.index(heading.tag or "") + 1]
    while (node := heading.next) is not None and node.tag not in higher:
        node.decompose()


def once_a_section(html: str, common: Set[str]) -> str:
    """Return what Pagefind is given of a page, with common words found once in each section that says them."""
    tree = LexborHTMLParser(html)
    said: set[str] = set()

    def marked(match: re.Match[str]) -> str:
        word = match[0].lower()
        again = _AGAIN if word in said else ""
        said.update(common & {word})
        return f"{again}{match[0]}"

    for node in list(tree.root.traverse(include_text=True)) if tree.root else []:
        if node.tag in _HEADINGS:
            said.clear()
        elif node.tag == "-text" and node.parent is not None and node.parent.tag not in _HEADINGS:
            text = node.text(deep=False)
            if (fewer := _WORD.sub(marked, text)) != text:
                node.replace_with(fewer)
    return tree.html or ""


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, of scripts that part them."""
    return (word.lower() for word in _WORD.findall(text) if not UNSPACED.search(word))
