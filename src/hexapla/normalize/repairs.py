"""Repairs: every rule applied to a post until none has anything to do."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hexapla.model.block import Edit
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.github.outline import Spans, outline
from hexapla.normalize.rules import fences, foreign, jekyll, kramdown, model_text, paired, panes, tabs
from hexapla.normalize.rules.rule import Draft, Repair, Rule, Source, line_of, used
from hexapla.normalize.target.dialect import Dialect

RULES: tuple[tuple[str, Rule], ...] = (
    ("glued-fence", model_text.enclosed),
    ("jekyll", jekyll.highlighted),
    ("foreign", fences.worded),
    ("foreign", jekyll.unwrapped),
    ("foreign", panes.fence_tabs),
    ("foreign", paired.paired),
    ("foreign", tabs.labelled),
    ("foreign", foreign.naturalized),
    ("jekyll", kramdown.coded),
    ("jekyll", kramdown.parted),
    ("jekyll", jekyll.translated),
    *model_text.RULES,
)
"""Every repair under its name in `repairs:` (`model.settings.REPAIRS`), in the order in which they are applied."""
_PASSES = 9
"""What stands in one another is written from the inside out, a layer a pass."""


@dataclass(slots=True, kw_only=True)
class Repaired:
    """A post after its repairs."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    """What the rules said."""
    changed: set[int] = field(default_factory=set)
    """The source file's lines that they changed, and what stands next to those."""
    mended: float = math.inf
    """The first line that a rule changed which mends fences: what is code below may be other code."""


def repairs_of(post: Post, dialect: Dialect) -> Repaired:
    """Apply the rules until none has anything to do."""
    result = Repaired(source=Source(text=post.body, numbers=tuple(post.lines)))
    matter = used(post)
    idle = 0
    # Once each has seen the text as it is, none has anything to do.
    for name, rule in itertools.islice(itertools.cycle(RULES), _PASSES * len(RULES)):
        before = result.source.text
        if name not in dialect.repairs_off:
            draft = Draft(
                text=before,
                front_matter=matter,
                tabs="pymdownx.tabbed" in dialect.extensions,
                extensions=frozenset(dialect.extensions),
                drawn=dialect.custom_fences,
                templated=dialect.templated,
            )
            _apply(result, name, rule(draft), post.path)
        idle = idle + 1 if result.source.text == before else 0
        if idle == len(RULES):
            break
    return result


def _apply(result: Repaired, name: str, repair: Repair, path: str) -> None:
    """Apply a repair, and note its remarks; none that would make other code of fences that it does not mend."""
    edited = result.source.edited(repair.edits)
    if not repair.mends_fences and not _keeps_fences(result.source, repair.edits, edited):
        line = result.source.line_at(repair.edits[0].start)
        message = "This stays as it is: what is code below would be other code."
        problem = Problem(path=path, line=line, code=name, message=message, severity=Severity.WARNING)
        result.problems += [] if problem in result.problems else [problem]
        return
    result.problems += [
        Problem(
            path=path,
            line=result.source.line_at(remark.offset),
            code=name,
            message=remark.message,
            hint=remark.hint,
            severity=remark.severity,
        )
        for remark in repair.remarks
    ]
    lines = set(_lines(result.source, repair.edits))
    result.changed |= lines
    if repair.mends_fences:
        result.mended = min((result.mended, *lines))
    result.source = edited


def _keeps_fences(source: Source, edits: Sequence[Edit], edited: Source) -> bool:
    """Whether every fence that edits do not touch is there after them, in order."""
    if not edits:
        return True
    touched = Spans([(edit.start, max(edit.end, edit.start + 1)) for edit in edits])
    rest = iter([fence.code for fence in outline(edited.text).fences])
    untouched = (fence for fence in outline(source.text).fences if not touched.meet(fence.start, fence.end))
    return all(fence.code in rest for fence in untouched)


def _lines(source: Source, edits: Sequence[Edit]) -> Iterator[int]:
    """Yield the source file's lines that edits change, and those above and below, down to the next with text."""
    texts = source.text.split("\n") if edits else []
    for edit in edits:
        first, last = (line_of(source.text, offset) for offset in (edit.start, edit.end))
        above = next((at for at in range(first - 1, -1, -1) if texts[at].strip()), 0)
        below = next((at for at in range(last + 1, len(texts)) if texts[at].strip()), len(texts) - 1)
        yield from range(source.number(above), source.number(below) + 1)
