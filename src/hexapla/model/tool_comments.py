"""Tool comments: what other tools read in comments above a fence: pytest's plugins, phmdoctest, Sybil, ….

What the same tools read behind a fence's language and at the head of the code is in `other_tools`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hexapla.model.other_tools import NOTHING, SKIPPED, Wish

_ENDS = {"<!--": "-->", "{/*": "*/}", "%": "\n"}
"""How a comment of HTML, one of MDX and one of MyST begin and end."""
_HIDING = re.compile(r"^ {0,3}<!--", re.MULTILINE)
_OPENING = re.compile(r"<!--|\{/\*|^[ \t]*+%", re.MULTILINE)
_ADJACENT = re.compile(
    r"(?:^(?:pytest\.mark\.|pytest-codeblocks[:-]|phmdoctest-(?:mark\.)?)|^name:[^;]*;.*?\bmark:\s*)(?P<mark>[\w-]+)",
    re.DOTALL,
)
_MARKS: Mapping[str, Wish] = {
    "expect-error": Wish(may_raise=True),
    "expect-exception": Wish(may_raise=True),
    "skip": SKIPPED,
    "skipif": Wish(unread=("`skipif` in a comment",)),
    "xfail": Wish(may_raise=True),
}
"""What marks of pytest ask for a block."""
_FIXTURES = re.compile(r"\bfixtures?:\s*(?P<names>\w+(?:\s*,\s*\w+)*)")
_CLEAR = "clear-namespace"
_SKIP = re.compile(r"^skip:\s*(?P<what>next|start|end)\b(?P<condition>\s*if\b)?")


def _comments(between: str) -> Iterator[tuple[str, int]]:
    """Yield each comment's text, and where it ends."""
    start = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(between):
        mark = opening[0].strip()
        if opening.start() < start or mark in unclosed:
            continue
        end = between.find(_ENDS[mark], opening.end())
        if end < 0:
            unclosed.add(mark)
            continue
        start = end + len(_ENDS[mark])
        yield between[opening.end() : end].strip(" \t\n-*"), start


@dataclass(slots=True)
class ToolComments:
    """Reads what stands between the blocks of a text, in order: comments that other tools read."""

    skips_all: bool = False
    """Between Sybil's `skip: start` and `skip: end`, or after pytest-codeblocks' `skipfile`."""
    hides: bool = False
    """Within a comment of HTML, which is no part of the page."""
    cleared: int = 0
    """How often Sybil's `clear-namespace` has had the namespace begin anew."""

    def above(self, between: str, *, ends: bool = False) -> tuple[Wish, str]:
        """Return what the text between a block and the one before it asks for, and words for its fence.

        `ends` says whether a comment that is open there ends below.
        """
        _, ended, last = between.rpartition("-->")
        self.hides = ends and (bool(_HIDING.search(last)) or (self.hides and not ended))
        if self.hides:
            return SKIPPED, ""
        asked, words = NOTHING, ""
        for text, after in _comments(between):
            is_adjacent = not between[after:].strip(" \t\n>")
            asked += self._asked(text, is_adjacent=is_adjacent)
            if text.startswith("pmd-metadata:") and is_adjacent:
                words = text.removeprefix("pmd-metadata:").strip()
        asked += Wish(notest=self.skips_all, session=f"{_CLEAR}-{self.cleared}" if self.cleared else "")
        return asked, words

    def _asked(self, text: str, *, is_adjacent: bool) -> Wish:
        if skip := _SKIP.match(text):
            is_next = skip["what"] == "next"
            self.skips_all = (
                skip["what"] == "start" and not skip["condition"] if not is_next else self.skips_all
            )
            if skip["condition"]:
                return Wish(unread=("Sybil's `skip` with `if`",))
            return SKIPPED if is_next else NOTHING
        if text.startswith("pytest-codeblocks:skipfile"):
            self.skips_all = True
        self.cleared += text == _CLEAR
        if not is_adjacent:
            return NOTHING
        fixtures = [name.strip() for match in _FIXTURES.finditer(text) for name in match["names"].split(",")]
        asked = Wish(fixtures=tuple(fixtures) if text.startswith("name:") else ())
        mark = _ADJACENT.match(text)
        return asked + _MARKS.get(mark["mark"], NOTHING) if mark else asked
