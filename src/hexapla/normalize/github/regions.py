"""Regions: the blocks that tags of raw HTML enclose, such as what is inside `<details>`."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

_ENCLOSING = re.compile(
    r"<!--(?:>|->|.*?-->|(?P<unclosed>.*))"
    r"|<(?P<end>/?)(?P<name>details|div|table|tbody|thead|tr|td|th|ul|ol|dl|section|article|blockquote|center|figure"
    r"""|script|style|svg)(?=[\s>/])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""",
    re.IGNORECASE | re.DOTALL,
)
_PATIENCE = 50
"""For so many tags that nothing closes the rest of the text is looked through."""
_ENDS = {
    "!": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
}
"""By what is open, a comment first: what ends that in which there are no tags."""


def regions(groups: list[list[Token]]) -> list[list[Token]]:
    """Join the blocks that tags of raw HTML enclose, such as what is inside `<details>`."""
    joined: list[list[Token]] = []
    at = given_up = 0
    while at < len(groups):
        end, unclosed = at + 1, 0
        if groups[at][0].type == "html_block" and given_up < _PATIENCE:
            end, unclosed = _region_end(groups, at)
            given_up += end == at + 1 and leaves_open(groups[at])
        closing = [Token("html_block", "", 0, content="</details>\n") for _ in range(unclosed)]
        joined.append([token for group in groups[at:end] for token in group] + closing)
        at = end
    return joined


def _region_end(groups: list[list[Token]], at: int) -> tuple[int, int]:
    """Return where the region ends that the HTML block at `at` opens, and how many `<details>` it leaves open.

    Where nothing closes its tags it is that block alone, but a `<details>` hides the rest of the page.
    """
    tags: list[str] = []
    end = len(groups)
    for index in range(at, len(groups)):
        if groups[index][0].type == "footnote_open":
            end = index
            break
        for token in groups[index]:
            for each in (token, *(token.children or ())):
                if each.type in ("html_block", "html_inline"):
                    _follow(tags, each.content)
        if not tags:
            return index + 1, 0
    return (end, len(tags)) if set(tags) == {"details"} else (at + 1, 0)


def leaves_open(tokens: Sequence[Token]) -> bool:
    """Whether a block is raw HTML that opens an enclosing tag which nothing closes."""
    tags: list[str] = []
    if len(tokens) == 1 and tokens[0].type == "html_block":
        _follow(tags, tokens[0].content)
    return bool(tags)


def _follow(tags: list[str], text: str) -> None:
    """Open and close the enclosing `tags` as a browser does: the end of one ends those left open in it."""
    at = 0
    while True:
        raw = _ENDS.get(tags[-1]) if tags else None
        match = (raw or _ENCLOSING).search(text, at)
        if match is None:
            return
        at = match.end()
        if raw:
            tags.pop()
        elif match["name"] is None:
            tags += [] if match["unclosed"] is None else ["!"]
        elif not match["end"]:
            tags.append(match["name"].lower())
        elif (name := match["name"].lower()) in tags:
            while tags.pop() != name:
                pass
