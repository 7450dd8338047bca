"""Normalizing a post: repairs, then the ladder; and the promises that the result must keep."""

import gc
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace

from hexapla.model.block import blocks
from hexapla.model.post import Post
from hexapla.model.problem import Problem, in_order
from hexapla.normalize.difference import differing
from hexapla.normalize.github.outline import outline
from hexapla.normalize.github.parser import Reference, read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.remarks import remarks_on
from hexapla.normalize.repairs import Repaired, repairs_of
from hexapla.normalize.rules.headings import naming, raw_title, text_of
from hexapla.normalize.rules.rule import NORMALIZED, Normalized, Source
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import Renderer, renderer
from hexapla.normalize.target.structure import Unit
from hexapla.normalize.target.view import shown
from hexapla.normalize.unread import unread

PYTHON_MARKDOWN = "python-markdown"
"""What a post says in `dialect:` whose author wrote it for the site: repairs only."""
_AGAIN = 3
"""How often what was written is read once more at most."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what is made of a text all stays, and looking is a third of the cost."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_uncollected()
def normalize(post: Post, dialect: Dialect) -> Normalized:
    """Return the post in the site's Markdown, rendering as its author saw it, with the repairs applied."""
    passes = list(_passes(post, dialect))
    return Normalized(
        post=_with(post, passes[-1].source, rewritten=any(each.is_rewritten for each in passes)),
        problems=in_order(problem for each in passes for problem in each.problems),
        blocks=passes[0].blocks,
        lost=sum(each.lost for each in passes),
        steps=tuple(each.source for each in passes[:-1]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What reading a text once gives."""

    source: Source
    problems: tuple[Problem, ...]
    blocks: int = 0
    lost: int = 0
    is_rewritten: bool = False
    """Whether the ladder wrote a line anew."""


def _passes(post: Post, dialect: Dialect) -> Iterator[_Pass]:
    """Read the post, and what was written of it as long as that is written anew: it may show a rule what it knows."""
    done = _once(post, dialect)
    yield done
    for _ in range(_AGAIN if done.is_rewritten else 0):
        before = done.source
        done = _once(replace(post, body=before.text, lines=before.numbers), dialect, before.text)
        if done.source.text == before.text:
            return
        yield done


def _once(post: Post, dialect: Dialect, known: str | None = None) -> _Pass:
    """Repair a text, and let its blocks climb; of what is `known` all was said, and to find it once more costs much."""
    repairs = repairs_of(post, dialect)
    source, problems = repairs.source, repairs.problems
    if _is_own(post):
        return _Pass(source=source, problems=tuple(problems))
    climbed = climb(source.text, renderer(dialect))
    written = source.relined(climbed.lines) if climbed.changed else source
    if written.text != known:
        problems += remarks_on(climbed, source, renderer(dialect), post.path)
        problems += unread(source, renderer(dialect), post.path, problems)
    return _Pass(
        source=written,
        problems=tuple(problems),
        blocks=climbed.blocks,
        lost=len(climbed.lost),
        is_rewritten=climbed.changed,
    )


@_uncollected()
def verify(post: Post, normalized: Normalized, dialect: Dialect) -> tuple[Problem, ...]:
    """Return an error for each promise that `normalized` breaks; nothing where all is well.

    The promises: the page shows what the author saw, but for the lines that repairs changed; every fence's code is
    byte-identical; normalizing once more changes nothing; each line knows where it came from.
    """
    if normalized.post.body == post.body:
        return ()  # The page was compared, and once more would be the same once more.
    faults = []
    body = normalized.post.body
    again = normalize(replace(normalized.post, front_matter=post.front_matter), dialect)
    if again.post.body != body:
        faults.append(("normalize-again", "Normalizing the post once more changes it again."))
    repairs = _all_repairs(post, normalized.steps, dialect)
    if not _keeps_code(post, repairs, body):
        faults.append(("normalize-code", "Normalizing changed the code of a fence."))
    if len(normalized.post.lines) != _line_count(body):
        faults.append(("normalize-lines", "Normalizing lost count of the lines."))
    is_compared = not normalized.lost and not _is_own(post)
    if is_compared and not _keeps_structure(post, repairs, body, renderer(dialect)):
        faults.append(("normalize-structure", "The page does not show what the post says."))
    hint = "This is a fault of hexapla: please report it with the post."
    return tuple(
        Problem(path=post.path, line=1, code=code, message=message, hint=hint) for code, message in faults
    )


def _all_repairs(post: Post, steps: Sequence[Source], dialect: Dialect) -> Repaired:
    """Return what was repaired each time that the post was read, as one: the last text, and the file's lines."""
    texts = [post, *(replace(post, body=step.text, lines=step.numbers) for step in steps)]
    each = [repairs_of(text, dialect) for text in texts]
    return Repaired(
        source=each[-1].source,
        changed=set().union(*(one.changed for one in each)),
        mended=min(one.mended for one in each),
    )


def _line_count(text: str) -> int:
    return text.count("\n") + bool(text and not text.endswith("\n"))


def _is_own(post: Post) -> bool:
    """Whether all of the post is Python-Markdown, as it says itself."""
    return post.front_matter.get("dialect") in (PYTHON_MARKDOWN, NORMALIZED)


def _with(post: Post, source: Source, *, rewritten: bool) -> Post:
    """Return the post with a new body; the same object where nothing changed."""
    title = post.title
    if not post.front_matter.get("title"):
        heading = naming(source.text)
        title = heading.text if heading is not None else raw_title(source.text)
    title = text_of(title) or post.title
    if source.text == post.body and title == post.title:
        return post
    front_matter = post.front_matter
    if rewritten:
        front_matter = {**front_matter, "dialect": NORMALIZED}
    return replace(post, body=source.text, lines=source.numbers, title=title, front_matter=front_matter)


def _keeps_code(post: Post, repairs: Repaired, body: str) -> bool:
    """Whether each fence of the author's is on the page, in order, with the same code; rules mend some of them."""
    if _is_own(post):
        return [block.code for block in blocks(repairs.source.text)] == [block.code for block in blocks(body)]
    codes = []
    for fence in outline(post.body).fences:
        first, last = post.line_at(fence.start), post.line_at(max(fence.end - 1, fence.start))
        is_code = fence.info.lower() != "math"
        if is_code and last < repairs.mended and not repairs.changed.issuperset(range(first, last + 1)):
            codes.append(fence.code)
    page = [block.code for block in blocks(body)]
    mended = [fence.code for fence in outline(repairs.source.text).fences if fence.info.lower() != "math"]
    return _in_order(codes, page) and _in_order(mended, page)


def _in_order(codes: Sequence[str], page: Sequence[str]) -> bool:
    """Whether each is on the page; a fence that the end of the text closes may lack its last newline."""
    rest = iter(page)
    return all((code if code.endswith("\n") or not code else f"{code}\n") in rest for code in codes)


def _keeps_structure(post: Post, repairs: Repaired, body: str, site: Renderer) -> bool:
    """Whether the page shows what the repaired post says, and all that the post says where it was not repaired."""
    page = shown(body, site)
    mended = read_as_github(repairs.source.text, site)
    if page != mended.units:
        return False
    reference = read_as_github(post.body, site)
    if page == reference.units:
        return True
    on_page = set(_leaves(page))
    links = {label for label, _ in mended.links.items() ^ reference.links.items()}
    changed = _touched(
        repairs.changed, (_spans(reference, post.lines), _spans(mended, repairs.source.numbers))
    )
    return all(
        not changed.isdisjoint(post.lines[chunk.start : chunk.end])
        or post.lines[chunk.end - 1] >= repairs.mended
        or on_page.issuperset(_leaves(chunk.units))
        or chunk.label not in {"", *mended.footnotes}
        or any(f"[{label}]" in "\n".join(reference.lines[chunk.start : chunk.end]).lower() for label in links)
        for chunk in (reference.chunks[index] for index in differing(reference, page))
    )


def _spans(reference: Reference, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last line of each block in the source file."""
    return [(numbers[chunk.start], numbers[min(chunk.end, len(numbers)) - 1]) for chunk in reference.chunks]


def _touched(changed: Set[int], readings: Iterable[Sequence[tuple[int, int]]]) -> set[int]:
    """Return the lines changed and those that share a block with one, in any of the readings, and so on.

    Where a block begins in all of them, what is below is read as if nothing were above.
    """
    touched = set(changed)
    begin = end = 0
    for first, last in [*sorted(itertools.chain(*readings)), (sys.maxsize, sys.maxsize)]:
        if first > end:
            lines = range(begin, end + 1)
            touched.update(lines if not changed.isdisjoint(lines) else ())
            begin = first
        end = max(end, last)
    return touched


def _leaves(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield paragraphs, code and formulas: what a repair may have put into a quote or a fold, and stays what it is."""
    for unit in units:
        if unit[0] in ("p", "code", "math"):
            yield unit
        else:
            yield from _leaves(
                [part for part in unit[1:] if isinstance(part, tuple) and part and isinstance(part[0], str)]
            )
