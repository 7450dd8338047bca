"""Whatever a post holds, reading it takes time that grows with its length, and no text stops it."""

import random
import time

import pytest

from articles_helpers import article, fence, post
from hexapla.model.output import Claim, Kind, Text
from hexapla.programs.align.causes import cause_of
from hexapla.programs.claims.constants import leading_constant
from hexapla.programs.claims.likeness import likeness
from hexapla.programs.claims.printed import Printed
from hexapla.programs.claims.verdict import judge
from hexapla.programs.output_labels import ends_in_label, label_of_line, split_comment
from hexapla.programs.parse import prepare
from hexapla.programs.roles import Role
from hexapla.programs.symbols import is_symbol, kept
from hexapla.programs.values import is_value, leading_value
from hexapla.translations.sections import sections

pytestmark = pytest.mark.cost

LENGTH = 40_000
SECONDS = 1.5
"""Of CPU, where a quadratic reading takes minutes: tests run beside one another on slow machines, too."""
ALPHABETS = {
    "digits": "0123456789",
    "commas": "1,",
    "blanks": " ",
    "lines": "\n",
    "brackets": "()[]{}<>",
    "opening brackets": "[",
    "quotes": "'\"`",
    "escaped quotes": "\\'",
    "letters": "abcdefghij",
    "underscores": "_",
    "dots": "1.",
    "dollars": "$_",
    "comments": "# ",
    "dashes": "-",
    "links": "](/",
    "addresses": "a://",
    "mixed": "a1_ ,.:[](){}<>\"'`#*$%\\|/=-+!?\n",
}
READERS = {
    "prepare": prepare,
    "is_value": is_value,
    "leading_value": leading_value,
    "split_comment": split_comment,
    "label_of_line": label_of_line,
    "ends_in_label": ends_in_label,
    "leading_constant": lambda text: leading_constant(text, "True"),
    "is_symbol": lambda text: is_symbol(text, Role.TEXT),
    "kept": kept,
    "likeness": lambda text: likeness("x: 1 ... 2", text),
    "cause_of": lambda text: cause_of("x = 1", text),
    "sections": lambda text: sections(f"# {text}"),
}


def texts(signs: str) -> tuple[str, ...]:
    """Return a text of some signs in order, one in disorder, and one that ends in what does not fit."""
    ordered = (signs * LENGTH)[:LENGTH]
    return ordered, "".join(random.Random(1).choices(signs, k=LENGTH)), f"/{ordered}\x07"


@pytest.mark.parametrize("signs", ALPHABETS.values(), ids=ALPHABETS)
def test_reading_is_linear(signs):
    slow = {}
    for text in texts(signs):
        for name, read in READERS.items():
            before = time.process_time()
            read(text)
            slow[name] = max(slow.get(name, 0.0), time.process_time() - before)
    assert {name: seconds for name, seconds in slow.items() if seconds > SECONDS} == {}


DEEP = {
    "signs": f"x = {'-' * 900}1",
    "a sum": f"x = {'+'.join(['1'] * 3000)}",
    "calls": f"x = a{'.b()' * 1000}",
    "brackets": f"x = {'[' * 150}{']' * 150}",
    "blocks": "\n".join(" " * depth + "if x:" for depth in range(95)) + "\n" + " " * 95 + "x",
}


@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP)
def test_deep_code_is_no_crash(code):
    aligned = article(
        post("en", fence(f"{code}\nprint('a')  # a")), post("de", fence(f"{code}\nprint('b')  # b"))
    )
    assert {problem.code for problem in aligned.problems} <= {
        "cannot-run",
        "strings-localized",
        "program-differs",
    }


LONG = {
    "words": "word",
    "brackets that stay open": "[1, 2",
    "quoted brackets": "['[', 2",
    "values": "3",
    "objects": "<a b",
}


@pytest.mark.parametrize("comment", LONG.values(), ids=LONG)
def test_hundreds_of_comments_below_a_print_take_no_minutes(comment):
    code = "print(1)\n" + "\n".join(f"# {comment} {number}" for number in range(500))
    before = time.process_time()
    article(post("en", fence(code)))
    assert time.process_time() - before < 2 * SECONDS


def test_a_claim_about_a_very_long_output_is_judged_soon():
    outputs = (Text(kind=Kind.STREAM, text="1: a\n" * 200_000),)
    claim = Claim(text="2: b", label="", line=1, edits=(), code_line=1)
    before = time.process_time()
    assert (
        judge(claim, Printed(outputs, (), "for i in a:\n    print(i)"), "for i in a:\n    print(i)").value
        == "undecided"
    )
    assert time.process_time() - before < SECONDS
