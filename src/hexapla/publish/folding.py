"""Folding: blocks marked `.hide-input` on a page, folded without JavaScript wherever they stand.

Done to the page's tree and not to its Markdown: in lists and quotes Markdown cannot fold what must stay a fence for
the tools that test pages.
"""

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FOLD = "hexapla-fold code-fold"


def fold(tree: LexborHTMLParser, content: LexborNode, summary: str) -> None:
    """Put each hidden block of `content`, a part of `tree`, into a `<details>` that is called `summary`."""
    for block in content.css("div.hide-input"):
        details, heading = tree.create_node("details"), tree.create_node("summary")
        details.attrs["class"] = _FOLD
        heading.insert_child(summary)
        details.insert_child(heading, move=True)
        block.insert_before(details, move=True)
        details.insert_child(block, move=True)
