"""What a rule changes of a text: each character once."""

import re

from hexapla.model.block import Edit
from hexapla.normalize.rules.rule import Changes, Draft


def changes(text: str) -> Changes:
    return Changes(Draft(text=text, front_matter={}))


def test_edits_that_go_together_are_made_all_or_none():
    made = changes("abcdef")
    first = Edit(start=1, end=3, text="x")
    assert made.make((first,))
    assert not made.make((Edit(start=4, end=5, text="y"), Edit(start=2, end=4, text="z")))
    assert made.edits == [first] and not made.meet(4)
    assert made.meet(0, 2) and made.meet(2) and not made.meet(3, 6)


def test_what_is_put_between_touches_nothing():
    made = changes("ab")
    assert made.make((Edit(start=0, end=2, text="x"),)) and made.make((Edit(start=1, end=1, text="y"),))


def test_a_match_that_stays_or_was_changed_is_not_told_of():
    made = changes("a1 b2 c3")
    made.translate(re.finditer("b2", "a1 b2 c3"), lambda match, _draft: "", "Out.")
    made.translate(re.finditer(r"([a-z])[12]", "a1 b2 c3"), lambda match, _draft: match[1], "In.")
    made.translate(re.finditer("c3", "a1 b2 c3"), lambda match, _draft: match[0], "Same.")
    repair = made.repair()
    assert [(edit.start, edit.text) for edit in repair.edits] == [(3, ""), (0, "a")]
    assert [(remark.offset, remark.message) for remark in repair.remarks] == [(3, "Out."), (0, "In.")]
