"""Rule: what one repair sees of a post, what it changes and what the author is told."""

import bisect
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.block import Edit, splice
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule sees of a post."""

    text: str
    front_matter: Mapping[str, object]
    tabs: bool = False
    """Whether the site reads `=== "Tab"`."""
    drawn: frozenset[str] = frozenset()
    """The words behind a fence of which the site makes something else than code."""
    extensions: frozenset[str] = frozenset()
    """The site's Markdown extensions."""
    templated: bool = False
    """Whether the site fills in templates, where `{% raw %}` says what is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What to say, and at which offset of the draft."""

    offset: int
    message: str
    severity: Severity = Severity.NOTE
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Edits of the draft and the remarks on them."""

    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    mends_fences: bool = False
    """Whether a fence's code may be another after it: no other repair may touch one."""

    @staticmethod
    def of(edits: Sequence[Edit], message: str, *, once: bool = False) -> "Repair":
        """Make a repair with the same remark at each edit, or `once` at the first with their count."""
        ordered = sorted(edits, key=lambda edit: edit.start)
        if once and len(ordered) > 1:
            message = f"{message} So are {len(ordered) - 1} more below it."
        commented = ordered[:1] if once else ordered
        return Repair(
            edits=tuple(ordered),
            remarks=tuple(Remark(offset=edit.start, message=message) for edit in commented),
        )


Rule = Callable[[Draft], Repair]
"""A rule looks at a draft and says what to change; it changes nothing where the post is right."""


Write = Callable[[re.Match[str], Draft], str]
"""What is written for a match; the match itself where it stays."""


class Changes:
    """What one rule changes in a draft: no edit touches what another has changed."""

    def __init__(self, draft: Draft) -> None:
        self.edits: list[Edit] = []
        self.remarks: list[Remark] = []
        self._draft = draft
        self._changed = bytearray(len(draft.text))  # Whether an edit changes the character at an offset.

    def meet(self, start: int, end: int | None = None) -> bool:
        """Return whether an edit that was made changes something between two offsets, or one character."""
        return 1 in self._changed[start : start + 1 if end is None else end]

    def make(self, edits: Sequence[Edit]) -> bool:
        """Make all of these edits, which go together, or none where one meets an earlier one; return which."""
        if any(self.meet(edit.start, edit.end) for edit in edits):
            return False
        for edit in edits:
            self._changed[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
        self.edits += edits
        return True

    def translate(self, matches: Iterable[re.Match[str]], write: Write, message: str) -> None:
        """Write what each match means here, and say so where that is another text."""
        for match in matches:
            new = write(match, self._draft)
            if new != match[0] and self.make((Edit(start=match.start(), end=match.end(), text=new),)):
                self.remarks.append(Remark(offset=match.start(), message=message))

    def repair(self, *, mends_fences: bool = False) -> Repair:
        """Return them as a repair."""
        return Repair(edits=tuple(self.edits), remarks=tuple(self.remarks), mends_fences=mends_fences)


@functools.lru_cache(maxsize=4)
def _newlines(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def line_of(text: str, offset: int) -> int:
    """Return the 0-based line of a character."""
    return bisect.bisect_left(_newlines(text), offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A Markdown text and, for each of its lines, the line of the source file."""

    text: str
    numbers: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the source file's line for a character offset."""
        return self.number(line_of(self.text, offset))

    def edited(self, edits: Iterable[Edit]) -> "Source":
        """Apply edits; a new line takes the number of the line that it replaces."""
        ordered = sorted(edits, key=lambda edit: edit.start)
        if not ordered:
            return self
        numbers: list[int] = []
        done = 0
        for edit in ordered:
            first, last = line_of(self.text, edit.start), line_of(self.text, edit.end)
            numbers += self.numbers[done:first]
            for index in range(edit.text.count("\n")):
                numbers.append(self.number(min(first + index, last)))
            done = last
        text = splice(self.text, ordered)
        numbers += self.numbers[done:]
        return Source(text=text, numbers=_fitted(numbers, text))

    def relined(self, lines: Sequence[tuple[str, int]]) -> "Source":
        """Return the text made of `lines`, each with the 0-based line of this text that it stands for."""
        text = "\n".join(line for line, _ in lines)
        return Source(text=text, numbers=_fitted([self.number(at) for _, at in lines], text))

    def number(self, index: int) -> int:
        """Return the source line of a 0-based line."""
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1


def _fitted(numbers: list[int], text: str) -> tuple[int, ...]:
    """Cut or fill `numbers` to the count of the lines of `text`."""
    count = text.count("\n") + bool(text and not text.endswith("\n"))
    return (*numbers[:count], *([numbers[-1] if numbers else 1] * (count - len(numbers))))


_ALWAYS = ("title", "dialect", "layout")
_PAGE = re.compile(r"\{\{-?\s*page\.(\w+)")
NORMALIZED = "normalized"
"""What `dialect:` says in a post that was rewritten: GitHub's reading no longer holds, it is left alone."""


def used(post: Post) -> dict[str, object]:
    """Return what normalizing reads of a post's front matter, and no more: what a cached result depends on.

    That is a few keys, and those that the body asks for by `{{ page.KEY }}`; a date may be the file name's.
    """
    matter = {"date": post.published, **post.front_matter} if post.published else post.front_matter
    names = (*_ALWAYS, *_PAGE.findall(post.body)) if "page." in post.body else _ALWAYS
    return {name: matter[name] for name in dict.fromkeys(names) if name in matter}


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalized:
    """What normalizing returns."""

    post: Post
    """With the new body, its lines' numbers, and the plain title; the given post where nothing changed."""
    problems: tuple[Problem, ...]
    """Notes on what was changed; warnings on what could not be kept."""
    blocks: int = 0
    """How many blocks the post has."""
    lost: int = 0
    """How many of them could not be kept."""
    steps: tuple[Source, ...] = ()
    """The texts between the post's and the page's, where what was written of it had to be read once more."""
