"""How alike a typed text is to a printed one."""

import pytest

from hexapla.programs.claims.likeness import likeness
from hexapla.programs.claims.tokens_alike import Likeness

CASES = {
    "the same": ("3", "3", Likeness.SAME),
    "other blanks": ("a  b\nc", "a b c", Likeness.SAME),
    "other blanks between marks": ("[1,2]", "[1, 2]", Likeness.SAME),
    "nothing but marks of no kind": ("", "3", Likeness.NONE),
    "an ellipsis alone": ("...", "3", Likeness.NONE),
    "an ellipsis at the end": ("[1, …", "[1, 2, 3]", Likeness.CLOSE),
    "an ellipsis for nothing": ("[1, ... 2]", "[1, 2]", Likeness.CLOSE),
    "parts in order": ("a ... b ... c", "a x b y c", Likeness.CLOSE),
    "parts that are not in order": ("a ... c ... b ... d", "a b c d", Likeness.NONE),
    "parts that would overlap": ("a ... b c ... c ... d", "a b c x d", Likeness.NONE),
    "a part with another number": ("a ... b 1 ... c", "a b 2 c", Likeness.NUMBERS),
    "the part that fits best": ("a ... b 2 ... c", "a b 1 b 2 c", Likeness.CLOSE),
    "too much around an ellipsis": ("a b ... c d", "a b d", Likeness.NONE),
    "ends that overlap": ("a ... a", "a", Likeness.NONE),
    "a rounded number": ("0.33", "0.3333", Likeness.CLOSE),
    "a number cut off": ("0.66", "0.6666", Likeness.CLOSE),
    "half of the last digit": ("0.13", "0.125", Likeness.CLOSE),
    "more than half of the last digit": ("0.14", "0.1349", Likeness.NUMBERS),
    "more digits than were printed": ("0.3333", "0.33", Likeness.NUMBERS),
    "a point without digits": ("3.", "3.2", Likeness.NUMBERS),
    "a whole number for a fraction": ("1", "1.0", Likeness.NUMBERS),
    "a fraction with fewer digits": ("1.0", "1.00", Likeness.CLOSE),
    "with an exponent": ("1.2e3", "1.23e3", Likeness.NUMBERS),
    "the same with an exponent": ("1e3", "1000.0", Likeness.CLOSE),
    "another sign": ("-1", "1", Likeness.NUMBERS),
    "an address": ("<a at 0x1f>", "<a at 0x2e>", Likeness.CLOSE),
    "other quotes": ("'a'", '"a"', Likeness.CLOSE),
    "in quotes": ("'a b'", "a b", Likeness.CLOSE),
    "quotes on one side": ("'a", "a", Likeness.NONE),
    "behind a label": ("3", "Sum: 3", Likeness.CLOSE),
    "behind two labels": ("3", "a: b = 3", Likeness.CLOSE),
    "behind words": ("[1, 2]", "the shape [1, 2]", Likeness.CLOSE),
    "behind words, a call": ("tensor(1)", "it is tensor(1)", Likeness.CLOSE),
    "behind blanks": ("3", "mean   3", Likeness.CLOSE),
    "another number behind a label": ("3", "Sum: 4", Likeness.NUMBERS),
    "behind a number": ("3", "1: 3", Likeness.NONE),
    "inside of brackets": ("3", "{a: 3", Likeness.NONE),
    "over lines, behind a label": ("3\n4", "Sum: 3\n4", Likeness.NONE),
    "other words": ("a", "b", Likeness.NONE),
    "one word more": ("a", "a b", Likeness.NONE),
    "one word fewer": ("a b", "a", Likeness.NONE),
    "a number for a word": ("3", "a", Likeness.NONE),
}


@pytest.mark.parametrize(("claim", "printed", "alike"), CASES.values(), ids=CASES)
def test_likeness(claim, printed, alike):
    assert likeness(claim, printed) is alike


def test_a_very_long_line_has_no_label():
    assert likeness("3", "a: 3" + " " * 10_000 + "b") is Likeness.NONE
