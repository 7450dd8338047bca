"""Paired: what other tools write between an opening and a closing mark, as what GitHub's readers know.

Docusaurus' and VitePress' `:::note`, Hugo's `{{< details >}}`, Hexo's and GitBook's `{% hint %}`, MDX' `<TabItem>`:
notes, folds, tabs and code of all of them, and what nobody here knows, which is told of. A pair is translated once
nothing inside of it is left to translate: rules are applied until none has anything to do.
"""

import bisect
import re

from hexapla.model.problem import Severity
from hexapla.normalize.rules.marked_block import MarkedBlock
from hexapla.normalize.rules.marks import BlockMark, marks_in, paired_marks
from hexapla.normalize.rules.rule import Changes, Draft, Remark, Repair
from hexapla.normalize.rules.tab_sets import names_of_tabs

_HINT = "Write what it stands for, or put it in backticks."


def paired(draft: Draft) -> Repair:
    """Translate what stands between marks, and tell of marks that nobody here knows."""
    if not re.search(r":::|\{[{%]|<[A-Z]", draft.text):
        return Repair()
    changes = Changes(draft)
    marks = sorted(marks_in(draft.text), key=lambda mark: mark.start)
    pairs, left = paired_marks(marks)
    if names := tuple(names_of_tabs(draft.text, pairs)):
        return Repair(edits=names)
    starts = [mark.start for mark in marks]
    known = -1
    for opening, closing in pairs:
        holds = bisect.bisect_left(starts, opening.end) < bisect.bisect_left(starts, closing.start)
        block = MarkedBlock(draft=draft, opening=opening, closing=closing)
        # What is inside was closed before; what is unknown in it stays as it is, and is told of.
        is_leaf = known < opening.start
        wanted = () if holds and block.is_code else tuple(block.edits(is_leaf=is_leaf))
        known = opening.start if block.is_known else known
        shown = _shown(draft.text, opening)
        # Of two that touch, one waits until the other is written.
        is_made = bool(wanted) and changes.make(wanted)
        if not block.is_known:
            changes.remarks.append(_unknown(opening, shown))
        elif is_made:
            changes.remarks.append(
                Remark(offset=opening.start, message=f"`{shown}` is written as what readers see here.")
            )
    changes.remarks += [_unknown(mark, _shown(draft.text, mark)) for mark in left]
    return changes.repair(mends_fences=bool(changes.edits))


def _unknown(mark: BlockMark, shown: str) -> Remark:
    what = {"jsx": "a component of another tool's", "colons": "a block that is not known, or not closed"}
    said = what.get(mark.family, "a shortcode that is not known, or not closed")
    return Remark(
        offset=mark.start,
        message=f"`{shown}` is {said}; it means nothing on the page.",
        severity=Severity.WARNING,
        hint=_HINT,
    )


def _shown(text: str, mark: BlockMark) -> str:
    written = " ".join(text[mark.start : mark.end].split())
    return f"{written[:60]}…" if len(written) > 61 else written
