"""The ladder: each block that would change takes the smallest rung on which it does not."""

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from hexapla.normalize.blowups import costly, crowded
from hexapla.normalize.difference import differing
from hexapla.normalize.foreseen import foreseen, unseen
from hexapla.normalize.github.parser import Chunk, Reference, inline_html, read_as_github
from hexapla.normalize.github.raw_html import leaves_open
from hexapla.normalize.leaves import as_written, spellings
from hexapla.normalize.markup import Line, as_html
from hexapla.normalize.printing import admonition, footnote, info, is_common, is_narrow, printed, simplified
from hexapla.normalize.target.renderer import BROKEN, Renderer
from hexapla.normalize.target.structure import skeleton
from hexapla.normalize.target.view import PageView

RUNGS = ("verbatim", "apart", "printed", "spelled", "html")
_PRINTED, _SPELLED = RUNGS.index("printed"), RUNGS.index("spelled")
FENCE = "fence"
"""The rung of a fence of which only the info string is written anew."""
_ROUNDS = 6
BROKEN_UNIT = skeleton(BROKEN)[0]
_MERGING = ("bullet_list_open", "ordered_list_open", "blockquote_open", "code_block")


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """A text that renders as its author saw it, and what that took."""

    lines: tuple[Line, ...]
    rungs: Mapping[int, str]
    """By the first line of a block: the rung that it stands on, where that is not `verbatim`."""
    lost: Mapping[int, tuple[str, str]]
    """By the first line of a block that could not be kept: what the author saw, and what the page shows."""
    blocks: int
    changed: bool
    """Whether a line is another than the text's."""


def climb(text: str, renderer: Renderer) -> Climb:
    """Return `text` with each block on the smallest rung that renders as GitHub renders the text."""
    reference = read_as_github(text, renderer)
    view = PageView(renderer=renderer, links=dict(reference.links), footnotes=reference.footnotes)
    climber = _Climber(reference=reference, view=view)
    # An output goes below such a fence, and would end a list whose items stand on two or three spaces.
    for index, rung in foreseen(reference, renderer):
        climber.rung[index] = max(climber.rung.get(index, 0), RUNGS.index(rung))
    climber.foreseen = frozenset(climber.rung)
    numbered = list(enumerate(reference.chunks))
    narrow = [index for index, chunk in numbered if is_narrow(chunk.tokens, reference.lines)]
    # Its first line is rewritten for the page anyway; and where it is no fence to the site, its neighbours suffer.
    worded = [index for index, chunk in numbered if climber.is_worded(chunk)]
    climber.rung.update(dict.fromkeys((*narrow, *worded), RUNGS.index("printed")))
    climber.avoid()
    body = climber.assembled() if climber.rung else [(line, at) for at, line in enumerate(reference.lines)]
    failing = climber.failing(body)
    # Where nothing is to be seen on GitHub, there is no block that differs.
    if failing or (not reference.chunks and view.page(_text(body))):
        climber.define()
        failing = climber.opened(failing)
        body, failing = climber.up(failing) if failing else (climber.assembled(), failing)
    return Climb(
        lines=tuple(body),
        rungs={
            reference.chunks[index].start: FENCE if index in worded else RUNGS[rung]
            for index, rung in sorted(climber.rung.items())
        },
        lost={reference.chunks[index].start: page for index, page in sorted(failing.items())},
        blocks=len(reference.chunks),
        changed=[line for line, _ in body] != list(reference.lines),
    )


@dataclass(slots=True, kw_only=True)
class _Climber:
    """The state of one climb."""

    reference: Reference
    view: PageView
    rung: dict[int, int] = field(default_factory=dict)
    foreseen: frozenset[int] = frozenset()
    """Blocks that were put on a rung before the page was rendered."""
    apart: set[int] = field(default_factory=set)
    """Blocks before which a comment keeps them from merging with the block above."""
    leaves: dict[tuple[str, str], str] = field(default_factory=dict)
    defined: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By the first line of a definition that the site does not read: where it ends, and what is written."""
    costly: set[int] = field(default_factory=set)
    """By `id`, the inline tokens that have to be spelled with no mark left."""
    written: dict[tuple[int, int], list[Line]] = field(default_factory=dict)
    """Blocks' lines by their first line and their rung."""
    places: list[tuple[int, str]] = field(init=False)
    """The first line and the label of each link definition, in order."""

    def __post_init__(self) -> None:
        self.places = sorted((span[0], label) for label, span in self.reference.spans.items())

    def avoid(self) -> None:
        """Write blocks, before anything is rendered, so that the site's renderer does not take for ever."""
        self.rung.update(dict.fromkeys(crowded(self.reference), RUNGS.index("apart")))
        for index in costly(self.reference):
            chunk = self.reference.chunks[index]
            self.rung[index] = self.top(chunk) - 1
            self.costly |= {id(token) for token in chunk.tokens if token.type == "inline"}

    def define(self) -> None:
        """Write the link definitions anew that the site does not read, and no note that it alone shows."""
        for label, (start, end) in self.reference.spans.items():
            written = "\n".join(self.reference.lines[start:end])
            if is_common(written) or not self.view.page(written):
                continue
            simple = simplified(label, *self.view.links[label.lower()])
            if not simple:
                del self.view.links[label.lower()]
            self.defined[start] = (end, simple)
        for start, end in unseen(self.reference):
            if self.view.page("\n".join(self.reference.lines[start:end])):
                self.defined[start] = (end, "")
        self.view.forget()
        self.written.clear()

    def between(self, at: int, end: int) -> Iterator[Line]:
        """Yield the lines between two blocks, which may be link definitions."""
        while at < end:
            stop, text = self.defined.get(at, (at + 1, self.reference.lines[at]))
            yield text, at
            at = stop

    def is_worded(self, chunk: Chunk) -> bool:
        """Whether a fence's info string is more than the site reads."""
        words = chunk.tokens[0].info.strip() if chunk.kind == "fence" else ""
        return bool(words) and info(words) != words and not self.alone(chunk, 0)

    def opened(self, failing: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
        """Print raw HTML that leaves a tag open, where that mends what is below: the site reads all of it as HTML."""
        unprinted = [index for index in range(max(failing, default=0)) if self.rung.get(index, 0) < _PRINTED]
        open_tags = [index for index in unprinted if leaves_open(self.reference.chunks[index].tokens)]
        if not open_tags:
            return failing
        before = dict(self.rung)
        for index in open_tags:
            self.rung[index] = _PRINTED
        rest = self.failing(self.assembled())
        if len(rest) < len(failing):
            return rest
        self.rung = before
        return failing

    def up(self, failing: dict[int, tuple[str, str]]) -> tuple[list[Line], dict[int, tuple[str, str]]]:
        """Let the failing blocks climb until the page is right or no rung is left; none that gains nothing by it."""
        best, rungs = (self.assembled(), failing), dict(self.rung)
        self.view.prepare(
            _text(self.lines_of(self.reference.chunks[at], self.rung[at]))
            for at in self.foreseen & failing.keys()
        )
        wrong = [at for at in sorted(failing) if at not in self.foreseen or not self.is_right(at)]
        for _ in range(_ROUNDS):
            self.prepare(wrong or failing)
            moved = [self.higher(index) for index in wrong or sorted(failing)]
            wrong.clear()
            failing = self.opened(self.failing(self.assembled()))
            body = self.assembled()
            if len(failing) < len(best[1]):
                best, rungs = (body, failing), dict(self.rung)
            if not failing or not any(moved):
                break
        self.rung = rungs
        return self.unbroken(*best)

    def unbroken(
        self, body: list[Line], failing: dict[int, tuple[str, str]]
    ) -> tuple[list[Line], dict[int, tuple[str, str]]]:
        """Write the blocks as HTML on which the site's renderer fails: a page with a loss is better than none."""
        html = len(RUNGS) - 1
        for indexes in (failing, range(len(self.reference.chunks))):
            if not failing or self.view.page(_text(body)) != (BROKEN_UNIT,):
                break
            self.rung.update(dict.fromkeys(indexes, html))
            body = self.assembled()
            failing = {**self.failing(body), **failing}
        return body, failing

    def prepare(self, indexes: Iterable[int]) -> None:
        """Render what blocks may be on their next rungs, up to the one that spells what is in their lines."""
        chunks = {
            index: self.reference.chunks[index] for index in indexes if not self.reference.chunks[index].label
        }
        for rung in range(1, _SPELLED):
            of_rung = [index for index in chunks if self.rung.get(index, 0) < rung < self.top(chunks[index])]
            self.view.prepare(_text(self.lines_of(chunks[index], rung)) for index in of_rung)
            for index in of_rung:
                if self.alone(chunks[index], rung):
                    del chunks[index]

    def higher(self, index: int) -> bool:
        """Move a block up to the next rung on which it is right by itself; False at the top."""
        chunk = self.reference.chunks[index]
        kinds = {beside.kind for beside in self.reference.chunks[max(index - 1, 0) : index + 1]}
        if index and kinds.issubset(_MERGING):
            self.apart.add(index)
        top = self.top(chunk)
        for rung in range(self.rung.get(index, 0) + 1, top):
            if self.alone(chunk, rung) or rung == top - 1:
                self.rung[index] = rung
                return True
        return False

    def top(self, chunk: Chunk) -> int:
        """Return past which rung a block can't go: code stays a fence, since it is run and its lines are counted."""
        return len(RUNGS) - any(token.type in ("fence", "own_open") for token in chunk.tokens)

    def is_right(self, index: int) -> bool:
        """Whether a block is right by itself on its rung: what is wrong is beside it."""
        return self.alone(self.reference.chunks[index], self.rung.get(index, 0))

    def alone(self, chunk: Chunk, rung: int) -> bool:
        """Whether the block is right on a rung when nothing is around it."""
        source = _text(self.lines_of(chunk, rung))
        if chunk.label:
            return self.view.note(source, chunk.label) == chunk.units
        return self.view.part(source) == chunk.units

    def lines_of(self, chunk: Chunk, rung: int) -> list[Line]:
        """Return a block's lines as they are on a rung."""
        if (chunk.start, rung) not in self.written:
            self.written[chunk.start, rung] = self.on(chunk, RUNGS[rung])
        return self.written[chunk.start, rung]

    def on(self, chunk: Chunk, name: str) -> list[Line]:
        """Write a block's lines for a rung."""
        if name in ("verbatim", "apart"):
            return [(self.reference.lines[at], at) for at in range(chunk.start, chunk.end)]
        if name == "html" and chunk.kind == "alert_open":
            return admonition(chunk.tokens[0].info, as_html(chunk, chunk.tokens[1:-1]), chunk.start)
        if name == "html" and not chunk.label:
            lines = as_html(chunk, chunk.tokens)
            # Outside of all tags the site reads Markdown, and puts entities elsewhere that stand right after a tag.
            is_read = chunk.kind == "html_block" and self.view.part(_text(lines)) != chunk.units
            return [("<div>", chunk.start), *lines, ("</div>", chunk.end - 1)] if is_read else lines
        is_spelled = name == "spelled"
        lines = printed(chunk.tokens, self.spelled if is_spelled else as_written, anew=is_spelled)
        lines = footnote(chunk.label, lines, chunk.start) if chunk.label else lines
        return [*lines, *self.definitions(chunk)]

    def definitions(self, chunk: Chunk) -> Iterator[Line]:
        """Yield the link definitions inside a block, which its tokens do not hold."""
        at = bisect.bisect_left(self.places, (chunk.start, ""))
        while at < len(self.places) and self.places[at][0] < chunk.end:
            start, label = self.places[at]
            href, title = self.reference.links[label.lower()]
            yield from (("", start), (f"[{label}]: <{href}>" + (f' "{title}"' if title else ""), start))
            at += 1

    def spelled(self, token: Token, kind: str) -> str:
        """Return an inline token's text in the first spelling that renders right."""
        key = (kind, token.content)
        if key not in self.leaves:
            meant = skeleton(f"<p>{inline_html(token.children or [])}</p>")
            text = ""
            for text in spellings(token):
                is_fit = id(token) not in self.costly and (kind != "cell" or "|" not in text)
                if is_fit and self.view.leaf(text, kind) == meant:
                    break
            self.leaves[key] = text
        return self.leaves[key]

    def assembled(self) -> list[Line]:
        """Put the blocks together: those on the ground byte for byte, the others with blank lines around."""
        lines: list[Line] = []
        done = 0
        enclosing = False
        source = self.reference.lines
        for index, chunk in enumerate(self.reference.chunks):
            if chunk.start < done:
                # The block around a note was written anew without the note's text.
                if chunk.label and enclosing:
                    note = self.lines_of(chunk, max(self.rung.get(index, 0), _PRINTED))
                    lines += [("", chunk.start), *note, ("", chunk.start)]
                continue
            enclosing = self.rung.get(index, 0) >= _PRINTED
            lines += self.between(done, chunk.start)
            above = self.reference.chunks[index - 1] if index else None
            rung = self.rung.get(index, 0)
            loose = rung or index in self.apart or (above and self.rung.get(index - 1, 0))
            if loose and lines and lines[-1][0].strip():
                lines.append(("", chunk.start))
            if index in self.apart:
                lines += [("<!-- -->", chunk.start), ("", chunk.start)]
            lines += self.lines_of(chunk, rung)
            done = chunk.end
            if rung and done < len(source) and source[done].strip():
                lines.append(("", done))
        return [*lines, *self.between(done, len(source))]

    def failing(self, body: Sequence[Line]) -> dict[int, tuple[str, str]]:
        """Render the page, and return the blocks that differ, each with what the post has and what the page shows."""
        page = self.view.page(_text(body))
        if page == self.reference.units:
            return {}
        if page == (BROKEN_UNIT,):
            chunks = self.reference.chunks
            broken = [
                index
                for index, chunk in enumerate(chunks)
                if self.view.part(_text(self.lines_of(chunk, self.rung.get(index, 0)))) == page
            ]
            return dict.fromkeys(broken or range(len(chunks)), ("", ""))
        return differing(self.reference, page)


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(text for text, _ in lines)
