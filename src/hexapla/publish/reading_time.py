"""Reading time: how long an article takes, said beside its date."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.render import locale
from hexapla.render.page import QUIET

WORDS, SIGNS, LINES = 220, 420, 25
"""What is read in a minute: words, signs of scripts without blanks between words, and lines of code.

For words and signs: Brysbaert (2019), "How many words do we read per minute?", rounded down, since these are lessons.
"""
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"
)
"""A sign of the scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han."""


def tell_time(tree: LexborHTMLParser, content: LexborNode, language: str) -> None:
    """Write into an article's content how many minutes it takes, in the reader's `language`."""
    # Most titles are the front matter's, and the theme's to write.
    heading, first_block = content.css_first("h1"), next(content.iter(), None)
    mark = tree.create_node("span")
    mark.attrs["class"] = "hexapla-time"
    mark.insert_child(locale.duration(minutes(content), language))
    facts = content.css_first("h1 + .hexapla-facts, body > .hexapla-facts:first-child")
    if facts is None:
        facts = tree.create_node("p")
        facts.attrs["class"], facts.attrs[QUIET] = "hexapla-facts", ""
        facts.insert_child(mark, move=True)
        if heading is not None:
            heading.insert_after(facts, move=True)
        elif first_block is not None:
            first_block.insert_before(facts, move=True)
    elif (day := facts.css_first("time")) is not None:
        day.insert_after(mark, move=True)
    elif (first := facts.first_child) is not None:
        first.insert_before(mark, move=True)


def minutes(content: LexborNode) -> int:
    """Return how long a content takes to read: its words, and its code, but for outputs, which are glanced at."""
    blocks = content.css("pre")
    code = [block.text() for block in blocks if not _is_output(block)]
    lines = sum(text.rstrip("\n").count("\n") + 1 for text in code)
    words, signs = _counted(content.text(separator=" "))
    for block in blocks:
        words_of_block, signs_of_block = _counted(block.text())
        words, signs = words - words_of_block, signs - signs_of_block
    return max(1, round(words / WORDS + signs / SIGNS + lines / LINES))


def _counted(text: str) -> tuple[int, int]:
    """Return how many words with blanks between them a text has, and how many signs of those without."""
    # A word that holds such signs is counted by them.
    return sum(not UNSPACED.search(word) for word in text.split()), len(UNSPACED.findall(text))


def _is_output(block: LexborNode) -> bool:
    parent = block.parent
    return parent is not None and "output" in (parent.attributes.get("class") or "").split()
